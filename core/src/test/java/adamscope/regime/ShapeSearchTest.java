package adamscope.regime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import adamscope.linear.CountedNormal;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShapeSearchTest {

    @ParameterizedTest
    @ValueSource(doubles = {0, 743})
    void dropsAtEpochsAreAStaircaseWhetherTheEpochIsLoggedOrNot(double epoch) {
        IntToDoubleFunction y = i -> -0.18 * (i / 743) + 0.07 * CountedNormal.number(3, i);
        assertThat(shapes(6687, y, epoch))
                .filteredOn(shape -> !(shape instanceof CurveShape.FarRows))
                .singleElement()
                .isInstanceOfSatisfying(CurveShape.Staircase.class, stairs -> {
                    assertThat(stairs.period()).isCloseTo(743, within(5L));
                    assertThat(stairs.drops()).isEqualTo(8);
                    // of means over 92 points
                    assertThat(stairs.drop()).isCloseTo(0.18, within(0.03));
                    assertThat(stairs.epochs()).isEqualTo(epoch > 0);
                });
    }

    @Test
    void aFallWithAKneeIsAStallAndTheOutcome() {
        IntToDoubleFunction y = i -> i < 270 ? 12 - 0.04 * i : 1.2 - 3e-5 * (i - 270);
        assertThat(shapes(950, y, 0)).singleElement().isInstanceOfSatisfying(CurveShape.Stall.class, stall -> {
            assertThat(stall.step()).isBetween(255L, 285L);
            assertThat(stall.before()).isCloseTo(10.8, within(0.5));
        });
        LossCurve curve = curve(950, y);
        assertThat(CurveOutcome.of(curve, SpikeSearch.events(curve)).sentence("epoch"))
                .startsWith("from epoch 2")
                .contains("stands still");
    }

    @Test
    void usualLearningCurvesHaveNoShape() {
        assertThat(shapes(3000, i -> Math.log10(0.1 + 3 * Math.exp(-i / 400.0)) + noise(1, i), 0))
                .isEmpty();
        assertThat(shapes(20_000, i -> Math.log10(3 + 8 * Math.pow(i + 1, -0.4)) + noise(2, i), 0))
                .isEmpty();
        // with epochs of 2,000 rows that nothing happens at
        assertThat(shapes(20_000, i -> Math.log10(3 + 8 * Math.pow(i + 1, -0.4)) + noise(2, i), 2000))
                .isEmpty();
        assertThat(shapes(5000, i -> 0.3 * Math.sin(i / 30.0) + noise(4, i), 0)).isEmpty();
    }

    @Test
    void aSuddenFallThatLastsIsAShift() {
        assertThat(shapes(4000, i -> -2e-5 * i - (i >= 1700 ? 0.2 : 0) + noise(5, i), 0))
                .singleElement()
                .isInstanceOfSatisfying(CurveShape.Shift.class, shift -> {
                    assertThat(shift.step()).isCloseTo(1700, within(5L));
                    assertThat(shift.decades()).isCloseTo(-0.2, within(0.01));
                });
    }

    @Test
    void aSlowClimbBelowTheNoiseIsADrift() {
        assertThat(shapes(8000, i -> (i > 4000 ? 6e-5 * (i - 4000) : 0) + 8 * noise(6, i), 0))
                .filteredOn(shape -> !(shape instanceof CurveShape.FarRows))
                .singleElement()
                .isInstanceOfSatisfying(CurveShape.Drift.class, drift -> {
                    assertThat(drift.to()).isGreaterThan(7500);
                    // 6e-5 · 4000
                    assertThat(drift.decades()).isCloseTo(0.24, within(0.04));
                });
    }

    @Test
    void rowsThatNoiseBringsAboutAreToldAsSuch() {
        // a half of a decade is seven median deviations, and not more than 20,000 rows of such noise reach
        assertThat(shapes(20_000, i -> 0.1 * CountedNormal.number(8, i) + (i == 9000 ? 0.3 : 0), 0))
                .singleElement()
                .isInstanceOfSatisfying(CurveShape.FarRows.class, rows -> {
                    assertThat(rows.rows()).isBetween(1, 20);
                    assertThat(rows.decades()).isBetween(0.3, 0.6);
                    assertThat(rows.sentence("row")).contains("no more than the noise");
                });
    }

    private static List<CurveShape> shapes(int points, IntToDoubleFunction log10, double epoch) {
        LossCurve curve = curve(points, log10);
        return ShapeSearch.of(curve, SpikeSearch.events(curve), epoch);
    }

    private static LossCurve curve(int points, IntToDoubleFunction log10) {
        return LossCurve.ofLogarithms(
                LongStream.range(0, points).toArray(),
                IntStream.range(0, points).mapToDouble(log10).toArray());
    }

    private static double noise(int seed, int i) {
        return 0.01 * CountedNormal.number(seed, i);
    }
}
