package adamscope.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.Iteration;
import adamscope.dynamics.SingleRun;
import adamscope.dynamics.Trajectory;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.RuleReader;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// A single run says what a cell of a phase diagram says: other code, the same definitions.
class RunAndSweepTest {
    private static final OptimizerRule POWERS = RuleReader.read("powers.opt", """
        optimizer powers
        hyper lr = 0.1 in (0, inf)
        hyper p = 3 in (-inf, inf)
        state v = 0
        v <- 0.9*v + 0.1*abs(g)^p
        x <- x - lr*g/(v^0.37 + 0.01)
        """);

    private static final List<String> RULES = List.of("adam", "gd", "rmsprop", "padam", "signgd", "adam-uncorrected");
    private static final List<String> OBJECTIVES = List.of(
            "x^2/2", "x^4/4", "tanh(x)^2", "(x^2)^0.685", "1 - cos(x)", "abs(x)", "exp(x) - x", "(x^2 - 1)^2/4");

    /// What differs, a line each.
    private static List<String> differences(Iteration at, Map<String, Axis> axes, int steps) {
        Axis x = axes.values().iterator().next();
        Axis y = List.copyOf(axes.values()).getLast();
        Table table = new LocalEngine(1).run(new PhaseSweep(at, x, y, steps), _ -> {}, () -> false);
        List<String> found = new ArrayList<>();
        for (int cell = 0; cell < x.points() * y.points(); cell++) {
            Map<String, Double> values = new TreeMap<>(at.values());
            values.put(x.name(), table.numbers(x.name())[cell]);
            values.put(y.name(), table.numbers(y.name())[cell]);
            Trajectory run = new SingleRun(
                            new Iteration(at.rule(), at.objective(), values, at.x0(), at.start(), at.arithmetic()),
                            steps,
                            steps)
                    .run();
            String outcome = table.words("outcome").get(cell);
            double least = table.numbers("minLog10Loss")[cell];
            double last = table.numbers("finalLog10Loss")[cell];
            boolean inRange = at.arithmetic() == Arithmetic.SCALED || Math.abs(run.minLog10Loss()) < 307;
            if (!inRange) {
                continue; // a sweep in double has no number for such a loss
            }
            if (!outcome.equals(run.outcome().word())
                    || !alike(least, run.minLog10Loss())
                    || !alike(last, run.log10Loss()) && run.steps() == steps) {
                found.add(at.rule().name() + " " + at.objective().text() + " " + at.x0() + " " + values + " "
                        + at.arithmetic() + " " + steps + " steps: sweep " + outcome + " " + least + " " + last
                        + ", run " + run.outcome() + " " + run.minLog10Loss() + " " + run.log10Loss() + " after "
                        + run.steps());
            }
        }
        return found;
    }

    /// log10 of a sweep is within 1e-13 or an ulp.
    private static boolean alike(double a, double b) {
        return a == b || Double.isNaN(a) && Double.isNaN(b) || Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(b));
    }

    @Test
    void outcomesAndLossesOfShortRunsAreTheSame() {
        SplittableRandom random = new SplittableRandom(7);
        List<String> found = new ArrayList<>();
        for (int i = 0; i < Integer.getInteger("sweep.cases", 120); i++) {
            boolean own = random.nextInt(4) == 0;
            OptimizerRule rule = own ? POWERS : Catalogue.shipped(RULES.get(random.nextInt(RULES.size())));
            FormulaObjective objective = FormulaObjective.read(OBJECTIVES.get(random.nextInt(OBJECTIVES.size())));
            double[] starts = {1, -2, 0.5, 1e-150, 1e150, 0, 1e-3};
            double lr = Math.pow(10, random.nextDouble(-4, 1));
            Map<String, Axis> axes = new TreeMap<>();
            axes.put("lr", new Axis("lr", lr, 2 * lr, 2, Axis.Spacing.LINEAR));
            if (own) {
                axes.put("p", new Axis("p", random.nextInt(1, 4), 4.5, 2, Axis.Spacing.LINEAR));
            } else if (rule.hyperNames().contains("beta2")) {
                axes.put("beta2", new Axis("beta2", 0.5, 0.99, 2, Axis.Spacing.LINEAR));
            } else {
                continue;
            }
            Map<String, Double> fixed = new TreeMap<>(rule.values(Map.of("lr", lr)));
            fixed.keySet().removeAll(axes.keySet());
            found.addAll(differences(
                    new Iteration(
                            rule,
                            objective,
                            fixed,
                            List.of(starts[random.nextInt(starts.length)]),
                            ClosedMap.Start.ZERO,
                            random.nextBoolean() ? Arithmetic.DOUBLE : Arithmetic.SCALED),
                    axes,
                    random.nextInt(1, 130)));
        }
        assertThat(found).isEmpty();
    }
}
