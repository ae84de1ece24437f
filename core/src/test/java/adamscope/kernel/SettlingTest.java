package adamscope.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettlingTest {
    /// Else whether whole vectors are compared would rest on the tests before.
    @BeforeAll
    static void takeVectorsIntoUse() {
        VectorUnit.doubles();
    }

    private static final int LANES = 203;

    @ParameterizedTest
    @CsvSource({
        "adam-uncorrected, DOUBLE, 6000",
        "adam-uncorrected, SCALED, 6000",
        "adam, DOUBLE, 3000",
        "signum, SCALED, 3000",
        "signum, DOUBLE, 3000",
        // windows of 25 steps, and coupling samples every 75
        "adam-uncorrected, DOUBLE, 1000",
    })
    void aCycleThatIsCutShortGivesTheBitsOfTheWholeRun(String rule, Arithmetic arithmetic, int steps) {
        TileRun run = run(rule, arithmetic, steps, Math.clamp(steps / 40, 1, 50));
        Map<String, double[]> inputs = inputs(rule, run);
        TileResult cut = run.run(inputs, () -> false);
        TileResult whole = run.fullLength().run(inputs, () -> false);
        assertThat(Arrays.stream(cut.ranSteps()).filter(ran -> ran < steps).count())
                .as("lanes cut short")
                .isPositive();
        for (int lane = 0; lane < LANES; lane++) {
            // Out of range there is nothing to compute any more.
            int left = whole.leftDoubleAt()[lane];
            assertThat(whole.ranSteps()[lane]).as("lane %d", lane).isEqualTo(left < 0 ? steps : left);
            assertThat(row(cut, lane)).as("lane %d", lane).isEqualTo(row(whole, lane));
        }
        assertThat(cut.leftDoubleAt()).isEqualTo(whole.leftDoubleAt());
        assertThat(cut.notFiniteAt()).isEqualTo(whole.notFiniteAt());
    }

    @Test
    void aLaneThatFallsAsExpectedIsNotRunToItsEndAndEndsWhereItWouldHave() {
        TileRun run = run("adam-uncorrected", Arithmetic.SCALED, 10_000, 50);
        Map<String, double[]> inputs = Map.of(
                "beta1",
                new double[] {0.2, 0.2},
                "beta2",
                new double[] {0.5, 0.5},
                "lr",
                new double[] {1e-2, 1e-2},
                "x",
                new double[] {1, 1});
        // On x⁴/4 the loss falls by 4·ln β₂/(2·2) a step, and v/g² grows by β₂ over the factor of x⁶.
        double slope = Math.log10(0.5);
        Expected expected =
                new Expected(new double[] {slope, Double.NaN}, new double[] {-slope * 6 / 4 + Math.log10(0.5), 0});
        TileResult result = run.run(inputs, expected, () -> false);
        assertThat(result.ranSteps()[0]).isLessThan(5000);
        assertThat(result.ranSteps()[1]).isEqualTo(10_000);
        // Straight to 1e-6 of the fall of 3000 decades.
        double tolerance = 3e-3;
        assertThat(result.finalLoss()[0]).isCloseTo(result.finalLoss()[1], within(tolerance));
        assertThat(result.minLoss()[0]).isCloseTo(result.minLoss()[1], within(tolerance));
        assertThat(result.maxCoupling()[0]).isCloseTo(result.maxCoupling()[1], within(tolerance));
        assertThat(result.medianCoupling()[0]).isCloseTo(result.medianCoupling()[1], within(tolerance));
        for (int w = 0; w < result.windows(); w++) {
            assertThat(result.windowMax().of(0)[w]).isCloseTo(result.windowMax().of(1)[w], within(tolerance));
        }
    }

    @Test
    void aLaneThatFallsOtherwiseThanExpectedIsRunToItsEnd() {
        TileRun run = run("adam-uncorrected", Arithmetic.SCALED, 4000, 50);
        Map<String, double[]> inputs = Map.of(
                "beta1", new double[] {0.2}, "beta2", new double[] {0.5}, "lr", new double[] {1e-2}, "x", new double[] {
                    1
                });
        // One in 10⁵ too steep.
        Expected wrong = new Expected(new double[] {Math.log10(0.5) * (1 + 1e-5)}, new double[] {0});
        assertThat(run.run(inputs, wrong, () -> false).ranSteps()).containsExactly(4000);
    }

    @Test
    void theOrderOfMagnitudesIsThatOfTheirLogarithms() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 10_000; i++) {
            double a = (random.nextBoolean() ? 1 : -1) * Math.pow(10, random.nextDouble(-300, 300));
            long e = random.nextLong(-5000, 5000);
            double log10 = Math.log10(Math.abs(a)) + e * Math.log10(2);
            // 2⁻⁵² of the bits of a, below 2048, rounds to 2e-13, and 5000·log10(2) to 2e-13
            assertThat(Order.log10(Order.of(a, e))).isCloseTo(log10, within(1e-11));
            assertThat(Order.log10(Order.ofLog10(log10))).isCloseTo(log10, within(1e-11));
        }
        assertThat(Order.of(0, 7)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Order.of(Double.NaN, 7)).isNaN();
        assertThat(Order.of(-Double.MIN_VALUE, 0)).isGreaterThan(Order.of(0, 0)).isLessThan(Order.of(1e-320, 0));
    }

    @Test
    void extremesAreThoseOfOneNumberAfterTheOther() {
        SplittableRandom random = new SplittableRandom(6);
        double[] special = {0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, 1, Math.nextUp(1.0), -1, Double.MIN_VALUE};
        int lanes = 37;
        Extreme least = new Extreme(lanes, false);
        Extreme greatest = new Extreme(lanes, true);
        WideNumber[] low = new WideNumber[lanes];
        WideNumber[] high = new WideNumber[lanes];
        Arrays.fill(low, new WideNumber(Double.POSITIVE_INFINITY, 0));
        Arrays.fill(high, WideNumber.ZERO);
        for (int block = 0; block < 50; block++) {
            Magnitudes numbers = Magnitudes.of(lanes);
            for (int lane = 0; lane < lanes; lane++) {
                boolean plain = random.nextInt(4) > 0;
                numbers.mantissa()[lane] = plain ? random.nextDouble(1, 1 + 1e-12) : special[random.nextInt(8)];
                numbers.exponent()[lane] = plain ? random.nextInt(-2, 3) : 0;
                WideNumber shown = numbers.at(lane);
                low[lane] = Magnitudes.isLess(shown, low[lane]) ? shown : low[lane];
                high[lane] = Magnitudes.isLess(high[lane], shown) ? shown : high[lane];
            }
            least.take(numbers);
            greatest.take(numbers);
            for (int lane = 0; lane < lanes; lane++) {
                assertThat(magnitude(least, lane)).isEqualTo(Math.abs(low[lane].toDouble()));
                assertThat(magnitude(greatest, lane)).isEqualTo(Math.abs(high[lane].toDouble()));
            }
        }
    }

    private static double magnitude(Extreme extreme, int lane) {
        return Math.abs(extreme.numbers().at(lane).toDouble());
    }

    private static TileRun run(String rule, Arithmetic arithmetic, int steps, int window) {
        return TileRun.of(KernelCases.recurrence(rule, "x^4/4"), Map.of("eps", 0.0), arithmetic, steps, window);
    }

    private static Map<String, double[]> inputs(String rule, TileRun run) {
        StepProgram program = KernelCases.program(KernelCases.recurrence(rule, "x^4/4"), Map.of("eps", 0.0));
        Map<String, double[]> inputs = new HashMap<>(KernelCases.lanes(rule, program, LANES, 4));
        inputs.keySet().retainAll(run.inputs());
        return inputs;
    }

    private static List<Object> row(TileResult tile, int lane) {
        return List.of(
                tile.finalLoss()[lane],
                tile.minLoss()[lane],
                tile.maxCoupling()[lane],
                tile.medianCoupling()[lane],
                Arrays.stream(tile.windowMax().of(lane)).boxed().toList(),
                Arrays.stream(tile.finalMagnitude()).map(c -> c[lane]).toList(),
                Arrays.stream(tile.finalSign()).map(c -> c[lane]).toList());
    }
}
