package adamscope.experiment;

import adamscope.dynamics.ClosedMap;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import java.util.List;

/// One run of a rule on an objective.
///
/// @param objective formula of the loss, as written
/// @param x0        start, one number for each variable of the objective in its order
/// @param init      where the averages begin
/// @param every     one row of the trajectory for so many steps
public record Simulation(
        TunedRule optimizer,
        String objective,
        List<Double> x0,
        long steps,
        ClosedMap.Start init,
        Arithmetic arithmetic,
        long every)
        implements Experiment {

    /// The most steps, and the most rows that a trajectory keeps.
    public static final long MOST_STEPS = 1_000_000_000;

    private static final long MOST_ROWS = 1_000_000;

    public Simulation {
        x0 = List.copyOf(x0);
        Checks.start(objective, x0);
        Checks.positive("steps", steps);
        Checks.positive("every", every);
        Checks.atMost("steps", steps, MOST_STEPS, "that takes about half an hour");
        long rows = steps / every;
        Checks.atMost(
                "steps / every",
                rows,
                MOST_ROWS,
                "the trajectory would have so many rows; thin it with every = " + Math.ceilDiv(steps, MOST_ROWS));
        Checks.complete(optimizer, List.of());
        Checks.runs(optimizer.rule(), FormulaObjective.read(objective), init);
    }

    /// The objective, read.
    public FormulaObjective formula() {
        return FormulaObjective.read(objective);
    }
}
