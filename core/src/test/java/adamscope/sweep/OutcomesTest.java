package adamscope.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.Iteration;
import adamscope.dynamics.Outcome;
import adamscope.dynamics.SingleRun;
import adamscope.dynamics.Trajectory;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.RuleReader;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// One run has one outcome, by itself and as a cell of a sweep, whatever its minimum is.
class OutcomesTest {
    private static Map<String, Double> settings(String settings) {
        Map<String, Double> values = new TreeMap<>();
        for (String setting : settings.split(" ")) {
            values.put(setting.split("=")[0], Double.valueOf(setting.split("=")[1]));
        }
        return values;
    }

    private static List<Double> start(String text) {
        return Arrays.stream(text.split(" ")).map(Double::valueOf).toList();
    }

    private static Trajectory alone(
            OptimizerRule rule,
            FormulaObjective objective,
            Map<String, Double> values,
            List<Double> x0,
            Arithmetic arithmetic,
            int steps) {
        return new SingleRun(new Iteration(rule, objective, values, x0, ClosedMap.Start.ZERO, arithmetic), steps, steps)
                .run();
    }

    private static String swept(
            OptimizerRule rule,
            FormulaObjective objective,
            Map<String, Double> values,
            List<Double> x0,
            Arithmetic arithmetic,
            int steps) {
        SweptRun run = new SweptRun(
                new Iteration(rule, objective, rule.values(values), x0, ClosedMap.Start.ZERO, arithmetic),
                steps,
                Ending.KNOWN);
        Space space = new Space(List.of(new Listed("lr", List.of(values.get("lr"), 1e-9))), 0);
        return new FormulaSweep(run, space, Map.of(), List.of("outcome"))
                .prepared()
                .rows(new long[] {0}, () -> false)
                .words("outcome")
                .getFirst();
    }

    /// Gradient descent contracts by 1 − lr·h near a minimum of curvature h; where it leads is where the gradient
    /// vanishes, the roots of x³ − x = 0 and x³ − x + 1/10 = 0 among them, by mpmath.
    @ParameterizedTest
    @CsvSource({
        "gd, x^2/2 + 1, 0.5, lr=0.1, 2000, converged, 1",
        "gd, (x^2 + 2)/2, 0.5, lr=0.1, 2000, converged, 1",
        "gd, x^4/4 - x^2/2, 0.5, lr=0.1, 2000, converged, -0.25",
        "gd, x^4/4 - x^2/2, -0.5, lr=0.1, 2000, converged, -0.25",
        "gd, x^4/4 - x^2/2 + x/10, 0.9, lr=0.1, 2000, converged, -0.152639441773784562",
        "gd, x^4/4 - x^2/2, 0, lr=0.1, 2000, undecided,",
        "gd, x^4/4 - x^2/2, 1e-30, lr=0.01, 2000, undecided,",
        "gd, (x - 1)^2/2, 0.5, lr=1e-3, 50000, converged, 0",
        "heavy-ball, (x - 1)^2/2, 0.5, lr=0.1 beta1=0.9, 20000, converged, 0",
        "gd, (x - 1)^2/2, 0.5, lr=2, 2000, cycling,",
        "gd, x^2/2 + 1, 0.5, lr=2, 2000, cycling,",
        "gd, x^2/2 + 1, 0.5, lr=2.1, 200, diverged,",
        "gd, x^2/2 - 1, 0.5, lr=1, 2000, converged, -1",
        "gd, x^2/2, 0.5, lr=1, 2000, converged, 0",
        "gd, x, 2, lr=0.01, 3000, undecided,",
        "adam, 3*x - 1, 2, lr=0.01, 3000, undecided,",
        "gd, x^2/2, 0.5, lr=1e-18, 2000, undecided,",
        "gd, x^2/2, 0.5, lr=1e-8, 2000, undecided,",
        "gd, x^2/2, 0.5, lr=3e-6, 2000, undecided,",
        "adam, x^4/4, 1, lr=1e-8, 100, undecided,",
        "adam, x^4/4, 1, lr=1e-6, 2000, undecided,",
        "heavy-ball, (x - 1)^2/2, 0.5, lr=1e-7 beta1=0.9, 2000, undecided,",
        "gd, abs(x - 1), 0.5, lr=0.01, 2000, cycling,",
        "gd, -x^2/2, 0.5, lr=0.1, 2000, diverged,",
        "gd, tanh(x)^2, 10, lr=0.1, 1000, undecided,",
        "gd, tanh(x)^2, 3, lr=0.001, 1000, undecided,",
        "gd, tanh(x)^2, 3, lr=0.1, 1000, converged, 0",
        "signgd, (x - 1)^2/2, 0.99999995, lr=1e-7, 2000, cycling,",
        "gd, exp(-x) - 3, 0.5, lr=1, 2000, undecided,",
        "gd, log(1 + exp(-x)) + 0.01*x^2, 1, lr=1, 5000, converged, 0.137420938948387685",
        "adam, log(1 + exp(-x)) + 0.01*x^2, 1, lr=0.01, 2000, converged, 0.137420938948387685",
        "adam, log(1 + exp(-x)) + 0.01*x^2, 1, lr=0.01, 20000, spiking,",
        "gd, (1 - x)^2 + 100*(y - x^2)^2, -1.2 1, lr=0.001, 60000, converged, 0"
    })
    void anOutcomeIsJudgedByLossGradientAndMovementTogether(
            String name, String formula, String x0, String values, int steps, String word, Double limit) {
        OptimizerRule rule = Catalogue.shipped(name);
        FormulaObjective objective = FormulaObjective.read(formula);
        for (Arithmetic arithmetic : Arithmetic.values()) {
            Trajectory run = alone(rule, objective, settings(values), start(x0), arithmetic, steps);
            assertThat(run.outcome().word())
                    .as(arithmetic + ": " + run.outcome().sentence())
                    .isEqualTo(word);
            if (run.outcome() instanceof Outcome.Converged converged) {
                assertThat(converged.limit()).isCloseTo(limit, within(1e-15));
            }
            assertThat(swept(rule, objective, settings(values), start(x0), arithmetic, steps))
                    .as(arithmetic + " swept")
                    .isEqualTo(word);
        }
    }

