package adamscope.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GradientNoiseTest {
    private static final int STEPS = 100_000;
    private static final double DEVIATION = 0.3;

    private static SingleRun of(String rule, String objective, Map<String, Double> hyper, Arithmetic arithmetic) {
        FormulaObjective formula = FormulaObjective.read(objective);
        return new SingleRun(
                new Iteration(
                        Catalogue.shipped(rule),
                        formula,
                        hyper,
                        formula.variables().stream().map(_ -> 1.0).toList(),
                        ClosedMap.Start.ZERO,
                        arithmetic),
                STEPS,
                1);
    }

    private static double[] settled(SingleRun run, String column) {
        double[] all = run.run().table().numbers(column);
        return Arrays.copyOfRange(all, 1000, all.length);
    }

    private static double variance(double[] x) {
        double mean = Arrays.stream(x).average().orElseThrow();
        return Arrays.stream(x)
                .map(each -> (each - mean) * (each - mean))
                .average()
                .orElseThrow();
    }

    /// x ← (1 − ηh)x − ηz has the variance ηS²/(h(2 − ηh)). The errors of the estimate: √(2/n·(1 + ρ²)/(1 − ρ²)) of it,
    /// ρ = 1 − ηh, under 1.5 % here; three of them are allowed.
    @ParameterizedTest
    @CsvSource({"0.1, 1", "0.5, 1", "1.5, 1", "0.5, 3"})
    void gradientDescentOnAParabolaFluctuatesByTheClosedForm(double lr, double curvature) {
        SingleRun run = of("gd", curvature + "*x^2/2", Map.of("lr", lr), Arithmetic.DOUBLE)
                .withNoise(new GradientNoise(DEVIATION, 7));
        double expected = lr * DEVIATION * DEVIATION / (curvature * (2 - lr * curvature));
        assertThat(variance(settled(run, "x"))).isCloseTo(expected, Percentage.withPercentage(4.5));
    }

    /// Polyak's heavy ball: aS²(1 + β)/((1 − β)h(2(1 + β) − ah)), the solution of the Lyapunov equation of its two
    /// states.
    @Test
    void momentumFluctuatesByTheClosedForm() {
        double lr = 0.4;
        double beta = 0.5;
        SingleRun run = of("heavy-ball", "x^2/2", Map.of("lr", lr, "beta1", beta), Arithmetic.DOUBLE)
                .withNoise(new GradientNoise(DEVIATION, 7));
        double expected = lr * DEVIATION * DEVIATION * (1 + beta) / ((1 - beta) * (2 * (1 + beta) - lr));
        assertThat(variance(settled(run, "x"))).isCloseTo(expected, Percentage.withPercentage(4.5));
    }

    @Test
    void coordinatesAndSeedsAreIndependentAndASeedIsRepeated() {
        SingleRun run = of("gd", "x^2/2 + y^2/2", Map.of("lr", 1.0), Arithmetic.DOUBLE);
        // At lr = 1 a position is the noise of the step before it and nothing else.
        double[] x = settled(run.withNoise(new GradientNoise(1, 7)), "x");
        double[] y = settled(run.withNoise(new GradientNoise(1, 7)), "y");
        double[] other = settled(run.withNoise(new GradientNoise(1, 8)), "x");
        assertThat(settled(run.withNoise(new GradientNoise(1, 7)), "x")).isEqualTo(x);
        // 4.4 deviations of the mean of n products of independent normal numbers.
        double allowed = 4.4 / Math.sqrt(x.length);
        assertThat(product(x, y)).isCloseTo(0, within(allowed));
        assertThat(product(x, other)).isCloseTo(0, within(allowed));
        assertThat(product(x, Arrays.copyOfRange(x, 1, x.length))).isCloseTo(0, within(allowed));
    }

    private static double product(double[] a, double[] b) {
        return IntStream.range(0, Math.min(a.length, b.length))
                .mapToDouble(i -> a[i] * b[i])
                .average()
                .orElseThrow();
    }

    @Test
    void bothArithmeticsHearTheSameNoise() {
        GradientNoise noise = new GradientNoise(0.1, -3);
        assertThat(settled(
                        of("gd", "x^2/2", Map.of("lr", 0.5), Arithmetic.SCALED).withNoise(noise), "x"))
                .isEqualTo(settled(
                        of("gd", "x^2/2", Map.of("lr", 0.5), Arithmetic.DOUBLE).withNoise(noise), "x"));
    }

    @Test
    void averagesThatHoldTheGradientAtTheStartHoldItWithoutNoise() {
        SingleRun run = new SingleRun(
                        new Iteration(
                                Catalogue.shipped("heavy-ball-ema"),
                                FormulaObjective.read("x^2/2"),
                                Map.of("lr", 0.5, "beta1", 1 - 0x1p-50),
                                List.of(1.0),
                                ClosedMap.Start.GRADIENT,
                                Arithmetic.DOUBLE),
                        1,
                        1)
                .withNoise(new GradientNoise(1, 0));
        // The first step is lr times the average, which a fresh gradient hardly moves.
        assertThat(run.run().x()[0]).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void whatIsNoDeviationIsRefused() {
        for (String wrong : List.of("-1e-300", "NaN", "Infinity")) {
            assertThatThrownBy(() -> new GradientNoise(Double.parseDouble(wrong), 0))
                    .hasMessage("noise = " + (wrong.equals("Infinity") ? "inf" : wrong) + " is outside [0, inf)");
        }
    }
}
