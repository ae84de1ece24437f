package adamscope.diagnosis;

import adamscope.text.Listing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Two runs held against each other: the order of their batches, the steps of their rises, where they part.
///
/// @param one         the run that is explained
/// @param other       the run that it is held against
/// @param steps       how many steps both logged
/// @param correlation of the noise of their losses; NaN where it is not known
/// @param partings    quantities that part, the earliest first
/// @param agreed      whether they agree to the last digit at first
/// @param before      quantities whose level before the leading rise was another, by a quarter or more
public record RunPair(
        String one,
        String other,
        int steps,
        double correlation,
        RiseComparison verdict,
        List<Long> rises,
        List<Long> shared,
        double expected,
        List<Parting> partings,
        boolean agreed,
        List<Ratio> before) {
    private static final double TOGETHER = 0.3;
    private static final int LISTED = 8;

    /// What equal or different steps of rises say.
    public enum RiseComparison {
        /// Nothing to compare.
        NO_RISES,
        /// More equal steps than chance gives: data, or what both do there.
        EQUAL_STEPS,
        /// The same batches, and no equal step: dynamics.
        DIFFERENT_STEPS,
        /// Whether the batches were the same is not known, or they were not.
        NOT_COMPARABLE;

        /// The name in JSON.
        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// How many times the level of the other run a quantity had in the 100 common rows before a rise.
    public record Ratio(String quantity, double factor, long step) {}

    private static final double ALIKE = Math.log(1.25);

    private static List<Ratio> before(Diagnosis one, PairedLogs pair) {
        return one.leading().map(rise -> rise.event().onset()).stream()
                .flatMap(step -> pair.quantities().stream()
                        .map(quantity -> new Ratio(quantity, pair.ratioBefore(quantity, step), step)))
                .filter(ratio -> Math.abs(Math.log(ratio.factor())) > ALIKE)
                .sorted(Comparator.comparingDouble((Ratio ratio) -> -Math.abs(Math.log(ratio.factor()))))
                .toList();
    }

    /// A diagnosis under a name that no other run has.
    record Named(String name, Diagnosis diagnosis) {}

    public RunPair {
        rises = List.copyOf(rises);
        shared = List.copyOf(shared);
        partings = List.copyOf(partings);
        before = List.copyOf(before);
    }

    static RunPair of(Named first, Named second) {
        Diagnosis one = first.diagnosis();
        Diagnosis other = second.diagnosis();
        PairedLogs pair = PairedLogs.of(one.log(), other.log());
        if (pair.rows() == 0) {
            return new RunPair(
                    first.name(),
                    second.name(),
                    0,
                    Double.NaN,
                    RiseComparison.NOT_COMPARABLE,
                    List.of(),
                    List.of(),
                    0,
                    List.of(),
                    false,
                    List.of());
        }
        SharedRises rises = SharedRises.of(one, other, pair);
        double correlation = pair.correlation();
        boolean agreed = Parting.agreed(pair);
        RiseComparison verdict = rises.steps().isEmpty()
                ? RiseComparison.NO_RISES
                : rises.beyondChance()
                        ? RiseComparison.EQUAL_STEPS
                        : together(correlation, pair.rows()) && rises.shared().isEmpty()
                                ? RiseComparison.DIFFERENT_STEPS
                                : RiseComparison.NOT_COMPARABLE;
        return new RunPair(
                first.name(),
                second.name(),
                pair.rows(),
                correlation,
                verdict,
                rises.steps(),
                rises.shared(),
                rises.expected(),
                Parting.of(pair),
                agreed,
                before(one, pair));
    }

    private static boolean together(double correlation, int n) {
        return correlation > Math.max(TOGETHER, 5 / Math.sqrt(n));
    }

    /// Whether it is of the same two runs.
    boolean mirrors(RunPair pair) {
        return one.equals(pair.other) && other.equals(pair.one);
    }

    /// What it says, sentence by sentence.
    ///
    /// @param brief only of the rises, where the same two runs were spoken of before
    List<String> says(boolean brief) {
        List<String> says = new ArrayList<>();
        if (brief) {
            if (steps > 0 && !rises.isEmpty()) {
                says.add(ofRises());
            }
            return says;
        }
        if (steps == 0) {
            says.add("no step is in both logs");
            return says;
        }
        says.add(order());
        if (!rises.isEmpty()) {
            says.add(ofRises());
        }
        ofPartings(says);
        if (!before.isEmpty()) {
            says.add(String.format(
                    Locale.ROOT,
                    "in the 100 common rows before the rise at step %d: %s that of %s",
                    before.getFirst().step(),
                    Listing.of(
                            before.stream()
                                    .map(ratio -> String.format(
                                            Locale.ROOT, "%s %.3g times", ratio.quantity(), ratio.factor()))
                                    .toList(),
                            4),
                    other));
        }
        return says;
    }

    private String order() {
        String common = String.format(Locale.ROOT, "%d steps are in both logs; ", steps);
        if (Double.isNaN(correlation)) {
            return common + "too few to tell whether their batches came in the same order";
        }
        if (together(correlation, steps)) {
            return common
                    + String.format(
                            Locale.ROOT,
                            "the noise of their losses moves together (correlation %.2f), so their batches came in the"
                                    + " same order",
                            correlation);
        }
        return common
                + String.format(
                        Locale.ROOT,
                        "the noise of their losses does not move together (correlation %.2f), so it is open whether"
                                + " their batches came in the same order",
                        correlation);
    }

    private String ofRises() {
        return switch (verdict) {
            case EQUAL_STEPS ->
                String.format(
                                Locale.ROOT,
                                "%d of %d rises of %s are at steps at which %s rises too (%s), where chance gives %.2g:"
                                        + " the data of these steps, or what both runs do at them, not the dynamics of"
                                        + " one",
                                shared.size(),
                                rises.size(),
                                one,
                                other,
                                listed(shared),
                                expected)
                        + (shared.size() < rises.size() ? "; the others (" + listed(own()) + ") are its own" : "");
            case DIFFERENT_STEPS ->
                String.format(
                        Locale.ROOT,
                        "none of the rises of %s (%s) is at a step at which %s rises, on the same batches: the dynamics"
                                + " of this run, so what differs between the two, and not its data alone",
                        one,
                        listed(rises),
                        other);
            case NOT_COMPARABLE ->
                String.format(
                        Locale.ROOT,
                        "%d of %d rises of %s are at steps at which %s rises, where chance gives %.2g: that says"
                                + " nothing of data or dynamics",
                        shared.size(),
                        rises.size(),
                        one,
                        other,
                        expected);
            case NO_RISES -> one + " has no rise";
        };
    }

    private List<Long> own() {
        return rises.stream().filter(step -> !shared.contains(step)).toList();
    }

    private void ofPartings(List<String> says) {
        String first = Listing.of(partings.stream().map(Parting::sentence).toList(), 4, ", then ");
        if (agreed) {
            says.add(
                    partings.isEmpty()
                            ? "the two agree to the last digit in all that both logged"
                            : "the two agree to the last digit at first; they part in " + first);
        } else if (!partings.isEmpty()) {
            says.add("the ratio of the two leaves its level, for good, first in " + first);
        }
    }

    private static String listed(List<Long> steps) {
        return Listing.of(steps.stream().map(String::valueOf).toList(), LISTED);
    }
}
