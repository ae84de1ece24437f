package adamscope.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.kernel.Rest;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RunHistoryTest {
    private static final int WINDOWS = 40;

    /// A loss that starts at 1 and falls by 4/5 of a decade a window until it is exactly its minimum.
    private static Outcome outcome(double first, double slopeFloor) {
        double[] levels = new double[WINDOWS];
        Arrays.setAll(levels, w -> w < 22 ? first - 0.8 * w : Double.NEGATIVE_INFINITY);
        double[] slopes = new double[WINDOWS];
        Arrays.setAll(slopes, w -> Math.max(first - 0.8 * w, slopeFloor));
        RunHistory.End end = new RunHistory.End(1, false, 0, -16, -31, Rest.MOVING);
        return new RunHistory(new LossHistory(levels, first), slopes, end).outcome();
    }

    @Test
    void aLossThatStandsAtItsMinimumHasConvergedThoughTheGradientEndsInNoise() {
        // the squared gradient fell evenly until it stood four decades above its own rounding error
        assertThat(outcome(0, -27)).isInstanceOfSatisfying(Outcome.Converged.class, converged -> {
            assertThat(converged.approach()).isEqualTo(Outcome.Approach.EXACT);
            assertThat(converged.limit()).isEqualTo(1);
        });
    }
}
