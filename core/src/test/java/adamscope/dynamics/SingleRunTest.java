package adamscope.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.RuleReader;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SingleRunTest {

    private static Trajectory quartic(
            double beta1, double beta2, ClosedMap.Start start, Arithmetic arithmetic, long steps) {
        return simulate(
                "adam-uncorrected",
                "x^4/4",
                Map.of("lr", 1e-3, "beta1", beta1, "beta2", beta2, "eps", 0.0),
                start,
                arithmetic,
                steps);
    }

    private static Trajectory simulate(
            String rule,
            String objective,
            Map<String, Double> hyper,
            ClosedMap.Start start,
            Arithmetic arithmetic,
            long steps) {
        return new SingleRun(
                        new Iteration(
                                Catalogue.shipped(rule),
                                FormulaObjective.read(objective),
                                hyper,
                                List.of(1.0),
                                start,
                                arithmetic),
                        steps,
                        1)
                .run();
    }

    static List<JsonNode> quarticReferences() throws IOException {
        try (InputStream in = SingleRunTest.class.getResourceAsStream("mpmath-60/quartic.json")) {
            List<JsonNode> cases = new java.util.ArrayList<>();
            JsonMapper.builder().build().readTree(in).get("cases").forEach(cases::add);
            return cases;
        }
    }

    /// The orbit is compared where its sensitivity d log₁₀|x|/d ln x₀ says that rounding (about √t ulps of ln x) has
    /// not been amplified beyond the tolerance; after a spike the orbit is chaotic and no digit can agree.
    @ParameterizedTest
    @MethodSource("quarticReferences")
    void scaledRunsFollowSixtyDigitsFarBelowTheEndOfDouble(JsonNode c) {
        Map<String, Double> hyper = new LinkedHashMap<>();
        c.get("hyper")
                .properties()
                .forEach(e -> hyper.put(e.getKey(), e.getValue().doubleValue()));
        JsonNode at = c.get("step");
        Trajectory run = simulate(
                "adam-uncorrected",
                "x^4/4",
                hyper,
                c.get("start").asText().equals("gradient") ? ClosedMap.Start.GRADIENT : ClosedMap.Start.ZERO,
                Arithmetic.SCALED,
                at.get(at.size() - 1).longValue());
        double[] found = run.table().numbers("log10Abs[x]");
        int compared = 0;
        for (int i = 0; i < at.size(); i++) {
            double sensitivity =
                    Math.max(1, Math.abs(c.get("sensitivity").get(i).doubleValue()));
            if (sensitivity < 1e4) {
                double expected = Double.parseDouble(c.get("log10AbsX").get(i).asText());
                int t = at.get(i).intValue();
                // Each step rounds x to 1e-16; t steps amplified by the sensitivity, and log10 itself to 16 digits.
                double tolerance = 1e-16 * t * sensitivity + 1e-15 * Math.abs(expected) + 1e-14;
                assertThat(found[t]).as("step %d", t).isCloseTo(expected, within(tolerance));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(2);
    }

    @Test
    void adamNeedsThePublishedNumberOfStepsToReachTenToMinusTwenty() {
        // Two independent programs: steps for k = 4, gradient start, identical to an independent reproduction.
        double[] x = quartic(0.9, 0.93, ClosedMap.Start.GRADIENT, Arithmetic.DOUBLE, 3400)
                .table()
                .numbers("log10Abs[x]");
        int first = 0;
        while (x[first] > -20) {
            first++;
        }
        assertThat(first).isEqualTo(3384);
    }

    @Test
    void theThreeRegimesHaveTheirOutcomes() {
        assertThat(quartic(0.9, 0.91, ClosedMap.Start.GRADIENT, Arithmetic.SCALED, 20_000)
                        .outcome())
                .isInstanceOf(Outcome.Converged.class);
        assertThat(quartic(0.9, 0.895, ClosedMap.Start.GRADIENT, Arithmetic.SCALED, 20_000)
                        .outcome())
                .isInstanceOf(Outcome.Spiking.class);
        assertThat(quartic(0.9, 0.8, ClosedMap.Start.GRADIENT, Arithmetic.SCALED, 20_000)
                        .outcome())
                .isNotInstanceOf(Outcome.Converged.class);
    }

    @Test
    void aRunThatLeavesTheRangeOfDoubleSaysSoAndWhere() {
        // Measured independently (NumPy): the v that holds g(x_10547), counted from 0, is the first subnormal one; it
        // is made by update 10548.
        Trajectory run = quartic(0.9, 0.93, ClosedMap.Start.GRADIENT, Arithmetic.DOUBLE, 20_000);
        assertThat(run.outcome()).isEqualTo(new Outcome.LeftRange(10548, "v"));
    }

    /// Where g² underflows, v and g do not: the ratio stays what it is.
    @Test
    void theCouplingRatioDoesNotUnderflowWithG2() {
        Trajectory run = quartic(0.19914, 0.19667, ClosedMap.Start.ZERO, Arithmetic.DOUBLE, 10_000);
        double[] inDouble = run.table().numbers("log10Coupling");
        double[] scaled = quartic(0.19914, 0.19667, ClosedMap.Start.ZERO, Arithmetic.SCALED, 10_000)
                .table()
                .numbers("log10Coupling");
        assertThat(run.outcome()).isInstanceOf(Outcome.Spiking.class);
        assertThat(java.util.Arrays.stream(scaled).max().orElseThrow()).isGreaterThan(100);
        assertThat(inDouble).containsExactly(scaled, within(1e-9));
    }

    @Test
    void doubleAndScaledArithmeticGiveTheSameBitsWhileDoubleHolds() {
        double[] inDouble = quartic(0.9, 0.895, ClosedMap.Start.ZERO, Arithmetic.DOUBLE, 3000)
                .table()
                .numbers("x");
        double[] scaled = quartic(0.9, 0.895, ClosedMap.Start.ZERO, Arithmetic.SCALED, 3000)
                .table()
                .numbers("x");
        assertThat(scaled).isEqualTo(inDouble);
    }

    @Test
    void gradientDescentBeyondTheThresholdDiverges() {
        assertThat(simulate("gd", "x^2/2", Map.of("lr", 2.1), ClosedMap.Start.ZERO, Arithmetic.DOUBLE, 1000)
                        .outcome())
                .isInstanceOf(Outcome.Diverged.class);
        assertThat(simulate("gd", "x^2/2", Map.of("lr", 1.9), ClosedMap.Start.ZERO, Arithmetic.DOUBLE, 200)
                        .outcome())
                .isInstanceOf(Outcome.Converged.class);
    }

    @Test
    void rmspropOnTheQuadraticSettlesInTheTwoCycleAtHalfTheLearningRate() {
        // P2, section 3: x = ±lr/2.
        Trajectory run = simulate(
                "rmsprop",
                "x^2/2",
                Map.of("lr", 0.01, "beta2", 0.9, "eps", 0.0),
                ClosedMap.Start.ZERO,
                Arithmetic.DOUBLE,
                5000);
        assertThat(run.outcome()).isInstanceOf(Outcome.Cycling.class);
        assertThat(Math.abs(run.x()[0])).isCloseTo(0.005, within(1e-12));
    }

    @Test
    void aCycleReachedAtSmallAmplitudeIsNoConvergence() {
        // LaProp: from step 5,100 on the loss repeats every fifteen steps, below 10^-13.9.
        OptimizerRule laprop = RuleReader.read("laprop", """
            optimizer laprop
            hyper lr = 1e-3 in (0, inf)
            hyper beta1 = 0.7295652173913043 in [0, 1)
            hyper beta2 = 0.47478260869565214 in [0, 1)
            state m = 0, v = 0
            v <- beta2*v + (1 - beta2)*g^2
            precondition P = sqrt(v/(1 - beta2^t))
            m <- beta1*m + (1 - beta1)*g/P
            x <- x - lr*m/(1 - beta1^t)
            """);
        Trajectory run = new SingleRun(
                        new Iteration(
                                laprop,
                                FormulaObjective.read("abs(x)^3.5/3.5"),
                                Map.of(),
                                List.of(1.0),
                                ClosedMap.Start.ZERO,
                                Arithmetic.SCALED),
                        12_000,
                        1)
                .run();
        double[] loss = run.table().numbers("log10Loss");
        for (int t = 11_000; t < 11_015; t++) {
            assertThat(loss[t + 15]).isCloseTo(loss[t], within(1e-6));
        }
        assertThat(run.outcome()).isInstanceOf(Outcome.Cycling.class);
    }

    @Test
    void aStateOnAScheduleOfItsOwnMayDieOut() {
        // Nesterov momentum with a schedule: the product of its momenta is below 10^-308 after 7,000 steps at most.
        OptimizerRule scheduled = RuleReader.read("scheduled", """
            optimizer scheduled
            hyper lr = 1e-3 in (0, inf)
            hyper beta1 = 0.9 in [0, 1)
            state m = 0, product = 1
            mu = beta1*(1 - 0.5*0.96^(t*0.004))
            product <- product*mu
            m <- beta1*m + (1 - beta1)*g
            x <- x - lr*(1 - mu)/(1 - product)*g - lr*mu/(1 - product)*m
            """);
        Trajectory run = new SingleRun(
                        new Iteration(
                                scheduled,
                                FormulaObjective.read("x^2/2"),
                                Map.of(),
                                List.of(1.0),
                                ClosedMap.Start.ZERO,
                                Arithmetic.DOUBLE),
                        8000,
                        8000)
                .run();
        assertThat(run.table().numbers("log10Abs[product]")[1]).isLessThan(-308);
        assertThat(run.outcome()).isInstanceOf(Outcome.Converged.class);
    }

    /// Starts at maxima and saddles, where gradient descent stays to the last bit; each has a minimum elsewhere or
    /// falls without end. From beside them the same rule converges.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cos(x) | 0",
                "1e-9*cos(x) | 0",
                "1e9*x^4/4 - 1e9*x^2/2 + 7 | 0",
                "x^4 - x^2 | 0",
                "(x^2 + y^2 - 1)^2 - 1 | 0 0",
                "x^2/2 - y^2/2 | 1 0",
                "x^3 - 3*x | -1"
            })
    void aRunThatRestsWhereTheLossFallsAwayHasNotConverged(String objective, String x0) {
        List<Double> start = Stream.of(x0.split(" ")).map(Double::valueOf).toList();
        assertThat(descent(objective, start).outcome())
                .isInstanceOfSatisfying(
                        Outcome.Undecided.class,
                        outcome -> assertThat(outcome.sentence()).contains("a point that is no minimum"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cos(x) | 0.5",
                "x^4 - x^2 | 0.3",
                "x^3 - 3*x | 0.5",
                "x^4 + x^3 - x^2 | 0.1",
                "x^4/4 - x^2/2 + x/10 | 0.9"
            })
    void aRunThatRestsInAMinimumThatIsNotTheLeastHasConverged(String objective, double x0) {
        assertThat(descent(objective, List.of(x0)).outcome()).isInstanceOf(Outcome.Converged.class);
    }

    /// Points where slope and curvature vanish and the loss falls on behind them: gradient descent comes ever nearer,
    /// as 1/n, and never passes.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x^3 | 1",
                "x^3 + 1e-9*x | 1",
                "-x^3 | -1",
                "1e-12*x^3 | 1e10",
                "x^3 + 5 | 1",
                "x^4/4 + x^3/3 | 1",
                "x^3 + y^2 | 1 1",
                "x^3/3 + (y - 1)^4 | 1 0.5"
            })
    void aRunThatCreepsTowardsAPointPastWhichTheLossFallsHasNotConverged(String objective, String x0) {
        List<Double> start = Stream.of(x0.split(" ")).map(Double::valueOf).toList();
        assertThat(descent(objective, start).outcome()).isInstanceOf(Outcome.Undecided.class);
    }

    /// Minima at which the curvature vanishes too, or is another on either side, beside a lower one or a loss without
    /// a least value: they are minima nevertheless.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x^4*(1 + x/10) | 1",
                "x^4 + x^5/2 | 1",
                "max(x, 0)^2/2 + min(x, 0)^4/4 + 100*min(x + 3, 0) | 1",
                "x^2/2 + y^2/5 + x^3/1000 | 1 1",
                "(1 - x)^2 + (y - x^2)^2/2 - 1e-9*x^6 | 0.9 0.8"
            })
    void aRunThatEndsInADegenerateMinimumHasConverged(String objective, String x0) {
        List<Double> start = Stream.of(x0.split(" ")).map(Double::valueOf).toList();
        assertThat(descent(objective, start).outcome()).isInstanceOf(Outcome.Converged.class);
    }

    /// With β₁ = 0.8, β₂ = 0.75 on x⁴/4 the loss falls by eleven decades at once and then stays between 1e-15 and 1e-14
    /// to the end of 1,500 steps; after 6,000 it has spiked.
    @Test
    void aRunThatFellAtOnceAndThenKeepsALevelHasNotConverged() {
        Trajectory run = simulate(
                "adam",
                "x^4/4",
                Map.of("lr", 0.001, "beta1", 0.8, "beta2", 0.75, "eps", 0.0),
                ClosedMap.Start.ZERO,
                Arithmetic.DOUBLE,
                1500);
        assertThat(run.outcome()).isNotInstanceOf(Outcome.Converged.class);
    }

    /// x³ has no least value: past 0 the loss falls on, and its magnitude rises. At no step does the loss rise.
    @Test
    void aLossThatFallsThroughZeroDoesNotSpike() {
        Trajectory run = simulate(
                "adam",
                "x^3",
                Map.of("lr", 0.001, "beta1", 0.9, "beta2", 0.5),
                ClosedMap.Start.ZERO,
                Arithmetic.SCALED,
                3000);
        double[] losses = run.table().numbers("loss");
        for (int row = 1; row < losses.length; row++) {
            assertThat(losses[row]).isLessThanOrEqualTo(losses[row - 1]);
        }
        assertThat(run.outcome()).isInstanceOf(Outcome.Undecided.class);
    }

    private static Trajectory descent(String objective, List<Double> x0) {
        return new SingleRun(
                        new Iteration(
                                Catalogue.shipped("gd"),
                                FormulaObjective.read(objective),
                                Map.of("lr", 0.1),
                                x0,
                                ClosedMap.Start.ZERO,
                                Arithmetic.DOUBLE),
                        2000,
                        100)
                .run();
    }
}