    /// Without the part of the gradient below 1, descent nears |x − c| = 1 by a factor 1 − lr a step and stays: no
    /// cycle.
    @ParameterizedTest
    @CsvSource({
        "x^2/2, 3, 0.01, 1000, undecided",
        "x^2/2 + 1, 3, 0.01, 1000, undecided",
        "(x - 5)^2/2, 8, 0.01, 1000, undecided",
        "x^2/2, -3, 0.1, 10000, undecided",
        "x^2/2, 3, 3, 1000, cycling"
    })
    void aRunThatComesToRestAboveTheMinimumIsNoCycle(String formula, double x0, double lr, int steps, String word) {
        OptimizerRule rule = RuleReader.read("part.opt", """
            optimizer part
            hyper lr = 0.1 in (0, inf)
            x <- x - lr*max(0, abs(g) - 1)*sign(g)
            """);
        FormulaObjective objective = FormulaObjective.read(formula);
        for (Arithmetic arithmetic : Arithmetic.values()) {
            Outcome outcome = alone(rule, objective, Map.of("lr", lr), List.of(x0), arithmetic, steps)
                    .outcome();
            assertThat(outcome.word()).as(outcome.sentence()).isEqualTo(word);
            assertThat(swept(rule, objective, Map.of("lr", lr), List.of(x0), arithmetic, steps))
                    .isEqualTo(word);
        }
    }

