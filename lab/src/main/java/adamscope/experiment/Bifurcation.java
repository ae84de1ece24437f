package adamscope.experiment;

import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import adamscope.shape.Forms;
import adamscope.shape.Given;
import adamscope.shape.Key;
import adamscope.shape.Shape;
import adamscope.stability.OrbitDiagram;
import adamscope.stability.ReducedSystem;
import adamscope.stability.RuleMemory;
import adamscope.sweep.Axis;
import adamscope.sweep.OrbitSweep.Variables;
import java.util.List;
import java.util.Map;

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

    /// As text.
    public static final Shape<Bifurcation> SHAPE = Shape.of(keys -> {
        var optimizer =
                keys.add(FormulaKeys.optimizer(1), diagram -> new SweptRule(diagram.optimizer(), List.of(diagram.x())));
        var objective = keys.add(FormulaKeys.objective(), Bifurcation::objective);
        var variables = keys.add(
                Key.of("variables", Forms.constant(Variables.values()), "in which variables the rule is looked at")
                        .orElse(
                                in -> adamscope.sweep.OrbitSweep.standardVariables(
                                        FormulaObjective.read(in.get(objective))),
                                "reduced where the objective scales"),
                Bifurcation::variables);
        var show = keys.add(
                Key.of("show", Forms.text("NAME"), "the quantity whose limit set is drawn")
                        .orElse(
                                in -> in.get(variables) == Variables.REDUCED
                                        ? ReducedSystem.RELATIVE_STEP
                                        : FormulaObjective.read(in.get(objective))
                                                .variables()
                                                .getFirst(),
                                "the relative step, or the first variable"),
                Bifurcation::show);
        var x0 = keys.add(
                FormulaKeys.start()
                        .checked((start, in) -> {
                            if (in.get(variables) != Variables.REDUCED) {
                                Checks.start(in.get(objective), start);
                            }
                        })
                        .orElse(
                                in -> in.get(variables) == Variables.REDUCED
                                        ? List.of(0.1)
                                        : FormulaKeys.ones(in, objective),
                                "0.1 of reduced variables, 1 in every coordinate of others"),
                Bifurcation::x0);
        var discarded = keys.add(
                Key.of("transient", Forms.count(0), "steps that are left out")
                        .orElse(
                                in -> memories(in, optimizer, objective, 1000),
                                "ten memories 1/(1 - decay) of the rule, from 1000 to 100000"),
                diagram -> diagram.length().discarded());
        var steps = keys.add(
                Key.of("steps", Forms.count(1), "steps that are averaged over")
                        .orElse(
                                in -> memories(in, optimizer, objective, 4000),
                                "ten memories of the rule, from 4000 to 100000"),
                diagram -> diagram.length().steps());
        var keep = keys.add(
                Key.of("keep", Forms.count(1), "the last so many steps are drawn")
                        .checked((kept, in) ->
                                Checks.atMost("keep", kept, in.get(steps), "there are steps = " + in.get(steps)))
                        .orElse(in -> Math.min(in.get(steps), 200), "200, or steps"),
                diagram -> diagram.length().kept());
        return in -> new Bifurcation(
                in.get(optimizer).tuned(),
                in.at(optimizer, () -> in.get(optimizer).along(1)).getFirst(),
                in.get(objective),
                in.get(variables),
                in.get(show),
                in.get(x0),
                new OrbitDiagram.Length(in.get(discarded), in.get(steps), in.get(keep)));
    });

    private static final long MOST_POINTS = 20_000_000;
    private static final int MEMORIES = 10;
    private static final int MOST_STEPS = 100_000;

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

    private static int memories(Given in, Key<SweptRule> optimizer, Key<String> objective, int least) {
        TunedRule tuned = in.get(optimizer).tuned();
        Axis x = in.at(optimizer, () -> in.get(optimizer).along(1)).getFirst();
        RuleMemory memory = adamscope.sweep.OrbitSweep.memory(
                tuned.rule(), FormulaObjective.read(in.get(objective)), tuned.values(), x);
        return (int) Math.clamp(Math.rint(MEMORIES * memory.steps()), least, MOST_STEPS);
    }

    /// The objective, read.
    public FormulaObjective formula() {
        return FormulaObjective.read(objective);
    }

    /// The same as a computation.
    public adamscope.sweep.OrbitSweep orbits() {
        return orbits(optimizer, x, objective, variables, show, x0, length);
    }

    private static adamscope.sweep.OrbitSweep orbits(
            TunedRule optimizer,
            Axis x,
            String objective,
            Variables variables,
            String show,
            List<Double> x0,
            OrbitDiagram.Length length) {
        return new adamscope.sweep.OrbitSweep(
                optimizer.rule(), FormulaObjective.read(objective), optimizer.values(), x, show, variables, x0, length);
    }

    @Override
    public List<OptimizerRule> rules() {
        return List.of(optimizer.rule());
    }

    /// What is said of its command.
    static final class Command {
        static final KindUsage USAGE = new KindUsage(
                "bifurcation",
                "bifurcation",
                1,
                List.of(
                        "Draw the points that an optimizer's orbits visit in the long run over one hyper-parameter,"
                                + " and below them the largest Lyapunov exponent on the same axis.",
                        "On c*|x|^k with k > 2 and eps = 0 the orbits are those of the scale-free system derived"
                                + " from the rule: its fixed point is linear convergence, whatever the size of x."
                                + " There --x0 is the w that orbits begin with. For gd-exponential, w <-"
                                + " factor*w*(1-w)^(k-2) with factor = gamma.",
                        KindUsage.FOLDER),
                "  adamscope bifurcation --optimizer gd-exponential --objective \"x^4/4\" \\%n"
                        + "      --x factor=1:9.3:2000 --out runs/bifurcation",
                Map.of());

        private Command() {}
    }
}
