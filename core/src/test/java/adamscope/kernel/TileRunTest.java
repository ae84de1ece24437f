package adamscope.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.dynamics.ClosedMap;
import adamscope.formula.Expression;
import adamscope.formula.FormulaReader;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TileRunTest {
    /// Else whether whole vectors are compared would rest on the tests before.
    @BeforeAll
    static void takeVectorsIntoUse() {
        VectorUnit.doubles();
    }

    /// Gradient descent on x²/2 with lr = ½ halves x exactly.
    private static TileResult halving(Arithmetic arithmetic, int steps) {
        return TileRun.of(KernelCases.recurrence("gd", "x^2/2"), Map.of("lr", 0.5), arithmetic, steps, 50)
                .run(Map.of("x", new double[] {1, -1, 4}), () -> false);
    }

    @ParameterizedTest
    @EnumSource
    void windowsHoldTheExtremesOfTheLoss(Arithmetic arithmetic) {
        TileResult result = halving(arithmetic, 120);
        double decade = Math.log10(2);
        assertThat(result.windows()).isEqualTo(3);
        assertThat(result.lastStepOf(2)).isEqualTo(120);
        double[] firstStep = {0, 50, 100};
        for (int w = 0; w < 3; w++) {
            // Loss ½·4^-t before step t + 1. The logarithm's series ends at 1e-13.
            assertThat(result.windowMax().of(0)[w]).isCloseTo(-(1 + 2 * firstStep[w]) * decade, within(1e-12));
        }
        // log10 of a power of two is exact to 1 ulp.
        assertThat(result.firstLoss()[0]).isCloseTo(-decade, within(1e-15));
        assertThat(result.firstLoss()[2]).isCloseTo(3 * decade, within(1e-15));
        assertThat(result.finalLoss()[0]).isCloseTo(-241 * decade, within(1e-13));
        assertThat(result.minLoss()).isEqualTo(result.finalLoss());
        assertThat(result.finalMagnitude()[0][1]).isCloseTo(-120 * decade, within(1e-13));
        assertThat(result.finalSign()[0]).containsExactly(1, -1, 1);
        assertThat(result.maxCoupling()).containsOnly(Double.NaN);
    }

    @Test
    void scaledRunsGoTenThousandDecadesDown() {
        TileResult result = halving(Arithmetic.SCALED, 40_000);
        // 40000·log10(2) = 12041.2, to 1 ulp.
        assertThat(result.finalMagnitude()[0][0]).isCloseTo(-40_000 * Math.log10(2), within(4e-12));
        assertThat(result.finalLoss()[0]).isCloseTo(-80_001 * Math.log10(2), within(8e-12));
        assertThat(result.leftDoubleAt()).containsOnly(-1);
        assertThat(result.notFiniteAt()).containsOnly(-1);
    }

    @Test
    void aDoubleRunThatUnderflowsSaysWhen() {
        // x = 2^-1023 after step 1023, the first subnormal: seen at the end of that window, step 1050.
        assertThat(halving(Arithmetic.DOUBLE, 2000).leftDoubleAt()).containsExactly(1050, 1050, 1050);
        assertThat(halving(Arithmetic.DOUBLE, 1000).leftDoubleAt()).containsOnly(-1);
    }

    @Test
    void aRunWhoseStepIsDividedByAVanishedVHasLeftTheRangeOfDoubleAndNotDiverged() {
        // Here the loss falls by a decade or two a step, until v is zero, within one window; in scaled arithmetic the
        // same runs pass below 1e-308 and stay numbers.
        Map<String, double[]> inputs = Map.of(
                "beta1", new double[] {0.00686, 0.0126, 0.003},
                "beta2", new double[] {0.0119, 0.0138, 0.0176},
                "x", new double[] {1, 1, 1});
        Map<String, Double> fixed = Map.of("eps", 0.0, "lr", 1e-3);
        Recurrence recurrence = KernelCases.recurrence("adam-uncorrected", "x^4/4");
        TileResult inDouble =
                TileRun.of(recurrence, fixed, Arithmetic.DOUBLE, 20_000, 50).run(inputs, () -> false);
        TileResult scaled =
                TileRun.of(recurrence, fixed, Arithmetic.SCALED, 20_000, 50).run(inputs, () -> false);
        for (int lane = 0; lane < 3; lane++) {
            assertThat(inDouble.leftDoubleAt()[lane]).as("lane %d", lane).isPositive();
            assertThat(scaled.notFiniteAt()[lane]).isEqualTo(-1);
            assertThat(scaled.minLoss()[lane]).isLessThan(-308);
        }
    }

    /// x = 2^-20t and v = 1, so that v/g² = 2^40t before step t + 1: beyond double from t = 26 on, as x² is.
    @ParameterizedTest
    @EnumSource
    void theCouplingRatioIsRightWhereSquaresUnderflow(Arithmetic arithmetic) {
        for (String next : List.of("x*2^(-20)", "x*2^(-20)*sqrt(v)")) {
            Recurrence recurrence = new Recurrence(
                    List.of(),
                    List.of(
                            new Recurrence.Component("x", formula("x"), formula(next)),
                            new Recurrence.Component("v", formula("1"), formula("v"))),
                    Map.of(TileRun.LOSS, formula("x"), TileRun.COUPLING, formula("v/(x*x)")));
            TileResult result = TileRun.of(recurrence, Map.of(), arithmetic, 50, 50)
                    .run(Map.of("x", new double[] {1, -1, 0x1p-4}), () -> false);
            double decade = Math.log10(2);
            assertThat(result.maxCoupling())
                    .containsExactly(new double[] {1960 * decade, 1960 * decade, 1968 * decade}, within(1e-9));
            // Of the samples at steps 25 and 50 the lower.
            assertThat(result.medianCoupling())
                    .containsExactly(new double[] {960 * decade, 960 * decade, 968 * decade}, within(1e-9));
        }
    }

    /// x = 2^-t and v = 2^-1000: √v·|g| is below double from t = 523 on.
    @ParameterizedTest
    @EnumSource
    void theGreatestCouplingRatioIsFoundWhereProductsUnderflow(Arithmetic arithmetic) {
        Recurrence recurrence = new Recurrence(
                List.of(),
                List.of(
                        new Recurrence.Component("x", formula("x"), formula("x*2^499*sqrt(v)")),
                        new Recurrence.Component("v", formula("2^(-1000)"), formula("v"))),
                Map.of(TileRun.LOSS, formula("x"), TileRun.COUPLING, formula("v/(x*x)")));
        TileResult result = TileRun.of(recurrence, Map.of(), arithmetic, 1000, 50)
                .run(Map.of("x", new double[] {1, -1}), () -> false);
        double most = 998 * Math.log10(2);
        assertThat(result.maxCoupling()).containsExactly(new double[] {most, most}, within(1e-9));
        double median = -2 * Math.log10(2);
        assertThat(result.medianCoupling()).containsExactly(new double[] {median, median}, within(1e-9));
    }

    private static Expression formula(String text) {
        return FormulaReader.read("formula", text);
    }

    /// v ~ x¹⁰ falls out of double and x is divided by √0 within a window of which the loss, x⁶/6, stays in it.
    @Test
    void whatUnderflowMadeInfiniteHasNotDiverged() {
        Map<String, double[]> inputs = Map.of(
                "beta1", new double[] {0.0131, 0.0131, 0.5},
                "beta2", new double[] {0.01, 0.03, 0.99},
                "x", new double[] {1, 1, 1});
        Map<String, Double> fixed = Map.of("eps", 0.0, "lr", 1e-3);
        Recurrence recurrence = KernelCases.recurrence("adam-uncorrected", "x^6/6");
        TileResult inDouble =
                TileRun.of(recurrence, fixed, Arithmetic.DOUBLE, 2_000, 50).run(inputs, () -> false);
        TileResult scaled =
                TileRun.of(recurrence, fixed, Arithmetic.SCALED, 2_000, 50).run(inputs, () -> false);
        assertThat(scaled.notFiniteAt()).containsOnly(-1);
        assertThat(scaled.finalLoss()[0]).isLessThan(-308);
        assertThat(inDouble.notFiniteAt()[0]).isPositive();
        assertThat(inDouble.leftDoubleAt()[0]).isEqualTo(inDouble.notFiniteAt()[0]);
        assertThat(inDouble.leftDoubleAt()[1]).isPositive();
        assertThat(inDouble.leftDoubleAt()[2]).isEqualTo(-1);
    }

    @ParameterizedTest
    @EnumSource
    void aRunThatDivergesOrStartsAtNotANumberSaysWhen(Arithmetic arithmetic) {
        TileResult result = TileRun.of(KernelCases.recurrence("gd", "x^4/4"), Map.of(), arithmetic, 200, 50)
                .run(Map.of("x", new double[] {1, Double.NaN, 0.5}, "lr", new double[] {1e9, 0.1, 0.1}), () -> false);
        assertThat(result.notFiniteAt()[1]).isEqualTo(50);
        assertThat(result.notFiniteAt()[2]).isEqualTo(-1);
        // In scaled arithmetic x may grow to 2^(2^50): about 3^t·16 bits, beyond that after 31 steps.
        assertThat(result.notFiniteAt()[0]).isEqualTo(50);
        assertThat(result.windowMax().of(1)[1]).isNaN();
        assertThat(result.leftDoubleAt()).containsOnly(-1);
    }

    @ParameterizedTest
    @EnumSource
    void theCouplingRatioOfAConstantGradientIsOneMinusAPower(Arithmetic arithmetic) {
        double beta2 = 0.99;
        TileResult result = TileRun.of(
                        KernelCases.recurrence("adam-uncorrected", "x"),
                        Map.of("beta2", beta2, "beta1", 0.9),
                        arithmetic,
                        210,
                        50)
                .run(Map.of("x", new double[] {1}, "lr", new double[] {1e-3}, "eps", new double[] {1e-8}), () -> false);
        // g = 1, so v/g² = 1 − β₂ᵗ, growing; samples at 25, 50, … 200, their lower median at 100. 210 roundings of v.
        assertThat(result.maxCoupling()[0]).isCloseTo(Math.log10(1 - Math.pow(beta2, 210)), within(1e-13));
        assertThat(result.medianCoupling()[0]).isCloseTo(Math.log10(1 - Math.pow(beta2, 100)), within(1e-13));
    }

    @ParameterizedTest
    @EnumSource
    void aLaneHasTheSameBitsInEveryTile(Arithmetic arithmetic) {
        Recurrence recurrence = KernelCases.recurrence("adam-uncorrected", "x^4/4");
        TileRun run = TileRun.of(recurrence, Map.of("eps", 0.0, "lr", 1e-3), arithmetic, 1030, 50);
        Map<String, double[]> all = KernelCases.lanes(
                "adam-uncorrected",
                StepProgram.of(recurrence, List.of(TileRun.LOSS), Map.of("eps", 0.0, "lr", 1e-3)),
                101,
                3);
        TileResult whole = run.run(all, () -> false);
        for (int from = 0; from < 101; from += 17) {
            int to = Math.min(101, from + 17);
            Map<String, double[]> part = new HashMap<>();
            int begin = from;
            all.forEach((name, values) -> part.put(name, Arrays.copyOfRange(values, begin, to)));
            TileResult result = run.run(part, () -> false);
            assertThat(result.minLoss()).isEqualTo(Arrays.copyOfRange(whole.minLoss(), from, to));
            assertThat(result.maxCoupling()).isEqualTo(Arrays.copyOfRange(whole.maxCoupling(), from, to));
            assertThat(result.medianCoupling()).isEqualTo(Arrays.copyOfRange(whole.medianCoupling(), from, to));
            assertThat(result.finalMagnitude()[0]).isEqualTo(Arrays.copyOfRange(whole.finalMagnitude()[0], from, to));
            for (int lane = from; lane < to; lane++) {
                assertThat(result.windowMax().of(lane - from))
                        .isEqualTo(whole.windowMax().of(lane));
            }
        }
    }

    @Test
    void aRunStopsWhenAsked() {
        TileRun run = TileRun.of(KernelCases.recurrence("gd", "x^2/2"), Map.of(), Arithmetic.DOUBLE, 1000, 50);
        int[] asked = {0};
        assertThatThrownBy(
                        () -> run.run(Map.of("x", new double[] {1}, "lr", new double[] {0.1}), () -> ++asked[0] == 2))
                .isInstanceOf(CancellationException.class);
        assertThat(asked[0]).as("after windows of 50 steps, not to the end").isEqualTo(2);
    }

    @Test
    void aTileWithoutAParameterIsRefused() {
        TileRun run = TileRun.of(KernelCases.recurrence("gd", "x^2/2"), Map.of(), Arithmetic.DOUBLE, 10, 5);
        assertThat(run.inputs()).containsExactly("lr", "x");
        assertThatThrownBy(() -> run.run(Map.of("x", new double[] {1}), () -> false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'lr'");
    }

    static List<JsonNode> quarticReferences() throws IOException {
        try (InputStream in = TileRunTest.class.getResourceAsStream("/adamscope/dynamics/mpmath-60/quartic.json")) {
            List<JsonNode> cases = new ArrayList<>();
            JsonMapper.builder().build().readTree(in).get("cases").forEach(cases::add);
            return cases;
        }
    }

    /// Compared at the last step where the orbit's sensitivity d log₁₀|x|/d ln x₀ leaves digits to compare.
    @ParameterizedTest
    @MethodSource("quarticReferences")
    void scaledTilesFollowSixtyDigits(JsonNode reference) {
        JsonNode at = reference.get("step");
        int last = 0;
        for (int i = 0; i < at.size(); i++) {
            last = Math.abs(reference.get("sensitivity").get(i).doubleValue()) < 1e4 ? i : last;
        }
        ClosedMap.Start start =
                reference.get("start").asText().equals("gradient") ? ClosedMap.Start.GRADIENT : ClosedMap.Start.ZERO;
        Map<String, Double> hyper = new HashMap<>();
        reference
                .get("hyper")
                .properties()
                .forEach(e -> hyper.put(e.getKey(), e.getValue().doubleValue()));
        int steps = at.get(last).intValue();
        TileResult result = TileRun.of(
                        ClosedMap.of(Catalogue.shipped("adam-uncorrected"), FormulaObjective.read("x^4/4"), start),
                        hyper,
                        Arithmetic.SCALED,
                        steps,
                        50)
                .run(Map.of("x", new double[] {reference.get("x0").doubleValue()}), () -> false);
        double expected =
                Double.parseDouble(reference.get("log10AbsX").get(last).asText());
        double sensitivity =
                Math.max(1, Math.abs(reference.get("sensitivity").get(last).doubleValue()));
        // Each step rounds x to 1e-16, amplified by the sensitivity; log10 itself has 16 digits.
        double tolerance = 1e-16 * steps * sensitivity + 1e-15 * Math.abs(expected) + 1e-14;
        assertThat(result.finalMagnitude()[0][0]).as("step %d", steps).isCloseTo(expected, within(tolerance));
    }

    @Test
    void logarithmsOfManyMagnitudesAreThoseOfOne() {
        double[] numbers = {
            1,
            -2,
            0,
            -0.0,
            Double.MIN_VALUE,
            1e-310,
            Double.MIN_NORMAL,
            Double.MAX_VALUE,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Math.sqrt(0.5),
            Math.sqrt(2),
            0.9999999999999999,
            1e300,
            7e-200
        };
        double[] logs = new double[numbers.length];
        LogMagnitudes.log10(new Magnitudes(numbers, new long[numbers.length]), logs, numbers.length);
        for (int i = 0; i < numbers.length; i++) {
            // 2^-52 of the result, or 1e-13.
            double expected = Math.log10(Math.abs(numbers[i]));
            assertThat(logs[i]).isCloseTo(expected, within(Double.isFinite(expected) ? 1e-13 : 0));
        }
    }

    @Test
    void medianIsThatOfTheSortedSamples() {
        SplittableRandom random = new SplittableRandom(11);
        for (int count = 1; count < 300; count++) {
            int distinct = 1 + count % 40;
            double[] values =
                    random.doubles(count).map(u -> Math.floor(u * distinct)).toArray();
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            int position = (count - 1) / 2;
            assertThat(Medians.select(values, position)).isEqualTo(sorted[position]);
        }
    }
}
