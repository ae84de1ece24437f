package adamscope.sweep;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.Iteration;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One run from each start in a plane, all with the same hyper-parameters: which starts lead to which outcome.
///
/// An axis is a variable of the objective or a state of the rule, such as `v`; a state that is no axis begins as
/// `start` says. The table has a row for each start, x varying fastest: the two coordinates, `outcome`, `minLog10Loss`,
/// `sustainedMinLog10Loss`, `finalLog10Loss`, `medianLog10Coupling` and `maxLog10Coupling`.
///
/// @param iteration with every hyper-parameter; values of variables that are axes are not used
public record BasinSweep(Iteration iteration, Axis x, Axis y, int steps) {

    public BasinSweep {
        iteration = iteration.complete();
        OptimizerRule rule = iteration.rule();
        List<String> allowed = coordinates(rule, iteration.objective());
        for (Axis axis : List.of(x, y)) {
            if (!allowed.contains(axis.name())) {
                throw new IllegalArgumentException("axis " + axis.name() + ": a plane of starts spans two of " + allowed
                        + (rule.hyperNames().contains(axis.name()) ? ", not hyper-parameters" : ""));
            }
        }
    }

    /// What an axis may be: the variables, and the states of each.
    public static List<String> coordinates(OptimizerRule rule, FormulaObjective objective) {
        List<String> names = new ArrayList<>(objective.variables());
        rule.states()
                .forEach(state -> objective
                        .variables()
                        .forEach(variable -> names.add(ClosedMap.component(objective, state.name(), variable))));
        return names;
    }

    /// The number of starts.
    public int cells() {
        return Math.toIntExact((long) x.points() * y.points());
    }

    /// The same as a sweep over a space of starts.
    public FormulaSweep toSweep() {
        return new FormulaSweep(
                new SweptRun(iteration, steps, Ending.KNOWN, List.of(x.name(), y.name())),
                new Space(List.of(x, y), 0),
                Map.of(),
                RunColumns.ALL);
    }
}
