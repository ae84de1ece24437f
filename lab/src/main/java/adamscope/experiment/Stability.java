package adamscope.experiment;

import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import adamscope.shape.Shape;
import adamscope.sweep.Axis;
import adamscope.sweep.Grid;
import adamscope.sweep.StabilityMap;
import java.util.List;
import java.util.Map;

/// The stability of a rule's fixed point over a plane of two hyper-parameters.
///
/// @param optimizer the rule and the hyper-parameters that all cells share
/// @param x         the hyper-parameter that grows to the right
/// @param y         the hyper-parameter that grows upwards
/// @param objective formula of the loss, as written
/// @param x0        where the search for the fixed point begins, one number for each variable; not used on c·|x|^k
public record Stability(TunedRule optimizer, Axis x, Axis y, String objective, List<Double> x0) implements Experiment {

    /// As text.
    public static final Shape<Stability> SHAPE = Shape.of(keys -> {
        var optimizer =
                keys.add(FormulaKeys.optimizer(2), map -> new SweptRule(map.optimizer(), List.of(map.x(), map.y())));
        var objective = keys.add(FormulaKeys.objective(), Stability::objective);
        var x0 = keys.add(
                FormulaKeys.x0(objective).orElse(in -> FormulaKeys.ones(in, objective), "1 in every coordinate"),
                Stability::x0);
        return in -> new Stability(
                in.get(optimizer).tuned(),
                in.at(optimizer, () -> in.get(optimizer).along(2)).getFirst(),
                in.get(optimizer).axes().getLast(),
                in.get(objective),
                in.get(x0));
    });

    public Stability {
        x0 = List.copyOf(x0);
        Checks.start(objective, x0);
        Checks.complete(optimizer, List.of(x, y));
        new Grid(List.of(x, y)).refuseTooLarge(1);
        new StabilityMap(optimizer.rule(), FormulaObjective.read(objective), optimizer.values(), x, y, x0)
                .refuseImpossible();
    }

    /// The objective, read.
    public FormulaObjective formula() {
        return FormulaObjective.read(objective);
    }

    /// The same as a computation.
    public StabilityMap map() {
        return new StabilityMap(optimizer.rule(), formula(), optimizer.values(), x, y, x0);
    }

    @Override
    public List<OptimizerRule> rules() {
        return List.of(optimizer.rule());
    }

    /// What is said of its command.
    static final class Command {
        static final KindUsage USAGE = new KindUsage(
                "stability-map",
                "stability-map",
                2,
                List.of(
                        "Find the fixed point of an optimizer and its multipliers for every pair of two"
                                + " hyper-parameters, and draw the spectral radius, how stability is lost, and the"
                                + " curves on which it is lost.",
                        "On c*|x|^k with k > 2 and eps = 0 it is the fixed point of the scale-free system derived"
                                + " from the rule: linear convergence. On other objectives it is the optimizer's"
                                + " own, searched from --x0.",
                        KindUsage.FOLDER),
                "  adamscope stability-map --optimizer adam --objective \"x^4/4\" --set eps=0 \\%n"
                        + "      --x beta1=0.001:0.99:200 --y beta2=0.005:0.99:200 --out runs/stability",
                Map.of());

        private Command() {}
    }
}
