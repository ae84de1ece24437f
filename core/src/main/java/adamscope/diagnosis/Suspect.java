package adamscope.diagnosis;

import java.util.List;
import java.util.Optional;

/// A cause with what speaks for it and against it.
///
/// @param weight     0 to 1: how strongly the log points there; not a probability
/// @param inequality what it rests on, where both sides were measured or given
/// @param evidence   sentences for it
/// @param against    sentences against it
/// @param missing    what the log lacks to decide
/// @param deciding   the measurement that would confirm or refute it
public record Suspect(
        Cause cause,
        double weight,
        Optional<Inequality> inequality,
        List<String> evidence,
        List<String> against,
        List<String> missing,
        String deciding) {

    public Suspect {
        weight = Math.clamp(weight, 0, 1);
        evidence = List.copyOf(evidence);
        against = List.copyOf(against);
        missing = List.copyOf(missing);
    }

    /// The same with another weight.
    Suspect with(double other) {
        return new Suspect(cause, other, inequality, evidence, against, missing, deciding);
    }

    /// The same with another weight and the sentence that gives it, first among those for or against.
    Suspect with(double other, String sentence, boolean speaksFor) {
        List<String> more = new java.util.ArrayList<>(List.of(sentence));
        more.addAll(speaksFor ? evidence : against);
        return new Suspect(
                cause, other, inequality, speaksFor ? more : evidence, speaksFor ? against : more, missing, deciding);
    }

    /// The same where nothing is left to decide.
    Suspect decided(String how) {
        return new Suspect(cause, weight, inequality, evidence, against, missing, "nothing more: " + how);
    }

    /// Collects a suspect sentence by sentence.
    static final class Draft {
        private final Cause cause;
        private double weight;
        private Inequality inequality;
        private final List<String> evidence = new java.util.ArrayList<>();
        private final List<String> against = new java.util.ArrayList<>();
        private final List<String> missing = new java.util.ArrayList<>();

        Draft(Cause cause, double weight) {
            this.cause = cause;
            this.weight = weight;
        }

        Draft rests(Inequality on) {
            inequality = on;
            return this;
        }

        Draft supports(double more, String sentence) {
            weight += more;
            evidence.add(sentence);
            return this;
        }

        Draft contradicts(double less, String sentence) {
            weight -= less;
            against.add(sentence);
            return this;
        }

        Draft lacks(String what) {
            missing.add(what);
            return this;
        }

        Suspect decidedBy(String measurement) {
            return new Suspect(
                    cause,
                    Math.clamp(weight, 0, 1),
                    Optional.ofNullable(inequality),
                    evidence,
                    against,
                    missing,
                    measurement);
        }
    }
}
