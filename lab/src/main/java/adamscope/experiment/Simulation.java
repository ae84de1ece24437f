package adamscope.experiment;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.GradientNoise;
import adamscope.dynamics.SingleRun;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import adamscope.shape.Forms;
import adamscope.shape.Key;
import adamscope.shape.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One run of a rule on an objective.
///
/// @param objective formula of the loss, as written
/// @param x0        start, one number for each variable of the objective in its order
/// @param init      where the averages begin
/// @param every     one row of the trajectory for so many steps
/// @param minimum   the least value of the objective, where it is named
/// @param noise     on the gradient
public record Simulation(
        TunedRule optimizer,
        String objective,
        List<Double> x0,
        long steps,
        ClosedMap.Start init,
        Arithmetic arithmetic,
        long every,
        Optional<Double> minimum,
        GradientNoise noise)
        implements Experiment {

    /// As text.
    public static final Shape<Simulation> SHAPE = Shape.of(keys -> {
        var optimizer = keys.add(FormulaKeys.optimizer(), Simulation::optimizer);
        var objective = keys.add(FormulaKeys.objective(), Simulation::objective);
        var x0 = keys.add(FormulaKeys.x0(objective), Simulation::x0);
        var steps = keys.add(FormulaKeys.steps(Long.MAX_VALUE), Simulation::steps);
        var init = keys.add(FormulaKeys.init(), Simulation::init);
        var arithmetic = keys.add(FormulaKeys.arithmetic(Arithmetic.DOUBLE), Simulation::arithmetic);
        var every = keys.add(
                Key.of("every", Forms.whole(1, Long.MAX_VALUE), "keep one row for so many steps")
                        .orElse(1L),
                Simulation::every);
        var minimum = keys.add(FormulaKeys.minimum(), Simulation::minimum);
        var noise = keys.add(FormulaKeys.noise(), run -> run.noise().deviation());
        var seed = keys.add(
                Key.of("seed", Forms.whole(Long.MIN_VALUE, Long.MAX_VALUE), "of the noise")
                        .orElse(0L)
                        .quiet(),
                run -> run.noise().seed());
        return in -> new Simulation(
                in.get(optimizer),
                in.get(objective),
                in.get(x0),
                in.get(steps),
                in.get(init),
                in.get(arithmetic),
                in.get(every),
                in.get(minimum),
                new GradientNoise(in.get(noise), in.get(seed)));
    });

    /// The most steps, and the most rows that a trajectory keeps.
    public static final long MOST_STEPS = 1_000_000_000;

    private static final long MOST_ROWS = 1_000_000;

    public Simulation {
        x0 = List.copyOf(x0);
        Checks.start(objective, x0);
        Checks.positive("steps", steps);
        Checks.positive("every", every);
        Checks.atMost("steps", steps, MOST_STEPS, "that takes about half an hour");
        Checks.complete(optimizer, List.of());
        Checks.runs(optimizer.rule(), FormulaObjective.read(objective), init);
    }

    /// Refuses to keep more rows of a trajectory than can be handled; a sweep keeps none.
    public void refuseLongTrajectory() {
        Checks.atMost(
                "steps / every",
                steps / every,
                MOST_ROWS,
                "the trajectory would have so many rows; thin it with every = " + Math.ceilDiv(steps, MOST_ROWS));
    }

    /// The objective, read.
    public FormulaObjective formula() {
        return FormulaKeys.objective(FormulaObjective.read(objective), minimum);
    }

    /// The same as a computation.
    public SingleRun plan() {
        refuseLongTrajectory();
        return new SingleRun(optimizer.on(formula(), x0, init, arithmetic), steps, every, noise);
    }

    @Override
    public List<OptimizerRule> rules() {
        return List.of(optimizer.rule());
    }

    /// What is said of its command.
    static final class Command {
        static final KindUsage USAGE = new KindUsage(
                "simulation",
                "simulate",
                0,
                List.of(
                        "Run an optimizer on a formula and say what it did: converged, cycling, spiking, diverged,"
                                + " left-range (a state left the range of double) or undecided.",
                        KindUsage.FOLDER_IF_ASKED),
                "  adamscope simulate --optimizer adam --objective \"x^4/4\" --x0 1 \\%n"
                        + "      --set lr=1e-3,beta1=0.9,beta2=0.93,eps=0 --steps 3000%n"
                        + "  adamscope simulate --optimizer gd --objective \"x^2/2\" --x0 1 --set lr=0.1 \\%n"
                        + "      --steps 5000 --noise 0.1 --seed 1",
                Map.of());

        private Command() {}
    }
}
