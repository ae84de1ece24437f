package adamscope.linear;

import static adamscope.linear.Matrices.diagonal;
import static adamscope.linear.Matrices.eigenvalues;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.linear.EigenTracker.Tracking;
import adamscope.linear.TrackedSpectrum.Standing;
import adamscope.linear.TrackedSpectrum.TrackingEffort;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class EigenTrackerTest {

    /// A tracker with the state of its last measurement.
    private static final class Path {
        private final EigenTracker<double[]> tracker;
        private EigenTracker.TrackerState<double[]> state = EigenTracker.TrackerState.none();

        Path(Tracking settings) {
            tracker = new EigenTracker<>(settings);
        }

        TrackedSpectrum<double[]> measure(SymmetricMatrix matrix) {
            return measure(matrix, Double.POSITIVE_INFINITY);
        }

        TrackedSpectrum<double[]> measure(SymmetricMatrix matrix, double threshold) {
            EigenTracker.Step<double[]> step = tracker.measure(matrix, state, threshold);
            state = step.state();
            return step.found();
        }
    }

    /// A path of matrices whose largest eigenvalues rise and fall, with eigenvectors that turn: D(t) in a frame that
    /// rotates by t in many planes.
    private static SymmetricMatrix along(double t, double first, double second) {
        int size = 40;
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = 0.6 * Math.pow(0.9, i);
        }
        values[0] = first;
        values[1] = second;
        double[][] rows = new double[size][size];
        for (int i = 0; i < size; i++) {
            rows[i][i] = values[i];
        }
        for (int i = 0; i < size; i++) {
            rotate(rows, i, (i + 1) % size, 0.3 * t);
            rotate(rows, i, (i + 7) % size, 0.2 * t);
        }
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                rows[j][i] = rows[i][j]; // equal up to rounding
            }
        }
        return new SymmetricMatrix(rows);
    }

    private static void rotate(double[][] a, int p, int q, double angle) {
        double c = Math.cos(angle);
        double s = Math.sin(angle);
        for (double[] row : a) {
            double x = row[p];
            row[p] = c * x - s * row[q];
            row[q] = s * x + c * row[q];
        }
        for (int j = 0; j < a.length; j++) {
            double x = a[p][j];
            a[p][j] = c * x - s * a[q][j];
            a[q][j] = s * x + c * a[q][j];
        }
    }

    @Test
    void theErrorStaysWithinTheToleranceThroughACrossingAndTheCrossingIsNamed() {
        for (double tolerance : new double[] {1e-2, 1e-3}) {
            Path tracker = new Path(Tracking.of(1, tolerance, 60, 1));
            int products = 0;
            Set<TrackingEffort> efforts = new TreeSet<>();
            for (int i = 0; i <= 80; i++) {
                double t = i / 80.0;
                SymmetricMatrix matrix =
                        along(t, 1.0 - 0.1 * t, 0.8 + 0.3 * t); // cross at t = 1/2, one step apart .5 %
                TrackedSpectrum<double[]> found = tracker.measure(matrix);
                double expected = eigenvalues(matrix)[0];
                assertThat(found.top().value())
                        .isCloseTo(expected, within(found.top().error()));
                assertThat(found.top().error()).isLessThanOrEqualTo(tolerance * expected * (1 + tolerance));
                assertThat(found.top().converged()).isTrue();
                products += i == 0 ? 0 : found.products();
                efforts.add(found.effort());
            }
            assertThat(efforts).contains(TrackingEffort.START, TrackingEffort.RIVAL, TrackingEffort.CERTIFICATE);
            assertThat(products / 80.0).isLessThan(6);
        }
    }

    @Test
    void aQuietPathCostsLittle() {
        Path tracker = new Path(Tracking.of(1, 1e-3, 60, 1));
        int[] products = new int[80];
        for (int i = 0; i < 80; i++) {
            products[i] = tracker.measure(along(0.1 * i / 80, 1, 0.7)).products();
        }
        Arrays.sort(products);
        assertThat(products[40]).isLessThanOrEqualTo(2);
    }

    @Test
    void aWarmStartNeverCertifiesItself() {
        Path tracker = new Path(Tracking.of(1, 1e-3, 60, 1));
        SymmetricMatrix matrix = along(0.1, 1, 0.7);
        assertThat(tracker.measure(matrix).top().standing()).isEqualTo(Standing.CERTIFIED);
        for (int i = 0; i < 10; i++) {
            TrackedSpectrum<double[]> found = tracker.measure(matrix);
            assertThat(found.products()).isLessThan(3);
            assertThat(found.certified()).isFalse();
            assertThat(found.top().standing()).isEqualTo(Standing.PROBABLE);
        }
    }

    @Test
    void anEigenvectorThatNothingWarmHasAPartInIsFoundByTheNextCertificate() {
        // the first is the top, warm vectors have exact zeros in the plane of the last; it comes up by 0.4 % a step
        Path tracker = new Path(Tracking.of(1, 1e-3, 60, 1));
        boolean found = false;
        for (int i = 0; i < 200; i++) {
            double[] values = new double[40];
            Arrays.setAll(values, j -> 0.5 * Math.pow(0.9, j));
            values[0] = 1;
            values[39] = 0.3 + 0.004 * i;
            TrackedSpectrum<double[]> measured = tracker.measure(diagonal(values));
            double truth = Math.max(1, values[39]);
            assertThat(measured.top().value()).as("step " + i).isCloseTo(truth, within(1e-3 * truth));
            found |= measured.effort() == TrackingEffort.CROSSING
                    || (measured.certified() && Math.abs(measured.top().vector()[39]) > 0.9);
        }
        assertThat(found).isTrue();
    }

    @Test
    void aJumpIsNoticedAndSurvived() {
        Path tracker = new Path(Tracking.of(1, 1e-3, 60, 1));
        for (int i = 0; i < 10; i++) {
            tracker.measure(along(0.01 * i, 1, 0.7));
        }
        SymmetricMatrix after = along(0.1, 0.55, 0.7); // the top falls below the second, as after a spike
        TrackedSpectrum<double[]> found = tracker.measure(after);
        assertThat(found.effort()).isEqualTo(TrackingEffort.JUMP);
        assertThat(found.top().standing()).isEqualTo(Standing.CERTIFIED);
        assertThat(found.top().value()).isCloseTo(eigenvalues(after)[0], within(1e-3 * 0.7));
    }

    @Test
    void severalValuesAgreeWithTheDenseAnswer() {
        Path tracker = new Path(Tracking.of(4, 1e-4, 200, 1));
        for (int i = 0; i < 12; i++) {
            SymmetricMatrix matrix = along(0.02 * i, 1, 0.9);
            double[] dense = eigenvalues(matrix);
            TrackedSpectrum<double[]> found = tracker.measure(matrix);
            assertThat(found.values()).hasSize(4);
            for (int k = 0; k < 4; k++) {
                var value = found.values().get(k);
                assertThat(value.converged()).isTrue();
                assertThat(value.value()).isCloseTo(dense[k], within(1e-4 * dense[k]));
                // the residual is a rigorous bound on the distance to some eigenvalue
                double nearest = Arrays.stream(dense)
                        .map(lambda -> Math.abs(lambda - value.value()))
                        .min()
                        .orElseThrow();
                assertThat(nearest).isLessThanOrEqualTo(value.residual() + 1e-12);
            }
        }
    }

    @Test
    void theNumberOfValuesGrowsWhileTheSmallestIsNearTheThreshold() {
        Path tracker = new Path(new Tracking(1, 3, 0.85, 1e-3, 200, 1));
        SymmetricMatrix matrix = along(0.1, 1, 0.9);
        assertThat(tracker.measure(matrix, 1.05).values()).hasSize(1);
        assertThat(tracker.measure(matrix, 1.05).values()).hasSize(2);
        assertThat(tracker.measure(matrix, 1.05).values()).hasSize(3); // the third is .486, far from .85·1.05
        assertThat(tracker.measure(matrix, 1.05).values()).hasSize(3);
        assertThat(tracker.measure(matrix, 1.05).values().get(2).value())
                .isCloseTo(eigenvalues(matrix)[2], within(1e-3));
    }

    @Test
    void theZeroOperatorNegativeSpectraAndSizeOneAreNoTrouble() {
        assertThat(new Path(Tracking.of(1, 1e-3, 60, 1))
                        .measure(diagonal(new double[9]))
                        .top()
                        .value())
                .isZero();
        TrackedSpectrum<double[]> negative = new Path(Tracking.of(1, 1e-6, 60, 1))
                .measure(Matrices.reflected(3, -1000, -2, -5, -7, -9, -11, -13, -20));
        assertThat(negative.top().value()).isCloseTo(-2, within(2e-5)); // 1e-6·2, and rounding of 1000
        TrackedSpectrum<double[]> one = new Path(Tracking.of(3, 1e-3, 60, 1)).measure(diagonal(-4));
        assertThat(one.values()).hasSize(1);
        assertThat(one.top().value()).isCloseTo(-4, within(1e-14));
        assertThat(one.rival()).isNaN();
        assertThat(new Path(Tracking.of(1, 1e-3, 60, 1))
                        .measure(new SymmetricMatrix(new double[0][0]))
                        .top()
                        .value())
                .isNaN();
    }

    /// A residual of 0 at λ = 5000 says more than sums of a hundred terms can know.
    @Test
    void residualAndErrorHoldWhatRoundingDid() {
        for (int seed = 0; seed < 20; seed++) {
            double[] values = new double[100];
            for (int i = 0; i < values.length; i++) {
                values[i] = 5000 * Math.pow(0.8, i) + seed;
            }
            SymmetricMatrix matrix = Matrices.reflected(seed, values);
            Path tracker = new Path(Tracking.of(2, 1e-14, 100, seed));
            for (int measurement = 0; measurement < 2; measurement++) {
                TrackedSpectrum<double[]> found = tracker.measure(matrix);
                for (int k = 0; k < 2; k++) {
                    double off = Math.abs(found.values().get(k).value() - values[k]);
                    assertThat(found.values().get(k).residual()).isPositive().isGreaterThanOrEqualTo(off);
                    assertThat(found.values().get(k).error()).isGreaterThanOrEqualTo(off);
                }
            }
        }
    }

    @Test
    void aDominantNegativeEigenvalueIsNotTheTop() {
        TrackedSpectrum<double[]> found =
                new Path(Tracking.of(1, 1e-4, 60, 1)).measure(Matrices.reflected(5, -100, 3, 2, 1, 0.5, 0.2, 0.1, 0));
        assertThat(found.top().value()).isCloseTo(3, within(3e-4));
    }

    @Test
    void afterANotANumberTheNextMeasurementStartsAnew() {
        Path tracker = new Path(Tracking.of(1, 1e-3, 60, 1));
        SymmetricMatrix matrix = along(0.1, 1, 0.7);
        tracker.measure(matrix);
        double[][] broken = along(0.1, 1, 0.7).rows();
        broken[3][2] = Double.NaN;
        broken[2][3] = Double.NaN;
        TrackedSpectrum<double[]> found = tracker.measure(new SymmetricMatrix(broken));
        assertThat(found.top().value()).isNaN();
        assertThat(found.top().converged()).isFalse();
        TrackedSpectrum<double[]> after = tracker.measure(matrix);
        assertThat(after.effort()).isEqualTo(TrackingEffort.START);
        assertThat(after.top().value()).isCloseTo(1, within(1e-3));
    }

    @Test
    void tooFewProductsAreSaidToBeTooFew() {
        TrackedSpectrum<double[]> found = new Path(Tracking.of(2, 1e-6, 4, 1)).measure(along(0.4, 1, 0.98));
        assertThat(found.effort()).isEqualTo(TrackingEffort.EXHAUSTED);
        assertThat(found.values()).hasSize(2).noneMatch(TrackedSpectrum.Tracked::converged);
        assertThat(found.products()).isEqualTo(4);
    }

    @Test
    void senselessSettingsAreRefused() {
        assertThatThrownBy(() -> Tracking.of(1, 0, 9, 0)).hasMessage("tolerance = 0 is outside (0, 1)");
        assertThatThrownBy(() -> new Tracking(2, 1, 1, 0.1, 9, 0))
                .hasMessage("count = 2, most = 1: track at least one, and at most `most`");
    }
}
