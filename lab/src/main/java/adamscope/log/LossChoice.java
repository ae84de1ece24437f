package adamscope.log;

import adamscope.log.NameMap.Candidate;
import adamscope.log.NameMap.Source;
import adamscope.log.Recognition.ValueChange;
import adamscope.regime.Quantity;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which of several series is the loss: by what the series is, not by its name alone.
///
/// | series | what is made of it |
/// | --- | --- |
/// | one value beside many (`train_loss` in the last row of Hugging Face) | a summary, left out |
/// | few values beside many (an evaluation on training data) | left out |
/// | several totals | the surest name, then the one with more values |
/// | terms without a total (`box_loss`, `cls_loss`) | their sum |
/// | terms beside a total | kept as `loss/box`, `loss/cls` |
final class LossChoice {
    /// From here on a name holds words of its own, so that it is a term.
    private static final int TERM = 20;

    /// So many times fewer values are no match.
    private static final int FEWER = 4;

    private LossChoice() {}

    /// @param quantity   the loss or the validation loss
    /// @param candidates of it
    /// @param given      whether the user names it, so that only terms are of use
    /// @param remarks    takes what was decided in doubt
    static Map<String, Source> of(String quantity, List<Candidate> candidates, boolean given, List<String> remarks) {
        Map<String, Source> chosen = new LinkedHashMap<>();
        List<Candidate> terms = terms(candidates);
        List<Candidate> totals = totals(candidates, terms);
        if (totals.isEmpty()) {
            List<Candidate> full = full(terms);
            chosen.put(quantity, new Source(full.stream().map(Candidate::tag).toList(), ValueChange.NONE));
            if (!given && full.size() > 1) {
                remarks.add(quantity + " is the sum of "
                        + NameMap.some(chosen.get(quantity).tags())
                        + ": the log holds no total; weights are taken as 1. Choose with --map " + quantity + "="
                        + chosen.get(quantity).tag());
            } else if (!given) {
                remarks.add("'" + WrittenNumber.shortened(full.getFirst().tag()) + "' is taken for " + quantity
                        + ": the log holds no other");
            }
            if (full.size() > 1) {
                keep(quantity, full, chosen);
            }
            return chosen;
        }
        Candidate best = totals.getFirst();
        chosen.put(quantity, Source.of(best));
        List<String> rivals = totals.stream()
                .skip(1)
                .filter(other -> other.reading().doubt() == best.reading().doubt())
                .map(Candidate::tag)
                .toList();
        if (!rivals.isEmpty() && !given) {
            remarks.add("'" + WrittenNumber.shortened(best.tag()) + "' is taken for " + quantity + ", not "
                    + NameMap.some(rivals) + "; choose with --map " + quantity + "=TAG");
        }
        keep(
                quantity,
                terms.stream()
                        .filter(term -> 2 * term.values() >= best.values())
                        .toList(),
                chosen);
        return chosen;
    }

    private static void keep(String quantity, List<Candidate> terms, Map<String, Source> chosen) {
        for (Candidate term : terms) {
            chosen.putIfAbsent(
                    Quantity.ofGroup(quantity, Recognition.term(term.tag())),
                    new Source(List.of(term.tag()), ValueChange.NONE));
        }
    }

    /// Of several names of one term, as `dynamics_loss_step` and `dynamics_loss_epoch`, the surest.
    private static List<Candidate> terms(List<Candidate> candidates) {
        Map<String, Candidate> terms = new LinkedHashMap<>();
        candidates.stream()
                .filter(candidate -> candidate.reading().doubt() >= TERM
                        && candidate.reading().change() == ValueChange.NONE)
                .forEach(candidate -> terms.merge(
                        Recognition.term(candidate.tag()),
                        candidate,
                        (one, other) -> other.reading().doubt() < one.reading().doubt() ? other : one));
        return List.copyOf(terms.values());
    }

    /// Totals, the best first; those left out that have far fewer values than others.
    private static List<Candidate> totals(List<Candidate> candidates, List<Candidate> terms) {
        List<Candidate> totals = candidates.stream()
                .filter(candidate -> candidate.reading().doubt() < TERM
                        || candidate.reading().change() != ValueChange.NONE)
                .toList();
        long most = totals.stream().mapToLong(Candidate::values).max().orElse(0);
        long mostTerm = terms.stream().mapToLong(Candidate::values).max().orElse(0);
        if (most <= 1 && mostTerm > FEWER) {
            return List.of();
        }
        return totals.stream()
                .filter(candidate -> FEWER * candidate.values() > most)
                .filter(candidate -> totals.stream().noneMatch(other -> fuller(other, candidate)))
                .sorted(Comparator.comparingInt(
                                (Candidate candidate) -> candidate.reading().doubt())
                        .thenComparing(
                                Comparator.comparingLong(Candidate::values).reversed()))
                .toList();
    }

    /// Whether one has about as sure a name as another and clearly more values.
    private static boolean fuller(Candidate one, Candidate other) {
        return one.reading().doubt() <= other.reading().doubt() + 1 && 4 * one.values() > 5 * other.values();
    }

    private static List<Candidate> full(List<Candidate> terms) {
        long most = terms.stream().mapToLong(Candidate::values).max().orElse(0);
        return terms.stream().filter(term -> 2 * term.values() > most).toList();
    }
}
