package adamscope.experiment;

import adamscope.dynamics.ClosedMap;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import adamscope.shape.Forms;
import adamscope.shape.Key;
import adamscope.shape.Shape;
import adamscope.sweep.Axis;
import adamscope.sweep.BasinSweep;
import adamscope.sweep.Grid;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One run from each start in a plane, all with the same hyper-parameters.
///
/// @param objective formula of the loss, as written
/// @param x         the variable or state that grows to the right
/// @param y         the variable or state that grows upwards
/// @param x0        values of the variables; those that are axes are not used
/// @param init      where the states begin that are no axis
/// @param minimum   the least value of the objective, where it is named
public record Basin(
        TunedRule optimizer,
        String objective,
        Axis x,
        Axis y,
        List<Double> x0,
        long steps,
        ClosedMap.Start init,
        Arithmetic arithmetic,
        Optional<Double> minimum)
        implements Experiment {

    /// As text.
    public static final Shape<Basin> SHAPE = Shape.of(keys -> {
        var optimizer = keys.add(FormulaKeys.optimizer(), Basin::optimizer);
        var objective = keys.add(FormulaKeys.objective(), Basin::objective);
        var x = keys.add(coordinate("x", "horizontal axis, a variable or state"), Basin::x);
        var y = keys.add(coordinate("y", "vertical axis, a variable or state"), Basin::y);
        var x0 = keys.add(
                FormulaKeys.x0(objective).orElse(in -> FormulaKeys.ones(in, objective), "1 in every coordinate"),
                Basin::x0);
        var steps = keys.add(FormulaKeys.steps(Integer.MAX_VALUE).orElse(2000L), Basin::steps);
        var init = keys.add(FormulaKeys.init(), Basin::init);
        var arithmetic = keys.add(FormulaKeys.arithmetic(Arithmetic.SCALED), Basin::arithmetic);
        var minimum = keys.add(FormulaKeys.minimum(), Basin::minimum);
        return in -> new Basin(
                in.get(optimizer),
                in.get(objective),
                in.get(x),
                in.get(y),
                in.get(x0),
                in.get(steps),
                in.get(init),
                in.get(arithmetic),
                in.get(minimum));
    });

    /// An axis over a coordinate, written as on the command line.
    private static Key<Axis> coordinate(String name, String meaning) {
        return Key.of(name, Forms.text("NAME=FROM:TO:POINTS[:SCALE]", Axis::read, Axis::toString), meaning);
    }

    public Basin {
        x0 = List.copyOf(x0);
        Checks.start(objective, x0);
        Checks.positive("steps", steps);
        Checks.atMost("steps", steps, Phase.MOST_STEPS, "the windows of a longer run fill the memory");
        Checks.complete(optimizer, List.of());
        new Grid(List.of(x, y)).refuseTooLarge(steps);
        new BasinSweep(
                optimizer.on(FormulaObjective.read(objective), x0, init, arithmetic), x, y, Math.toIntExact(steps));
    }

    /// The objective, read.
    public FormulaObjective formula() {
        return FormulaKeys.objective(FormulaObjective.read(objective), minimum);
    }

    /// The same as a computation.
    public BasinSweep sweep() {
        return new BasinSweep(optimizer.on(formula(), x0, init, arithmetic), x, y, Math.toIntExact(steps));
    }

    @Override
    public List<OptimizerRule> rules() {
        return List.of(optimizer.rule());
    }

    /// What is said of its command.
    static final class Command {
        static final KindUsage USAGE = new KindUsage(
                "basin",
                "basin",
                0,
                List.of(
                        "Run an optimizer on a formula from every start in a plane, and draw which start leads to"
                                + " which outcome: linear convergence and a stable oscillation may stand side by"
                                + " side.",
                        "An axis is a variable of the objective or a state of the optimizer, such as v; in more"
                                + " than one dimension a state is written v[x].",
                        KindUsage.FOLDER),
                "  adamscope basin --optimizer rmsprop --objective \"x^4/4\" \\%n"
                        + "      --set lr=1,beta2=0.1,eps=0 \\%n"
                        + "      --x x=0.05:1:150 --y v=1e-6:1:150:log --out runs/basin",
                Map.of());

        private Command() {}
    }
}
