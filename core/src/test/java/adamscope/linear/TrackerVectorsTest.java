package adamscope.linear;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.linear.EigenTracker.TrackerState;
import adamscope.linear.EigenTracker.Tracking;
import java.util.IdentityHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// How many vectors a measurement holds at once.
class TrackerVectorsTest {

    /// Counts vectors that were made and not released.
    private static final class Counted implements VectorSpace<double[]> {
        private final DoubleVectors plain;
        private final Map<double[], Boolean> alive = new IdentityHashMap<>();
        private int most;

        Counted(int dimension) {
            this.plain = new DoubleVectors(dimension);
        }

        double[] made(double[] vector) {
            alive.put(vector, true);
            most = Math.max(most, alive.size());
            return vector;
        }

        @Override
        public long dimension() {
            return plain.dimension();
        }

        @Override
        public double roundoff() {
            return plain.roundoff();
        }

        @Override
        public double[] random(long seed) {
            return made(plain.random(seed));
        }

        @Override
        public double[] scaled(double factor, double[] a) {
            return made(plain.scaled(factor, a));
        }

        @Override
        public void scale(double[] target, double factor) {
            plain.scale(target, factor);
        }

        @Override
        public void add(double[] target, double factor, double[] a) {
            plain.add(target, factor, a);
        }

        @Override
        public double dot(double[] a, double[] b) {
            return plain.dot(a, b);
        }

        @Override
        public void release(double[] a) {
            alive.remove(a);
        }
    }

    private record Diagonal(Counted space, double shift) implements LinearOperator<double[]> {
        @Override
        public double[] apply(double[] vector) {
            double[] product = vector.clone();
            for (int i = 0; i < product.length; i++) {
                product[i] *= Math.pow(0.8, i) + shift * Math.sin(i);
            }
            return space.made(product);
        }
    }

    /// The basis is that of the state, which holds one vector for each value and each rival; a product becomes what it
    /// has outside of it, in place. So k beside a state of at most k + 3 while nothing happens.
    @Test
    void aRoutineMeasurementOfKValuesHoldsKVectorsBesideItsState() {
        for (int k = 1; k <= 4; k++) {
            EigenTracker<double[]> tracker = new EigenTracker<>(Tracking.of(k, 1e-3, 200, 1));
            TrackerState<double[]> state = TrackerState.none();
            int routine = 0;
            for (int i = 0; i < 20; i++) {
                Counted space = new Counted(200);
                EigenTracker.Step<double[]> step = tracker.measure(new Diagonal(space, 1e-3 * i), state);
                state = step.state();
                if (step.found().products() == k) {
                    routine++;
                    assertThat(space.most).isLessThanOrEqualTo(k);
                }
                // nothing but the new state is left
                assertThat(space.alive).hasSizeLessThanOrEqualTo(k + Outlook.RIVALS);
            }
            assertThat(routine).isGreaterThan(5);
        }
    }
}
