package adamscope.report;

import adamscope.inspection.Fault;
import adamscope.inspection.FaultKind.Strength;
import adamscope.inspection.ParameterState;
import adamscope.inspection.PostMortem;
import adamscope.inspection.StateRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Sentences about an inspected checkpoint.
public final class InspectionWords {
    private static final int RULES = 5;

    private InspectionWords() {}

    /// `4 parameters, 1,234 numbers in 12 tensors, step 100`.
    public static String summary(PostMortem inspection) {
        long steps = inspection.state().parameters().stream()
                .filter(each -> each.step().isPresent())
                .map(each -> each.step().getAsDouble())
                .distinct()
                .count();
        String step = inspection.state().parameters().stream()
                .filter(each -> each.step().isPresent())
                .findFirst()
                .map(each -> ", step " + number(each.step().getAsDouble()) + (steps > 1 ? " and others" : ""))
                .orElse("");
        return String.format(
                Locale.ROOT,
                "%,d parameters, %,d numbers in %,d tensors%s%s",
                inspection.state().parameters().size(),
                inspection.state().numbers(),
                inspection.state().tensors(),
                step,
                inspection.against().map(other -> ", against " + other).orElse(""));
    }

    /// The rules that made the states, with what is known of them.
    public static List<String> rules(PostMortem inspection) {
        Map<String, Integer> counted = new LinkedHashMap<>();
        inspection.state().parameters().stream()
                .filter(ParameterState::hasState)
                .forEach(each -> counted.merge(rule(each.rule()), 1, Integer::sum));
        List<String> rules = new ArrayList<>();
        counted.forEach((rule, count) ->
                rules.add(counted.size() == 1 ? rule : rule + " (" + count + " parameter" + (count == 1 ? ")" : "s)")));
        return rules.size() <= RULES
                ? rules
                : List.of(rules.getFirst(), "and " + (rules.size() - 1) + " other sets of hyper-parameters");
    }

    private static String rule(StateRule rule) {
        String hyper = new TreeMap<>(rule.hyper())
                .entrySet().stream()
                        .map(each -> each.getKey() + " = " + number(each.getValue())
                                + (rule.assumed().contains(each.getKey()) ? " (assumed)" : ""))
                        .collect(Collectors.joining(", "));
        return rule.name() + (hyper.isEmpty() ? "" : ": " + hyper);
    }

    /// What was found, in one sentence.
    public static String verdict(PostMortem inspection) {
        if (inspection.faults().isEmpty()) {
            return String.format(
                    Locale.ROOT,
                    "nothing wrong found in %,d tensors",
                    inspection.state().tensors());
        }
        Map<Strength, Long> counts = inspection.faults().stream()
                .collect(Collectors.groupingBy(fault -> fault.kind().standing(), TreeMap::new, Collectors.counting()));
        long parameters =
                inspection.faults().stream().map(Fault::parameter).distinct().count();
        return String.format(
                Locale.ROOT,
                "%,d finding%s in %,d of %,d parameters: %s",
                inspection.faults().size(),
                inspection.faults().size() == 1 ? "" : "s",
                parameters,
                inspection.state().parameters().size(),
                counts.entrySet().stream()
                        .map(each -> each.getValue() + " " + phrase(each.getKey(), each.getValue()))
                        .collect(Collectors.joining(", ")));
    }

    private static String phrase(Strength standing, long count) {
        return switch (standing) {
            case IMPOSSIBLE -> "that no run of the rule leaves";
            case MEASURED -> "measured, harmful or not by the run";
            case HINT -> count == 1 ? "hint" : "hints";
        };
    }

    /// Where a finding holds: ` (3 of 1,280 numbers, one is number 77)`.
    public static String where(Fault fault) {
        if (fault.of() <= 1) {
            return "";
        }
        return String.format(
                        Locale.ROOT,
                        fault.coordinates() == fault.of() ? " (all %2$,d numbers" : " (%1$,d of %2$,d numbers",
                        fault.coordinates(),
                        fault.of())
                + (fault.at().isPresent() && fault.at().getAsLong() >= 0
                        ? ", one is number " + fault.at().getAsLong() + ")"
                        : ")");
    }

    /// The next step beside the usual one.
    public static String next(PostMortem inspection) {
        if (inspection.next().isEmpty()) {
            return "next step: not predicted, it takes m, v and the learning rate";
        }
        double next = inspection.next().getAsDouble();
        double usual = inspection.usual().orElse(Double.NaN);
        return String.format(
                Locale.ROOT,
                "next step from these m and v: ‖Δθ‖ = %s, %s of lr·√n = %s",
                number(next),
                number(next / usual),
                number(usual));
    }

    /// Four digits, whole numbers as they are.
    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.4g", value)
                        .replaceAll("(\\.\\d*?)0+(e|$)", "$1$2")
                        .replaceAll("\\.(e|$)", "$1");
    }
}
