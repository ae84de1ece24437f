package adamscope.paper;

import adamscope.report.Claim.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// By which numbers a statement is judged. Each bound has a name; a figure gives the measured number of that name.
///
/// @param words  what is compared, and why by so much
/// @param needs  what a run must have reached to decide anything: if one fails, the verdict is inconclusive
/// @param holds  what the statement says, where its condition is met
/// @param beyond the same outside its condition: if one fails there, the statement agrees under a condition only
record ClaimCriterion(String words, Map<String, Bound> needs, Map<String, Bound> holds, Map<String, Bound> beyond) {
    ClaimCriterion {
        needs = ordered(needs);
        holds = ordered(holds);
        beyond = ordered(beyond);
        if (holds.isEmpty()) {
            throw new IllegalArgumentException("a criterion without a bound under 'holds' cannot fail");
        }
        if (names(List.of(needs, holds, beyond)).size() != needs.size() + holds.size() + beyond.size()) {
            throw new IllegalArgumentException(
                    "a bound of one name stands twice in " + names(List.of(needs, holds, beyond)));
        }
    }

    private static Map<String, Bound> ordered(Map<String, Bound> bounds) {
        return java.util.Collections.unmodifiableMap(new LinkedHashMap<>(bounds));
    }

    private static Set<String> names(List<Map<String, Bound>> bounds) {
        return bounds.stream()
                .flatMap(b -> b.keySet().stream())
                .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
    }

    /// The names of all bounds.
    Set<String> names() {
        return names(List.of(needs, holds, beyond));
    }

    /// The verdict that measured numbers give.
    ///
    /// A finite number that breaks what the statement says disagrees, however short the run. NaN stands for a number
    /// that a run did not give: it leaves the statement open where a need failed too, and disagrees otherwise.
    ///
    /// @param measured a number for every bound
    /// @throws IllegalArgumentException if a number is missing or nobody asked for it
    Verdict verdict(Map<String, Double> measured) {
        if (!measured.keySet().equals(names())) {
            throw new IllegalArgumentException("judged by " + names() + ", measured were " + measured.keySet());
        }
        boolean enough = all(needs, measured);
        boolean broken = holds.entrySet().stream()
                .anyMatch(b ->
                        !Double.isNaN(measured.get(b.getKey())) && !b.getValue().holds(measured.get(b.getKey())));
        if (broken) {
            return Verdict.DISAGREES;
        }
        if (!enough) {
            return Verdict.INCONCLUSIVE;
        }
        if (!all(holds, measured)) {
            return Verdict.DISAGREES;
        }
        return all(beyond, measured) ? Verdict.AGREES : Verdict.CONDITIONAL;
    }

    /// The bounds that measured numbers miss, as a sentence; empty if they miss none.
    String missed(Map<String, Double> measured) {
        String missed = Stream.of(needs, holds, beyond)
                .flatMap(bounds -> bounds.entrySet().stream())
                .filter(bound -> !bound.getValue().holds(measured.get(bound.getKey())))
                .map(bound -> String.format(
                        Locale.ROOT,
                        "%s: %s, where %s was asked",
                        bound.getKey(),
                        number(measured.get(bound.getKey())),
                        bound.getValue().text()))
                .collect(Collectors.joining("; "));
        return missed.isEmpty() ? "" : missed + ".";
    }

    private static String number(double measured) {
        return Double.isNaN(measured) ? "not decided by this run" : String.format(Locale.ROOT, "%.4g", measured);
    }

    private static boolean all(Map<String, Bound> bounds, Map<String, Double> measured) {
        return bounds.entrySet().stream().allMatch(b -> b.getValue().holds(measured.get(b.getKey())));
    }

    /// The bounds as a reader sees them.
    String text() {
        String numbers = Stream.of(said("", holds), said("needs ", needs), said("outside the condition ", beyond))
                .filter(s -> !s.isEmpty())
                .collect(Collectors.joining("; "));
        return words.isEmpty() ? numbers : numbers + " (" + words + ")";
    }

    private static String said(String before, Map<String, Bound> bounds) {
        return bounds.entrySet().stream()
                .map(b -> b.getKey() + " " + b.getValue().text())
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(", "), text -> text.isEmpty() ? "" : before + text));
    }
}
