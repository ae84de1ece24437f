package adamscope.experiment;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.Iteration;
import adamscope.formula.PlainText;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// An update rule and the values of its hyper-parameters.
///
/// @param values by name, in order of declaration; every hyper-parameter, except those that a sweep varies
public record TunedRule(OptimizerRule rule, Map<String, Double> values) {

    public TunedRule {
        for (String taken : List.of("name", "rule")) {
            if (rule.hyperNames().contains(taken)) {
                throw new IllegalArgumentException(rule.name() + ": a hyper-parameter called '" + taken
                        + "' cannot be written into an experiment; call it something else");
            }
        }
        values.forEach(rule::checked);
        Map<String, Double> checked = new LinkedHashMap<>();
        for (String name : rule.hyperNames()) {
            if (values.containsKey(name)) {
                checked.put(name, values.get(name));
            }
        }
        values = Collections.unmodifiableMap(checked);
    }

    /// The values for a reader: `lr = 0.001, beta1 = 0.9`.
    public String shown() {
        return values.entrySet().stream()
                .map(e -> e.getKey() + " = " + new PlainText().number(e.getValue()))
                .collect(Collectors.joining(", "));
    }

    /// The rule iterated on an objective.
    Iteration on(FormulaObjective objective, List<Double> x0, ClosedMap.Start start, Arithmetic arithmetic) {
        return new Iteration(rule, objective, values, x0, start, arithmetic);
    }
}
