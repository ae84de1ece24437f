package adamscope.linear;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.linear.EigenTracker.TrackerState;
import adamscope.linear.EigenTracker.Tracking;
import adamscope.linear.HostilePaths.Below;
import adamscope.linear.HostilePaths.Path;
import adamscope.linear.HostilePaths.Turned;
import adamscope.linear.TrackedSpectrum.Standing;
import adamscope.linear.TrackedSpectrum.Tracked;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class HostilePathsTest {
    /// What `docs/curvature.md` states of values that are probable.
    private static final double STATED = 0.01;

    private static final class Count {
        private int measured;
        private int wrong;
        private int certified;
        private int falselyCertified;
        private final List<Integer> products = new ArrayList<>();

        void add(TrackedSpectrum<double[]> found, double truth, double tolerance) {
            Tracked<double[]> top = found.top();
            double error = Math.abs(top.value() - truth);
            measured++;
            wrong += error > tolerance * truth || !top.converged() ? 1 : 0;
            certified += top.standing() == Standing.CERTIFIED ? 1 : 0;
            falselyCertified += top.standing() == Standing.CERTIFIED && error > top.error() ? 1 : 0;
            products.add(found.products());
        }

        int median() {
            Collections.sort(products);
            return products.get(products.size() / 2);
        }
    }

    private static Count along(boolean swinging, int paths, double tolerance) {
        Count count = new Count();
        for (int p = 0; p < paths; p++) {
            Path path = new Path(Below.values()[p % 3], swinging, 1000 + p);
            EigenTracker<double[]> tracker = new EigenTracker<>(Tracking.of(1, tolerance, 200, p));
            TrackerState<double[]> state = TrackerState.none();
            for (int step = 0; step < HostilePaths.STEPS; step++) {
                Turned matrix = path.at(step);
                EigenTracker.Step<double[]> measured = tracker.measure(matrix, state);
                state = measured.state();
                count.add(measured.found(), matrix.top(), tolerance);
            }
        }
        return count;
    }

    private static void hold(int paths) {
        for (double tolerance : new double[] {1e-2, 1e-3}) {
            for (boolean swinging : new boolean[] {false, true}) {
                Count count = along(swinging, paths, tolerance);
                String what = "tolerance " + tolerance + ", swinging " + swinging + ": " + count.wrong + " of "
                        + count.measured + " wrong, " + count.certified + " certified";
                assertThat(count.falselyCertified).as(what).isZero();
                assertThat(count.certified).as(what).isGreaterThan(3 * paths);
                assertThat((double) count.wrong / count.measured).as(what).isLessThanOrEqualTo(swinging ? STATED : 0);
                assertThat(count.median()).as(what).isLessThanOrEqualTo(tolerance > 5e-3 ? 2 : 3);
            }
        }
    }

    @Test
    void threeCrossingsAreFollowedWithinTheStatedShareAndNoCertifiedBoundIsViolated() {
        hold(9);
    }

    @Test
    @Tag("slow")
    void theSameAlongAThousandPaths() {
        hold(250); // of each of the two kinds, at two tolerances
    }
}
