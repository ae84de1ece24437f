package adamscope.sweep;

import adamscope.dynamics.Iteration;
import adamscope.formula.Expression;
import adamscope.kernel.Recurrence;
import adamscope.kernel.Recurrence.Component;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import java.util.ArrayList;
import java.util.List;

/// The run that a sweep repeats at each of its points.
///
/// @param iteration with the values it has where no axis gives another
/// @param ending    when a run may end early
/// @param begun     components of the state, beside the variables, whose start each point gives, such as `v`
public record SweptRun(Iteration iteration, int steps, Ending ending, List<String> begun) {

    /// Whose states all begin as the iteration says.
    public SweptRun(Iteration iteration, int steps, Ending ending) {
        this(iteration, steps, ending, List.of());
    }

    public SweptRun {
        begun = List.copyOf(begun);
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
        names.addAll(begun);
        return names;
    }

    /// What is iterated, with the starts that a point gives as inputs.
    Recurrence map() {
        Recurrence map = iteration.map();
        List<Component> components = map.components().stream()
                .map(c -> begun.contains(c.name())
                        ? new Component(c.name(), new Expression.Symbol(c.name()), c.next())
                        : c)
                .toList();
        return new Recurrence(map.parameters(), components, map.observables());
    }
}
