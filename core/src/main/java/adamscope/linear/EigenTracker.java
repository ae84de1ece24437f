package adamscope.linear;

import adamscope.linear.TrackedSpectrum.Effort;
import adamscope.linear.TrackedSpectrum.Tracked;
import java.util.List;

/// Follows the largest eigenvalues of an operator that changes a little from one measurement to the next: a block
/// Davidson method, warm from the vectors of the measurement before.
///
/// It keeps the tracked vectors and one rival, the next one below. A measurement multiplies the tracked vectors and
/// expands by residuals until residual²/gap is within the tolerance (Kato 1949; Temple 1928). A single warm vector
/// locks
/// onto the second eigenvalue when two cross; so the rival is multiplied too whenever its last value, with twice the
/// fastest drift seen lately for each measurement since, reaches a tracked one, when a value jumps, and every fifth
/// time
/// at the latest. Where the rival's own bound reaches a tracked value it is refined until it is clear which is larger.
///
/// What one measurement leaves for the next is a value, [State]: one vector for each tracked eigenvalue, one for the
/// rival, and some numbers. A tracker itself has no state and may serve many threads.
///
/// @param settings how to track
public record EigenTracker<V>(Settings settings) {
    static final double LEAST_DRIFT = 0.005;

    /// How to track.
    ///
    /// @param count       how many of the largest eigenvalues, at first
    /// @param most        how many at most; the count grows while the smallest tracked value is near the threshold
    /// @param near        how near that is, relative to the threshold
    /// @param tolerance   largest error, relative to |value|
    /// @param maxProducts in one measurement
    /// @param seed        of every random vector
    public record Settings(int count, int most, double near, double tolerance, int maxProducts, long seed) {
        public Settings {
            if (count < 1 || most < count) {
                throw new IllegalArgumentException(
                        "count = " + count + ", most = " + most + ": track at least one, and at most `most`");
            }
            if (!(tolerance > 0 && tolerance < 1)) {
                throw new IllegalArgumentException("tolerance = " + tolerance + " is outside (0, 1)");
            }
            if (maxProducts < 1) {
                throw new IllegalArgumentException("maxProducts = " + maxProducts + " is outside [1, inf)");
            }
        }

        /// A fixed number of values.
        public static Settings of(int count, double tolerance, int maxProducts, long seed) {
            return new Settings(count, count, 1, tolerance, maxProducts, seed);
        }
    }

    /// What a measurement leaves for the next.
    ///
    /// @param vectors       of the tracked values
    /// @param values        the tracked values
    /// @param rival         the vector below them; null: none known
    /// @param rivalValue    its value when last looked at; −∞: nothing else
    /// @param rivalResidual its residual then
    /// @param rivalAge      measurements since
    /// @param looks         how often a rival has been looked at
    /// @param drift         |Δ ln λ₁| a measurement, the fastest of late
    public record State<V>(
            List<V> vectors,
            double[] values,
            V rival,
            double rivalValue,
            double rivalResidual,
            int rivalAge,
            int looks,
            double drift) {
        public State {
            vectors = List.copyOf(vectors);
        }

        /// Before the first search.
        public static <V> State<V> none() {
            return new State<>(List.of(), new double[0], null, Double.NEGATIVE_INFINITY, 0, 0, 0, LEAST_DRIFT);
        }
    }

    /// A measurement and what it leaves; all vectors belong to the caller's scope.
    public record Step<V>(TrackedSpectrum<V> found, State<V> state) {}

    /// The largest eigenvalues of this operator.
    public Step<V> measure(LinearOperator<V> operator, State<V> before) {
        return measure(operator, before, Double.POSITIVE_INFINITY);
    }

    /// The same, with the threshold near which more values are tracked.
    public Step<V> measure(LinearOperator<V> operator, State<V> before, double threshold) {
        if (operator.space().dimension() < 1) {
            TrackedSpectrum<V> nothing = new TrackedSpectrum<>(
                    List.of(new Tracked<>(Double.NaN, null, Double.NaN, Double.NaN, false)),
                    Double.NEGATIVE_INFINITY,
                    0,
                    0,
                    0,
                    Effort.ROUTINE);
            return new Step<>(nothing, State.none());
        }
        WarmSearch<V> search = new WarmSearch<>(settings, operator, before, threshold);
        TrackedSpectrum<V> found = search.run();
        State<V> after = search.after(found);
        search.release();
        return new Step<>(found, after);
    }
}
