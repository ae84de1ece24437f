package adamscope.linear;

import adamscope.formula.PlainText;
import adamscope.linear.TrackedSpectrum.Standing;
import adamscope.linear.TrackedSpectrum.Tracked;
import adamscope.linear.TrackedSpectrum.TrackingEffort;
import java.util.List;

/// Follows the largest eigenvalues of an operator that changes a little from one measurement to the next: a block
/// Davidson method, warm from the vectors of the measurement before, under certificates from random ones.
///
/// A value lies between its Ritz value, below which it cannot be (Cauchy), and the eigenvalue of a [Majorant], which
/// needs a bound on everything outside the basis. A warm start has none to give: it would never meet an eigenvector
/// that it has no part in. So the bound comes from a Lanczos process that starts at a fresh random vector,
/// [RandomStart]: a *certificate*, wrong with a probability of at most [#MISS], whatever the operator and its past.
/// Measurements in between rest on the last one: they add to its bounds what may have risen since, an eighth of what
/// the operator did to the tracked vector, at least 1 %, and at least what eigenvalues were seen to move; their
/// values are *probable*. When the bound is used up, when the value jumps, or when more Ritz values lie above it than
/// can be, the next certificate is due.
///
/// The nearest eigenvectors below, the rivals, are kept, with bounds of their own; one is multiplied when its bound
/// comes near. What one measurement leaves for the next is a value, [TrackerState]. A tracker itself has no state and
/// may serve many threads.
///
/// @param settings how to track
public record EigenTracker<V>(Tracking settings) {
    /// The largest probability that a certified value is not what it is said to be.
    public static final double MISS = 1e-3;

    static final double LEAST_DRIFT = 0.01;

    /// How to track.
    ///
    /// @param count       how many of the largest eigenvalues, at first
    /// @param most        how many at most; the count grows while the smallest tracked value is near the threshold
    /// @param near        how near that is, relative to the threshold
    /// @param tolerance   largest error, relative to |value|
    /// @param maxProducts in one measurement
    /// @param seed        of every random vector
    public record Tracking(int count, int most, double near, double tolerance, int maxProducts, long seed) {
        public Tracking {
            if (count < 1 || most < count) {
                throw new IllegalArgumentException(
                        "count = " + count + ", most = " + most + ": track at least one, and at most `most`");
            }
            if (!(tolerance > 0 && tolerance < 1)) {
                throw new IllegalArgumentException(
                        "tolerance = " + new PlainText().number(tolerance) + " is outside (0, 1)");
            }
            if (maxProducts < 1) {
                throw new IllegalArgumentException("maxProducts = " + maxProducts + " is outside [1, inf)");
            }
        }

        /// A fixed number of values.
        public static Tracking of(int count, double tolerance, int maxProducts, long seed) {
            return new Tracking(count, count, 1, tolerance, maxProducts, seed);
        }
    }

    /// What a measurement leaves for the next.
    ///
    /// @param vectors of the tracked values
    /// @param values  the tracked values
    /// @param outlook what is known of the others
    /// @param clock   measurements made
    /// @param drift   how fast eigenvalues move against the first, relative to it, a measurement
    public record TrackerState<V>(List<V> vectors, double[] values, Outlook<V> outlook, long clock, double drift) {
        public TrackerState {
            vectors = List.copyOf(vectors);
        }

        /// Before the first search.
        public static <V> TrackerState<V> none() {
            return new TrackerState<>(List.of(), new double[0], Outlook.none(), 0, LEAST_DRIFT);
        }

        /// The same after so many measurements.
        public TrackerState<V> at(long measurements) {
            return new TrackerState<>(vectors, values, outlook, measurements, drift);
        }
    }

    /// A measurement and what it leaves; all vectors belong to the caller's scope.
    public record Step<V>(TrackedSpectrum<V> found, TrackerState<V> state) {}

    /// What another search found, under a certificate of this one: its vectors are no more than a start, and as many
    /// values are wanted.
    ///
    /// @param vectors near eigenvectors, the largest eigenvalue first
    /// @param values  theirs
    public Step<V> certify(LinearOperator<V> operator, List<V> vectors, double[] values) {
        return measure(operator, new TrackerState<>(vectors, values, Outlook.none(), 1, LEAST_DRIFT));
    }

    /// The largest eigenvalues of this operator.
    public Step<V> measure(LinearOperator<V> operator, TrackerState<V> before) {
        return measure(operator, before, Double.POSITIVE_INFINITY);
    }

    /// The same, with the threshold near which more values are tracked.
    public Step<V> measure(LinearOperator<V> operator, TrackerState<V> before, double threshold) {
        if (operator.space().dimension() < 1) {
            TrackedSpectrum<V> nothing = new TrackedSpectrum<>(
                    List.of(new Tracked<>(Double.NaN, null, Double.NaN, Double.NaN, Standing.OPEN)),
                    Double.NaN,
                    false,
                    0,
                    TrackingEffort.ROUTINE);
            return new Step<>(nothing, TrackerState.none());
        }
        WarmSearch<V> search = new WarmSearch<>(settings, operator, before, threshold);
        TrackedSpectrum<V> found = search.run();
        TrackerState<V> after = search.after(found);
        search.release();
        return new Step<>(found, after);
    }
}
