package adamscope.page;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.Iteration;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.RuleReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is asked, read and checked here.
///
/// @param asked texts, numbers, rows of numbers, and `values`: hyper-parameters by name
record Question(Map<?, ?> asked) {
    /// The rule that was read last: while a slider is dragged it is the same one.
    private static volatile OptimizerRule lately;

    /// The text of a key, empty where there is none.
    String text(String key) {
        return asked.get(key) instanceof String text ? text : "";
    }

    /// The number of a key, NaN where there is none.
    double number(String key) {
        return asked.get(key) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    /// The numbers of a key, none where there are none.
    double[] numbers(String key) {
        return switch (asked.get(key)) {
            case double[] numbers -> numbers;
            case List<?> numbers ->
                numbers.stream()
                        .mapToDouble(number -> ((Number) number).doubleValue())
                        .toArray();
            case null, default -> new double[0];
        };
    }

    /// The rule, by its text.
    OptimizerRule rule() {
        OptimizerRule rule = lately;
        if (rule == null || !rule.text().equals(text("rule"))) {
            rule = RuleReader.read(Answers.RULE, text("rule"));
            lately = rule;
        }
        return rule;
    }

    FormulaObjective objective() {
        return FormulaObjective.read(text("objective"));
    }

    /// The values of hyper-parameters, checked against the rule.
    Map<String, Double> values(OptimizerRule rule) {
        Map<?, ?> given = asked.get("values") instanceof Map<?, ?> map ? map : Map.of();
        Map<String, Double> chosen = new LinkedHashMap<>();
        rule.hyperNames().forEach(name -> {
            if (given.get(name) instanceof Number value && !Double.isNaN(value.doubleValue())) {
                chosen.put(name, value.doubleValue());
            }
        });
        return rule.values(chosen);
    }

    List<Double> x0() {
        List<Double> x0 = new ArrayList<>();
        for (double x : numbers("x0")) {
            x0.add(x);
        }
        return x0;
    }

    ClosedMap.Start start() {
        return text("start").equals("gradient") ? ClosedMap.Start.GRADIENT : ClosedMap.Start.ZERO;
    }

    Arithmetic arithmetic() {
        return text("arithmetic").equals("scaled") ? Arithmetic.SCALED : Arithmetic.DOUBLE;
    }

    /// The rule on the objective from the start, with these values.
    Iteration iteration(OptimizerRule rule, FormulaObjective objective, Map<String, Double> values) {
        return new Iteration(rule, objective, values, x0(), start(), arithmetic());
    }
}
