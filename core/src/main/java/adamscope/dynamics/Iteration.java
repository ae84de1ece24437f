package adamscope.dynamics;

import adamscope.kernel.Arithmetic;
import adamscope.kernel.Recurrence;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A rule on an objective from a start: what single runs, sweeps, phase diagrams and planes of starts repeat.
///
/// @param objective its variables move, its parameters do not
/// @param values    of hyper-parameters, and of parameters of the objective
/// @param x0        one number for each variable
/// @param start     where the states of the rule begin
public record Iteration(
        OptimizerRule rule,
        FormulaObjective objective,
        Map<String, Double> values,
        List<Double> x0,
        ClosedMap.Start start,
        Arithmetic arithmetic) {

    public Iteration {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        x0 = List.copyOf(x0);
    }

    /// The same with every hyper-parameter, checked.
    ///
    /// @throws IllegalArgumentException if one is missing, unknown or outside its domain
    public Iteration complete() {
        return new Iteration(rule, objective, rule.values(values), x0, start, arithmetic);
    }

    /// The closed map of a state.
    public Recurrence map() {
        return ClosedMap.of(rule, objective, start);
    }
}
