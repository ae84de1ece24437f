package adamscope.sweep;

import adamscope.dynamics.Iteration;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import java.util.ArrayList;
import java.util.List;

/// The run that a sweep repeats at each of its points.
///
/// @param iteration with the values it has where no axis gives another
/// @param ending    when a run may end early
public record SweptRun(Iteration iteration, int steps, Ending ending) {

    public SweptRun {
        OptimizerRule rule = iteration.rule();
        FormulaObjective objective = iteration.objective();
        for (String parameter : objective.parameters()) {
            if (rule.hyperNames().contains(parameter)) {
                throw new IllegalArgumentException("objective " + objective.text() + ": '" + parameter
                        + "' is a hyper-parameter of " + rule.name() + "; call the parameter something else");
            }
        }
    }

    /// Everything that a point may set: hyper-parameters, starts by the name of the variable, parameters.
    List<String> settable() {
        List<String> names = new ArrayList<>(iteration.rule().hyperNames());
        names.addAll(iteration.objective().variables());
        names.addAll(iteration.objective().parameters());
        return names;
    }
}
