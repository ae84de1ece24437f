package adamscope.regime;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.linear.CountedNormal;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CurveOutcomeTest {

    @Test
    void noiseOnAFallIsSmooth() {
        assertThat(outcome(2000, i -> Math.pow(10, -i * 1e-3 + 0.05 * CountedNormal.number(1, i))))
                .isInstanceOfSatisfying(
                        CurveOutcome.Smooth.class,
                        // from the first to the last of 2000 steps, medians of five values with noise of 0.05
                        smooth -> assertThat(smooth.decades()).isBetween(1.9, 2.1));
    }

    @Test
    void aRegularSwingIsOscillatingWithItsPeriod() {
        assertThat(outcome(2000, i -> 2 + Math.sin(2 * Math.PI * i / 25)))
                .isInstanceOfSatisfying(
                        CurveOutcome.Oscillating.class,
                        swing -> assertThat(swing.period()).isEqualTo(25));
    }

    @Test
    void aSwingWithoutAPeriodIsOscillatingAndNoiseOfTheSameSizeIsNot() {
        // The logistic map near 4 is chaotic with an autocorrelation of 0; each value stands for two steps, so that of
        // neighbours is 1/2.
        double[] chaos = new double[1000];
        chaos[0] = 0.3;
        for (int i = 1; i < chaos.length; i++) {
            chaos[i] = i % 2 == 0 ? 3.99 * chaos[i - 1] * (1 - chaos[i - 1]) : chaos[i - 1];
        }
        assertThat(outcome(1000, i -> Math.pow(10, 1.5 * chaos[i])))
                .isInstanceOfSatisfying(CurveOutcome.Oscillating.class, swing -> {
                    assertThat(swing.period()).isNaN();
                    assertThat(swing.decades()).isBetween(0.3, 1.5);
                });
        assertThat(outcome(1000, i -> Math.pow(10, 0.3 * CountedNormal.number(1, i))))
                .isInstanceOf(CurveOutcome.NotLearning.class);
    }

    @Test
    void zerosOfALogWithFourDecimalsAreToldFromHiddenNans() {
        assertThat(outcome(200, i -> i < 119 ? Math.max(1, Math.rint(1e4 * Math.pow(10, -i / 30.0))) * 1e-4 : 0)
                        .sentence())
                .contains("too few digits");
        assertThat(outcome(200, i -> i < 119 ? 0.8132 + 1e-4 * (i % 7) : 0).sentence())
                .contains("no number");
    }

    @Test
    void aRiseThatStaysIsDivergence() {
        assertThat(outcome(1000, i -> i < 700 ? 1 : 50)).isEqualTo(new CurveOutcome.Diverging(700, false));
    }

    @Test
    void aRiseOfTheLastRowIsNoDivergenceYet() {
        assertThat(outcome(1000, i -> i < 999 ? 1 + 1e-3 * (i % 7) : 50)).isInstanceOf(CurveOutcome.Spiking.class);
        assertThat(outcome(1000, i -> i < 700 ? 1 : 50).sentence("step"))
                .isEqualTo("the loss rose at step 700 and was not back when the log ended");
        assertThat(outcome(300, i -> i < 250 ? 1 + 1e-3 * (i % 7) : Double.NaN).sentence("step"))
                .isEqualTo("the loss left its level at step 250 and was no number in the end");
    }

    @Test
    void aRunThatEndsWithoutNumbersDiverged() {
        assertThat(outcome(300, i -> i < 250 ? 1 + 1e-3 * (i % 7) : Double.NaN))
                .isEqualTo(new CurveOutcome.Diverging(250, true));
    }

    @Test
    void aLossThatIsPrintedAsZeroIsNoSuccess() {
        assertThat(outcome(1000, i -> i < 400 ? Math.pow(10, -0.8 * i) : 0))
                .isInstanceOfSatisfying(
                        CurveOutcome.Stalled.class,
                        stalled -> assertThat(stalled.why()).contains("underflow, not convergence"));
    }

    @Test
    void aLossThatIsZeroFromTheStartIsNoResultOfTraining() {
        assertThat(outcome(100, i -> 0)).isInstanceOfSatisfying(CurveOutcome.Stalled.class, stalled -> {
            assertThat(stalled.step()).isZero();
            assertThat(stalled.why()).contains("no result of training").doesNotContain("underflow");
        });
        assertThat(SpikeSearch.events(curve(100, i -> 0))).isEmpty();
        for (int positive = 1; positive < 12; positive++) {
            int at = positive;
            assertThat(outcome(100, i -> i < at ? 1 : 0)).isInstanceOf(CurveOutcome.Stalled.class);
            assertThat(outcome(100, i -> i >= 100 - at ? 1 : 0)).isNotNull();
        }
    }

    @Test
    void aLogWithoutAnyNumberDidNotRise() {
        assertThat(outcome(200, i -> Double.POSITIVE_INFINITY)).isEqualTo(new CurveOutcome.NoNumbers(0));
        assertThat(SpikeSearch.events(curve(200, i -> Double.POSITIVE_INFINITY)))
                .isEmpty();
    }

    @Test
    void onePointIsTooShort() {
        assertThat(outcome(1, i -> 2)).isEqualTo(new CurveOutcome.TooShort(1));
        assertThat(outcome(0, i -> 2)).isEqualTo(new CurveOutcome.TooShort(0));
    }

    @Test
    void twoUnitsInOneLogAreSaid() {
        LossCurve mixed = curve(400, i -> (2 + 0.1 * CountedNormal.number(1, i)) * (i % 3 == 0 ? 1000 : 1));
        assertThat(mixed.remarks()).singleElement().asString().contains("two runs or two units");
    }

    @Test
    void aLogWithoutAnyNumberIsSaid() {
        assertThat(curve(50, i -> Double.NaN).remarks()).containsExactly("none of the 50 losses is a positive number");
    }

    private static CurveOutcome outcome(int points, IntToDoubleFunction loss) {
        LossCurve curve = curve(points, loss);
        return CurveOutcome.of(curve, SpikeSearch.events(curve));
    }

    private static LossCurve curve(int points, IntToDoubleFunction loss) {
        return LossCurve.of(
                LongStream.range(0, points).toArray(),
                IntStream.range(0, points).mapToDouble(loss).toArray());
    }
}
