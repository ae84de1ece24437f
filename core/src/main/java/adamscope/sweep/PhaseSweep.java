package adamscope.sweep;

import adamscope.dynamics.Iteration;
import adamscope.optimizer.OptimizerRule;
import java.util.List;
import java.util.Map;

/// One run for each cell of a plane of two hyper-parameters: the phase diagram of a rule.
///
/// The table has a row for each cell, x varying fastest: the two hyper-parameters, `outcome`, `minLog10Loss` (over all
/// steps), `sustainedMinLog10Loss` (the lowest maximum over a window of 50 steps), `finalLog10Loss`,
/// `medianLog10Coupling` and `maxLog10Coupling` (of v/g²), and where theory decides, `theoryRegime` (I, II, III).
///
/// @param iteration with every hyper-parameter that is not an axis
public record PhaseSweep(Iteration iteration, Axis x, Axis y, int steps) {

    public PhaseSweep {
        OptimizerRule rule = iteration.rule();
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
                new SweptRun(iteration, steps, Ending.KNOWN),
                new Space(List.of(x, y), 0),
                Map.of(),
                FormulaSweep.COLUMNS);
    }
}
