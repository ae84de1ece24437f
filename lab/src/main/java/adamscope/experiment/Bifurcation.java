package adamscope.experiment;

import adamscope.objective.FormulaObjective;
import adamscope.stability.OrbitDiagram;
import adamscope.sweep.Axis;
import adamscope.sweep.Bifurcation.Variables;
import java.util.List;

/// Where the orbits of a rule go as one hyper-parameter changes.
///
/// @param optimizer the rule and the hyper-parameters that all orbits share
/// @param x         the hyper-parameter that grows to the right
/// @param objective formula of the loss, as written
/// @param variables in which variables the rule is looked at
/// @param show      the quantity whose limit set is drawn
/// @param x0        where orbits begin: one number for each variable, or w for reduced variables
/// @param length    steps that are left out, averaged over, kept
public record Bifurcation(
        TunedRule optimizer,
        Axis x,
        String objective,
        Variables variables,
        String show,
        List<Double> x0,
        OrbitDiagram.Length length)
        implements Experiment {

    private static final long MOST_POINTS = 20_000_000;

    public Bifurcation {
        x0 = List.copyOf(x0);
        Checks.complete(optimizer, List.of(x));
        Checks.atMost(
                "points * kept",
                (long) x.points() * length.kept(),
                MOST_POINTS,
                "the limit sets would have so many points; take a coarser axis or keep fewer");
        orbits(optimizer, x, objective, variables, show, x0, length).refuseImpossible();
    }

    /// The objective, read.
    public FormulaObjective formula() {
        return FormulaObjective.read(objective);
    }

    /// The same as a computation.
    public adamscope.sweep.Bifurcation orbits() {
        return orbits(optimizer, x, objective, variables, show, x0, length);
    }

    private static adamscope.sweep.Bifurcation orbits(
            TunedRule optimizer,
            Axis x,
            String objective,
            Variables variables,
            String show,
            List<Double> x0,
            OrbitDiagram.Length length) {
        return new adamscope.sweep.Bifurcation(
                optimizer.rule(), FormulaObjective.read(objective), optimizer.values(), x, show, variables, x0, length);
    }
}
