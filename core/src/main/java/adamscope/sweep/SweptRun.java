package adamscope.sweep;

import adamscope.dynamics.ClosedMap;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import java.util.List;
import java.util.Map;

/// The run that a sweep repeats at each of its points, with the values it has where no axis gives another.
///
/// @param objective its variables move, its parameters do not
/// @param values    of hyper-parameters and of parameters of the objective
/// @param x0        start, one number for each variable
/// @param ending    when a run may end early
public record SweptRun(
        OptimizerRule rule,
        FormulaObjective objective,
        Map<String, Double> values,
        List<Double> x0,
        ClosedMap.Start start,
        Arithmetic arithmetic,
        int steps,
        Ending ending) {

    public SweptRun {
        values = Map.copyOf(values);
        x0 = List.copyOf(x0);
        for (String parameter : objective.parameters()) {
            if (rule.hyperNames().contains(parameter)) {
                throw new IllegalArgumentException("objective " + objective.text() + ": '" + parameter
                        + "' is a hyper-parameter of " + rule.name() + "; call the parameter something else");
            }
        }
    }

    /// Everything that a point may set: hyper-parameters, starts by the name of the variable, parameters.
    List<String> settable() {
        List<String> names = new java.util.ArrayList<>(rule.hyperNames());
        names.addAll(objective.variables());
        names.addAll(objective.parameters());
        return names;
    }
}
