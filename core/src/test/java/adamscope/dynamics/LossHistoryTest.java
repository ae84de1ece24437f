package adamscope.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LossHistoryTest {

    private static Outcome outcome(double first, IntToDoubleFunction log10Loss) {
        return new LossHistory(IntStream.range(0, 400).mapToDouble(log10Loss).toArray(), first).outcome();
    }

    @Test
    void aFallThatEndsInALevelIsACycle() {
        assertThat(outcome(0, w -> w < 300 ? -0.1 * w : -30)).isInstanceOf(Outcome.Cycling.class);
        // A cycle whose period is no part of a window: its maximum wanders a little.
        assertThat(outcome(0, w -> w < 300 ? -0.1 * w : -30 + 0.02 * Math.sin(w)))
                .isInstanceOf(Outcome.Cycling.class);
        // Half a decade of transient before the cycle, at -13.9.
        assertThat(outcome(0, w -> w < 20 ? -0.65 * w : w < 205 ? -13.4 : -13.9))
                .isInstanceOf(Outcome.Cycling.class);
        assertThat(outcome(0, w -> w < 300 ? -0.1 * w : Double.NEGATIVE_INFINITY))
                .isInstanceOf(Outcome.Converged.class);
    }

    @Test
    void aLineDownwardsConvergesHoweverSteep() {
        assertThat(outcome(0, w -> -0.01 * w)).isInstanceOf(Outcome.Converged.class);
        assertThat(outcome(0, w -> -100.0 * w)).isInstanceOf(Outcome.Converged.class);
    }

    /// Steps of one length, as Adam's first ones: x falls from 1 by 1/1000 a step, and the loss x⁴/4 goes to 0 in
    /// finite time.
    private static Outcome stepping(int steps, double floor) {
        int window = LossHistory.windowLength(steps);
        double[] levels = IntStream.range(0, steps / window)
                .mapToDouble(w -> Math.max(floor, 4 * Math.log10(1 - 1e-3 * Math.min(999, w * window)) - Math.log10(4)))
                .toArray();
        return new LossHistory(levels, -Math.log10(4)).outcome();
    }

    @Test
    void aRunThatIsStillOnItsWayHasNotConverged() {
        for (int steps : new int[] {700, 800, 900, 990, 1000, 1050, 1090}) {
            assertThat(stepping(steps, -13))
                    .as(steps + " steps")
                    .isInstanceOfSatisfying(
                            Outcome.Undecided.class,
                            outcome -> assertThat(outcome.sentence()).contains("faster and faster"));
        }
        assertThat(stepping(1500, -13)).isInstanceOf(Outcome.Cycling.class);
    }

    @Test
    void whatFallsEvenlyAfterItsArrivalConverges() {
        // steps of one length for 250 windows, then a line, flatter or steeper than the way there
        for (double slope : new double[] {0.05, 0.3, 5}) {
            assertThat(outcome(0, w -> w < 250 ? 4 * Math.log10(1 - w / 251.0) : -10 - slope * (w - 250)))
                    .as("slope " + slope)
                    .isInstanceOf(Outcome.Converged.class);
        }
    }

    @Test
    void aWavyFallConverges() {
        assertThat(outcome(0, w -> -w + 20 * Math.sin(w))).isInstanceOf(Outcome.Converged.class);
    }

    @Test
    void aPowerLawConvergesWithoutARise() {
        // L ~ t^-2 from 1: 7.2 decades after 4000 windows' worth of steps, no rise
        assertThat(outcome(0, w -> -3 * Math.log10(1 + w * 10))).isInstanceOf(Outcome.Converged.class);
    }

    @Test
    void aLevelIsACycleAndNoConvergenceEvenWhenItShifts() {
        assertThat(outcome(0, w -> w < 20 ? -0.7 * w : -14)).isInstanceOf(Outcome.Cycling.class);
        assertThat(outcome(0, w -> -14 - (w > 300 ? 1.6 : 0) + 0.3 * Math.sin(w)))
                .isNotInstanceOf(Outcome.Converged.class);
    }

    @Test
    void aSlowFallThatNeverRoseIsNoCycle() {
        // L ~ t^-2 over 400 windows from its start: 0.6 decades in the second half, 5.2 in all
        assertThat(outcome(0, w -> -2 * Math.log10(1 + w))).isInstanceOf(Outcome.Undecided.class);
        assertThat(outcome(0, w -> -1e-4 * w)).isInstanceOf(Outcome.Undecided.class);
        assertThat(outcome(0, w -> -3)).isInstanceOf(Outcome.Cycling.class);
    }

    @Test
    void aFallAndRiseIsASpike() {
        assertThat(outcome(0, w -> -14 - (w % 60))).isInstanceOf(Outcome.Spiking.class);
    }

    @Test
    void growthPastTheStartDiverges() {
        assertThat(outcome(0, w -> 0.1 * w)).isInstanceOf(Outcome.Diverged.class);
    }

    @Test
    void outcomesDoNotDependOnTheUnitOfTheLoss() {
        for (double shift : new double[] {-3000, -12, 40}) {
            assertThat(outcome(shift, w -> shift - w)).isInstanceOf(Outcome.Converged.class);
            assertThat(outcome(shift, w -> shift - 14 - (w % 60))).isInstanceOf(Outcome.Spiking.class);
        }
    }

    @Test
    void exactZeroConvergesAndTooFewWindowsDecideNothing() {
        assertThat(outcome(0, w -> w < 50 ? -w : Double.NEGATIVE_INFINITY)).isInstanceOf(Outcome.Converged.class);
        assertThat(new LossHistory(new double[] {0, -1, -2}, 0).outcome()).isInstanceOf(Outcome.Undecided.class);
    }
}
