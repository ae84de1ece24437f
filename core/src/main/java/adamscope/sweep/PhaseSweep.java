package adamscope.sweep;

import adamscope.dynamics.ClosedMap;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import java.util.List;
import java.util.Map;

/// One run for each cell of a plane of two hyper-parameters: the phase diagram of a rule.
///
/// The table has a row for each cell, x varying fastest: the two hyper-parameters, `outcome`, `minLog10Loss` (over all
/// steps), `sustainedMinLog10Loss` (the lowest maximum over a window of 50 steps), `finalLog10Loss`,
/// `medianLog10Coupling` and `maxLog10Coupling` (of v/g²), and where theory decides, `theoryRegime` (I, II, III).
///
/// @param values  every hyper-parameter that is not an axis
/// @param x0      start, one number for each variable
public record PhaseSweep(
        OptimizerRule rule,
        FormulaObjective objective,
        Map<String, Double> values,
        Axis x,
        Axis y,
        List<Double> x0,
        ClosedMap.Start start,
        Arithmetic arithmetic,
        int steps) {

    public PhaseSweep {
        values = Map.copyOf(values);
        x0 = List.copyOf(x0);
        for (Axis axis : List.of(x, y)) {
            rule.checked(axis.name(), axis.from());
            rule.checked(axis.name(), axis.to());
        }
    }

    /// The number of cells.
    public int cells() {
        return Math.toIntExact((long) x.points() * y.points());
    }

    /// The same as a sweep over a space of two axes.
    public FormulaSweep toSweep() {
        return new FormulaSweep(
                new SweptRun(rule, objective, values, x0, start, arithmetic, steps, Ending.KNOWN),
                new Space(List.of(x, y), 0),
                Map.of(),
                FormulaSweep.COLUMNS);
    }
}