    @ParameterizedTest
    @EnumSource(Arithmetic.class)
    void aConstantBesideAQuadraticChangesNoOutcomeAndNoLossOverTheMinimum(Arithmetic arithmetic) {
        Axis lr = new Axis("lr", 0.05, 2.2, 12, Axis.Spacing.LINEAR);
        Axis beta1 = new Axis("beta1", 0, 0.95, 12, Axis.Spacing.LINEAR);
        var tables = List.of("x^2/2", "x^2/2 + 1", "x^2/2 - 3").stream()
                .map(formula -> new PhaseSweep(
                                new Iteration(
                                        Catalogue.shipped("heavy-ball"),
                                        FormulaObjective.read(formula),
                                        Map.of(),
                                        List.of(0.5),
                                        ClosedMap.Start.ZERO,
                                        arithmetic),
                                lr,
                                beta1,
                                1000)
                        .toSweep()
                        .prepared()
                        .rows(java.util.stream.LongStream.range(0, 144).toArray(), () -> false))
                .toList();
        assertThat(tables.get(0).words("outcome")).contains("converged", "diverged");
        for (int i = 1; i < 3; i++) {
            assertThat(tables.get(i).words("outcome")).isEqualTo(tables.get(0).words("outcome"));
            assertThat(tables.get(i).numbers("finalLog10Loss"))
                    .isEqualTo(tables.get(0).numbers("finalLog10Loss"));
        }
    }

    @ParameterizedTest
    @EnumSource(Arithmetic.class)
    void everyStartInTwoWellsConvergesAlsoInABasin(Arithmetic arithmetic) {
        BasinSweep basin = new BasinSweep(
                new Iteration(
                        Catalogue.shipped("gd"),
                        FormulaObjective.read("x^4/4 - x^2/2 + (y - 1)^2/2"),
                        Map.of("lr", 0.1),
                        List.of(1.0, 1.0),
                        ClosedMap.Start.ZERO,
                        arithmetic),
                new Axis("x", -1.9, 1.9, 6, Axis.Spacing.LINEAR),
                new Axis("y", -2, 2, 6, Axis.Spacing.LINEAR),
                2000);
        assertThat(new LocalEngine(1).run(basin, _ -> {}, () -> false).words("outcome"))
                .containsOnly("converged");
    }

    @Test
    void theMinimumFollowsAParameterFromPointToPoint() {
        // a·x⁴/4 − x²/2 is least at x² = 1/a, and its curvature there is 2 for every a.
        FormulaObjective objective = FormulaObjective.read("a*x^4/4 - x^2/2 + b", List.of("a", "b"));
        SweptRun run = new SweptRun(
                new Iteration(
                        Catalogue.shipped("gd"),
                        objective,
                        Map.of("lr", 0.1, "a", 1.0, "b", 1.0),
                        List.of(0.5),
                        ClosedMap.Start.ZERO,
                        Arithmetic.DOUBLE),
                2000,
                Ending.KNOWN);
        Space space =
                new Space(List.of(new Listed("a", List.of(0.3, 1.0, 7.0)), new Listed("b", List.of(-5.0, 2.0))), 0);
        var rows = new FormulaSweep(run, space, Map.of(), List.of("outcome", "finalLog10Loss"))
                .prepared()
                .rows(new long[] {0, 1, 2, 3, 4, 5}, () -> false);
        assertThat(rows.words("outcome")).containsOnly("converged");
        assertThat(Arrays.stream(rows.numbers("finalLog10Loss")).max().orElseThrow())
                .isLessThan(-14);
    }

    @Test
    void aNamedMinimumIsWhereLossesAreMeasuredFrom() {
        FormulaObjective named = FormulaObjective.read("x^4/4 - x^2/2").withMinimum(OptionalDouble.of(-0.25));
        Trajectory run = alone(Catalogue.shipped("gd"), named, Map.of("lr", 0.1), List.of(0.5), Arithmetic.DOUBLE, 20);
        // Loss over −1/4 is (x² − 1)²/4.
        double x = run.x()[0];
        assertThat(run.log10Loss()).isCloseTo(Math.log10((x * x - 1) * (x * x - 1) / 4), within(1e-9));
        // A wrong name moves the level, not the outcome.
        FormulaObjective wrong = FormulaObjective.read("x^4/4 - x^2/2").withMinimum(OptionalDouble.of(-0.5));
        Outcome outcome = alone(
                        Catalogue.shipped("gd"), wrong, Map.of("lr", 0.1), List.of(0.5), Arithmetic.DOUBLE, 2000)
                .outcome();
        assertThat(((Outcome.Converged) outcome).limit()).isCloseTo(-0.25, within(1e-15));
    }
}
