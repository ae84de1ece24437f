package adamscope.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateCurveTest {
    private static final double[] OCTAVES = {1, 2, 4, 8, 16};

    /// Losses that are a parabola in log₂ η with its lowest point at 2^at.
    private static List<RateCurve.Trial> parabola(double seed, double at) {
        List<RateCurve.Trial> trials = new ArrayList<>();
        for (int i = 0; i < OCTAVES.length; i++) {
            trials.add(new RateCurve.Trial(OCTAVES[i], seed, 1 + (i - at) * (i - at)));
        }
        return trials;
    }

    @Test
    void theLowestPointOfAParabolaInTheLogarithmIsFoundExactly() {
        RateCurve.Best best = RateCurve.of(parabola(0, 2.3)).best();
        assertThat(best.rate()).isEqualTo(Math.pow(2, 2.3), within(1e-12)); // rounding
        assertThat(best.interval()).contains(new Interval(2, 8));
    }

    /// Bests at 2^1.9, 2^2.1, 2^2.3: mean of log₂ 2.1, standard deviation 0.2, t = 4.302653 for two degrees of freedom
    /// (scipy.stats.t.ppf(0.975, 2)): half 0.2/√3·4.302653 = 0.496828.
    @Test
    void overSeedsTheIntervalIsThatOfStudentForTheLogarithm() {
        List<RateCurve.Trial> trials = new ArrayList<>();
        trials.addAll(parabola(1, 1.9));
        trials.addAll(parabola(2, 2.1));
        trials.addAll(parabola(3, 2.3));
        RateCurve.Best best = RateCurve.of(trials).best();
        assertThat(best.rate()).isEqualTo(Math.pow(2, 2.1), within(1e-9));
        assertThat(best.interval()).hasValueSatisfying(interval -> {
            assertThat(interval.low()).isEqualTo(Math.pow(2, 2.1 - 0.496828), within(1e-5));
            assertThat(interval.high()).isEqualTo(Math.pow(2, 2.1 + 0.496828), within(1e-5));
        });
    }

    @Test
    void aBestRateAtTheEndHasNoInterval() {
        RateCurve.Best best = RateCurve.of(parabola(0, 4.4)).best();
        assertThat(best.rate()).isEqualTo(16);
        assertThat(best.interval()).isEmpty();
    }

    @Test
    void aRateAtWhichASeedDivergedIsNotTheBest() {
        RateCurve curve = RateCurve.of(List.of(
                new RateCurve.Trial(1, 1, 5),
                new RateCurve.Trial(2, 1, 4),
                new RateCurve.Trial(4, 1, 1),
                new RateCurve.Trial(1, 2, 5),
                new RateCurve.Trial(2, 2, 2),
                new RateCurve.Trial(4, 2, Double.NaN)));
        assertThat(curve.mean()).containsExactly(5, 3, Double.POSITIVE_INFINITY);
        assertThat(curve.deviation()[1]).isEqualTo(Math.sqrt(2), within(1e-15));
        assertThat(curve.diverged(2)).isEqualTo(1);
        assertThat(curve.lowest()).isEqualTo(1);
    }

    @Test
    void aSeedWithoutARateLeavesTheMeanToTheOthers() {
        RateCurve curve = RateCurve.of(
                List.of(new RateCurve.Trial(1, 1, 5), new RateCurve.Trial(2, 1, 4), new RateCurve.Trial(2, 2, 2)));
        assertThat(curve.mean()).containsExactly(5, 3);
    }
}
