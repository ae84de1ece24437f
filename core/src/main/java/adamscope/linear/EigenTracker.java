package adamscope.linear;

import adamscope.linear.RitzSpace.Ritz;
import adamscope.linear.TrackedSpectrum.Effort;
import adamscope.linear.TrackedSpectrum.Tracked;
import java.util.ArrayList;
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
/// The memory between measurements is one vector for each tracked value and one for the rival. One measurement runs at
/// a
/// time; different trackers may run in different threads.
public final class EigenTracker<V> implements AutoCloseable {
    private static final int OLDEST_RIVAL = 4;
    private static final int DEEP_LOOK = 4;
    private static final double LEAST_DRIFT = 0.005;
    private static final double FORGETTING = 0.8;
    private static final int FIRST_BASIS = 5;

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

    private final Settings settings;
    private List<V> vectors = List.of();
    private VectorSpace<V> lastSpace;
    private int count;
    private double[] values = {};
    private V rival;
    private double rivalValue = Double.NEGATIVE_INFINITY;
    private double rivalResidual;
    private int rivalAge;
    private int looks;
    private double drift = LEAST_DRIFT;

    public EigenTracker(Settings settings) {
        this.settings = settings;
        this.count = settings.count();
    }

    /// How many values the next measurement tracks.
    public synchronized int count() {
        return count;
    }

    /// The largest eigenvalues of this operator; the vectors belong to the caller's scope.
    public TrackedSpectrum<V> measure(LinearOperator<V> operator) {
        return measure(operator, Double.POSITIVE_INFINITY);
    }

    /// The same, with the threshold near which more values are tracked.
    public synchronized TrackedSpectrum<V> measure(LinearOperator<V> operator, double threshold) {
        if (operator.space().dimension() < 1) {
            return new TrackedSpectrum<>(
                    List.of(new Tracked<>(Double.NaN, null, Double.NaN, Double.NaN, false)),
                    Double.NEGATIVE_INFINITY,
                    0,
                    0,
                    0,
                    Effort.ROUTINE);
        }
        Measurement measurement = new Measurement(operator);
        TrackedSpectrum<V> found = measurement.run();
        measurement.remember(found, threshold);
        measurement.space.release();
        return found;
    }

    /// Forgets everything; the next measurement starts anew.
    @Override
    public synchronized void close() {
        vectors.forEach(lastSpace::release);
        vectors = List.of();
        if (rival != null) {
            lastSpace.release(rival);
            rival = null;
        }
        values = new double[0];
        rivalValue = Double.NEGATIVE_INFINITY;
        drift = LEAST_DRIFT;
    }

    private final class Measurement {
        private final LinearOperator<V> operator;
        private final RitzSpace<V> space;
        private final boolean cold = vectors.isEmpty();
        private final int wanted;
        private Effort effort = cold ? Effort.START : Effort.ROUTINE;
        private boolean rivalInside;
        private boolean lookedDeep;
        private List<Ritz> ritz;

        Measurement(LinearOperator<V> operator) {
            this.operator = operator;
            this.space = new RitzSpace<>(operator);
            this.wanted = (int) Math.min(count, operator.space().dimension());
        }

        TrackedSpectrum<V> run() {
            vectors.forEach(space::admit);
            while (space.finite() && space.size() < (cold ? 1 : wanted)) {
                if (!admitRandom()) {
                    break;
                }
            }
            rivalInside = cold;
            while (space.finite() && space.size() > 0) {
                ritz = space.ritz();
                if (space.complete()) {
                    break;
                }
                if (space.products() >= settings.maxProducts()) {
                    effort = unsettled() == null ? effort : Effort.EXHAUSTED;
                    break;
                }
                if (!rivalInside && lookDue()) {
                    admitRival();
                    continue;
                }
                Ritz next = unsettled();
                if (next == null || !space.expand(next.weights(), settings.seed() + space.products())) {
                    break;
                }
            }
            return found();
        }

        /// Whether the rival has to be multiplied: it is old, may have come near, or the spectrum jumped.
        private boolean lookDue() {
            if (ritz.size() < wanted) {
                return false;
            }
            double least = ritz.get(wanted - 1).value();
            double change = change();
            if (change > Math.max(0.05, 4 * drift)) {
                effort = Effort.JUMP;
                return true;
            }
            boolean seen = ritz.size() > wanted && ritz.get(wanted).value() > rivalValue;
            boolean near = predictedRival() >= least - settings.tolerance() * Math.abs(least);
            return seen || near || rivalAge >= OLDEST_RIVAL;
        }

        /// |Δ ln λ₁| since the measurement before.
        private double change() {
            double now = ritz.getFirst().value();
            return values.length == 0 || !(now > 0 && values[0] > 0) ? 0 : Math.abs(Math.log(now / values[0]));
        }

        private double predictedRival() {
            return rivalValue * (1 + Math.signum(rivalValue) * 2 * drift * (rivalAge + 1));
        }

        private void admitRival() {
            rivalInside = true;
            if (effort == Effort.ROUTINE) {
                effort = Effort.RIVAL;
            }
            looks++;
            if (rival == null || !space.admit(rival)) {
                admitRandom();
            }
        }

