package adamscope.experiment;

import adamscope.dynamics.ClosedMap;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.sweep.Axis;
import adamscope.sweep.Grid;
import java.util.List;

/// One run for each cell of a plane of two hyper-parameters.
///
/// @param optimizer the rule and the hyper-parameters that all cells share
/// @param x         the hyper-parameter that grows to the right
/// @param y         the hyper-parameter that grows upwards
/// @param objective formula of the loss, as written
/// @param x0        start, one number for each variable of the objective in its order
/// @param init      where the averages begin
public record Phase(
        TunedRule optimizer,
        Axis x,
        Axis y,
        String objective,
        List<Double> x0,
        long steps,
        ClosedMap.Start init,
        Arithmetic arithmetic)
        implements Experiment {

    /// The most steps: each tile keeps one loss for 50 steps of each of its lanes.
    public static final long MOST_STEPS = 10_000_000;

    public Phase {
        x0 = List.copyOf(x0);
        Checks.start(objective, x0);
        Checks.positive("steps", steps);
        Checks.atMost("steps", steps, MOST_STEPS, "the windows of a longer run fill the memory");
        Checks.complete(optimizer, List.of(x, y));
        Checks.runs(optimizer.rule(), FormulaObjective.read(objective), init);
        new Grid(List.of(x, y)).refuseTooLarge(steps);
    }

    /// The cells of the plane, x varying fastest.
    public Grid grid() {
        return new Grid(List.of(x, y));
    }

    /// The objective, read.
    public FormulaObjective formula() {
        return FormulaObjective.read(objective);
    }
}
