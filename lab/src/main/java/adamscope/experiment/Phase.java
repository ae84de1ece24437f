package adamscope.experiment;

import adamscope.dynamics.ClosedMap;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import adamscope.shape.Shape;
import adamscope.sweep.Axis;
import adamscope.sweep.Grid;
import adamscope.sweep.PhaseSweep;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One run for each cell of a plane of two hyper-parameters.
///
/// @param optimizer the rule and the hyper-parameters that all cells share
/// @param x         the hyper-parameter that grows to the right
/// @param y         the hyper-parameter that grows upwards
/// @param objective formula of the loss, as written
/// @param x0        start, one number for each variable of the objective in its order
/// @param init      where the averages begin
/// @param minimum   the least value of the objective, where it is named
public record Phase(
        TunedRule optimizer,
        Axis x,
        Axis y,
        String objective,
        List<Double> x0,
        long steps,
        ClosedMap.Start init,
        Arithmetic arithmetic,
        Optional<Double> minimum)
        implements Experiment {

    /// As text.
    public static final Shape<Phase> SHAPE = Shape.of(keys -> {
        var optimizer = keys.add(
                FormulaKeys.optimizer(2), phase -> new SweptRule(phase.optimizer(), List.of(phase.x(), phase.y())));
        var objective = keys.add(FormulaKeys.objective(), Phase::objective);
        var x0 = keys.add(FormulaKeys.x0(objective), Phase::x0);
        var steps = keys.add(FormulaKeys.steps(Long.MAX_VALUE), Phase::steps);
        var init = keys.add(FormulaKeys.init(), Phase::init);
        var arithmetic = keys.add(FormulaKeys.arithmetic(Arithmetic.SCALED), Phase::arithmetic);
        var minimum = keys.add(FormulaKeys.minimum(), Phase::minimum);
        return in -> new Phase(
                in.get(optimizer).tuned(),
                in.at(optimizer, () -> in.get(optimizer).along(2)).getFirst(),
                in.get(optimizer).axes().getLast(),
                in.get(objective),
                in.get(x0),
                in.get(steps),
                in.get(init),
                in.get(arithmetic),
                in.get(minimum));
    });

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

    /// The same as a computation.
    public PhaseSweep sweep() {
        return new PhaseSweep(optimizer.on(formula(), x0, init, arithmetic), x, y, Math.toIntExact(steps));
    }

    /// The objective, read.
    public FormulaObjective formula() {
        return FormulaKeys.objective(FormulaObjective.read(objective), minimum);
    }

    @Override
    public List<OptimizerRule> rules() {
        return List.of(optimizer.rule());
    }

    /// What is said of its command.
    static final class Command {
        static final KindUsage USAGE = new KindUsage(
                "phase",
                "phase",
                2,
                List.of(
                        "Run an optimizer on a formula for every pair of two hyper-parameters, and draw what it"
                                + " did: outcome, losses, coupling v/g^2, with the borders of theory where there is"
                                + " one.",
                        KindUsage.FOLDER),
                "  adamscope phase --optimizer adam-uncorrected --objective \"x^4/4\" --x0 1 \\%n"
                        + "      --set lr=1e-3,eps=0 --steps 5000 \\%n"
                        + "      --x beta1=0.003:0.99:100 --y beta2=0.01:0.985:100 --out runs/example",
                Map.of());

        private Command() {}
    }
}