        private boolean admitRandom() {
            V random = operator.space().random(settings.seed() + space.products());
            boolean admitted = space.admit(random);
            operator.space().release(random);
            return admitted;
        }

        /// The first pair that is not yet known well enough; null when all are.
        private Ritz unsettled() {
            if (cold
                    && space.size()
                            < Math.min(wanted + FIRST_BASIS, operator.space().dimension())
                    && !exact()) {
                return ritz.getFirst();
            }
            for (int i = 0; i < wanted; i++) {
                if (i >= ritz.size()) {
                    return ritz.getLast();
                }
                if (!met(i)) {
                    return ritz.get(i);
                }
            }
            if (rivalInside && ritz.size() > wanted) {
                Ritz next = ritz.get(wanted);
                double least = ritz.get(wanted - 1).value();
                double error = rivalError(next);
                double tolerated = Math.max(settings.tolerance() * Math.abs(least), space.rounding());
                if (!cold && effort != Effort.JUMP && next.value() + error >= least - tolerated) {
                    effort = Effort.CROSSING;
                }
                if (error > tolerated && next.value() + error > least) {
                    return next;
                }
                if (!cold && looks % DEEP_LOOK == 0 && !lookedDeep) {
                    lookedDeep = true;
                    return next;
                }
            }
            return null;
        }

        /// Every residual is rounding error: nothing is left to find from here.
        private boolean exact() {
            return ritz.stream().allMatch(pair -> space.residual(pair) <= space.rounding());
        }

        private boolean met(int i) {
            return error(i)
                    <= Math.max(settings.tolerance() * Math.abs(ritz.get(i).value()), space.rounding());
        }

        /// How much the value below the tracked ones may be too small.
        private double rivalError(Ritz next) {
            double residual = space.residual(next);
            double lower = ritz.size() > wanted + 1 ? ritz.get(wanted + 1).value() : 0.7 * next.value();
            double gap = next.value() - lower;
            return gap > residual ? residual * residual / gap : residual;
        }

        /// Kato & Temple: residual² over the distance to the largest eigenvalue outside the tracked ones.
        private double error(int i) {
            double residual = space.complete() ? 0 : space.residual(ritz.get(i));
            double outside = predictedRival();
            if (rivalInside) {
                outside = ritz.size() > wanted ? ritz.get(wanted).value() : Double.NEGATIVE_INFINITY;
                outside += ritz.size() > wanted ? Math.min(space.residual(ritz.get(wanted)), spread(outside)) : 0;
            }
            double gap = ritz.get(i).value() - outside;
            return gap > residual ? residual * residual / gap : residual;
        }

        private double spread(double outside) {
            return 2 * drift * Math.abs(outside);
        }

        private TrackedSpectrum<V> found() {
            List<Tracked<V>> tracked = new ArrayList<>();
            for (int i = 0; i < wanted; i++) {
                if (!space.finite() || i >= ritz.size()) {
                    tracked.add(new Tracked<>(Double.NaN, null, Double.NaN, Double.NaN, false));
                } else {
                    Ritz pair = ritz.get(i);
                    boolean clear = space.complete() || effort != Effort.EXHAUSTED || met(i);
                    tracked.add(new Tracked<>(
                            pair.value(),
                            space.vector(pair.weights()),
                            space.complete() ? 0 : space.residual(pair),
                            error(i),
                            clear && (space.complete() || met(i))));
                }
            }
            boolean looked = space.finite() && rivalInside;
            boolean other = looked && ritz.size() > wanted;
            double value = other ? ritz.get(wanted).value() : looked ? Double.NEGATIVE_INFINITY : rivalValue;
            double residual = other ? space.residual(ritz.get(wanted)) : looked ? 0 : rivalResidual;
            return new TrackedSpectrum<>(tracked, value, residual, looked ? 0 : rivalAge + 1, space.products(), effort);
        }

        /// Keeps what the next measurement starts from.
        void remember(TrackedSpectrum<V> found, double threshold) {
            if (!space.finite()) {
                if (lastSpace != null) {
                    close();
                }
                return;
            }
            VectorSpace<V> vectorSpace = operator.space();
            if (!cold && effort != Effort.JUMP) {
                drift = Math.max(LEAST_DRIFT, Math.max(change(), FORGETTING * drift));
            }
            V nextRival = rival;
            if (rivalInside && ritz.size() > wanted) {
                nextRival = vectorSpace.retained(space.vector(ritz.get(wanted).weights()));
            }
            if (nextRival != rival && rival != null) {
                vectorSpace.release(rival);
            }
            rival = nextRival;
            vectors.forEach(vectorSpace::release);
            List<V> kept = new ArrayList<>();
            for (Tracked<V> pair : found.values()) {
                kept.add(vectorSpace.retained(vectorSpace.scaled(1, pair.vector())));
            }
            values = found.values().stream().mapToDouble(Tracked::value).toArray();
            rivalValue = found.rival();
            rivalResidual = found.rivalResidual();
            rivalAge = found.rivalAge();
            boolean near = values[values.length - 1] >= settings.near() * threshold;
            if (near && count < settings.most() && rival != null) {
                kept.add(rival);
                rival = null;
                rivalAge = OLDEST_RIVAL;
                count++;
            }
            vectors = kept;
            lastSpace = vectorSpace;
        }
    }
}
