package adamscope.inspection;

import adamscope.diagnosis.FloatFormat;
import java.util.Optional;
import java.util.OptionalDouble;

/// m, v and θ of one parameter held against one another, counted as they pass.
final class MomentCount {
    /// Below this |m|/√v a coordinate has had no gradient for many steps, as behind a dead unit; it need not move.
    private static final double ALIVE = 1e-4;

    private final RatioBound declared;
    private final RatioBound rounded;
    private final double beta2;
    private final double eps;
    private final double lr;
    private final double firstCorrection;
    private final double secondCorrection;
    private final FloatFormat stuckFormat;
    private final Optional<FloatFormat> weights;
    private final double maximumKept;
    private long count;
    private long beyond;
    private long beyondRounded;
    private double largestRatio;
    private long largestAt = -1;
    private long emptied;
    private double emptiedLargest;
    private long zeroBeside;
    private long belowMaximum;
    private double lowestMaximum = 1;
    private long stuck;
    private double stuckLargest;
    private double lostLargest = -1;
    private double lostBound;
    private long positive;
    private long floored;
    private long moving;
    private long lost;
    private double steps;
    private double ratios;
    private long ratioCount;
    private Histogram roots = new Histogram();
    private Spread spread;

    /// @param stuckFormat in which v decays
    MomentCount(ParameterState state, FloatFormat stuckFormat) {
        StateRule rule = state.rule();
        OptionalDouble step = state.step();
        this.stuckFormat = stuckFormat;
        this.beta2 = rule.or("beta2", Double.NaN);
        this.eps = rule.or("eps", 0);
        this.lr = rule.or("lr", Double.NaN);
        this.firstCorrection = rule.correction("beta1", step);
        this.secondCorrection = rule.correction("beta2", step);
        this.weights = state.tensor(Role.WEIGHTS).map(TensorNumbers::format);
        FloatFormat second = state.tensor(Role.SECOND).orElseThrow().format();
        FloatFormat first = state.tensor(Role.FIRST).map(TensorNumbers::format).orElse(second);
        this.maximumKept = state.tensor(Role.LARGEST)
                .filter(max -> max.format() != second)
                .map(max -> 1 - Math.scalb(1.0, -max.format().digits()))
                .orElse(1.0);
        double bound = rule.bound(step);
        double beta1 = rule.or("beta1", 0);
        this.declared = new RatioBound(bound, beta1, beta2, first, second);
        this.rounded = RatioBound.ofRounded(bound, beta1, beta2);
    }

    /// @param x   θ, or null
    /// @param m   or null
    /// @param max vmax, or null
    void add(double[] x, double[] m, double[] v, double[] max) {
        for (int i = 0; i < v.length; i++) {
            if (v[i] >= 0 && v[i] < Double.POSITIVE_INFINITY) {
                double denominator = max != null && max[i] >= 0 ? max[i] : v[i];
                second(v[i], denominator);
                if (max != null && max[i] < v[i] * maximumKept) {
                    belowMaximum++;
                    lowestMaximum = Math.min(lowestMaximum, max[i] / v[i]);
                }
                if (m != null && Double.isFinite(m[i])) {
                    first(m[i], v[i], denominator, count + i, x == null ? Double.NaN : x[i]);
                }
            }
        }
        count += v.length;
    }

    private void second(double v, double denominator) {
        if (v > 0) {
            positive++;
            if ((1 - beta2) * v < stuckFormat.lastBit(v) / 2) {
                stuck++;
                stuckLargest = Math.max(stuckLargest, v);
            }
        }
        if (denominator > 0) {
            double root = Math.sqrt(denominator / secondCorrection);
            roots.add(root);
            floored += eps >= root ? 1 : 0;
        }
    }

    private void first(double m, double v, double denominator, long at, double x) {
        if (m == 0) {
            ratioCount += v > 0 ? 1 : 0;
            return;
        }
        double ratio = Math.abs(m) / Math.sqrt(v);
        if (ratio > largestRatio) {
            largestRatio = ratio;
            largestAt = at;
        }
        boolean exceeded = declared.exceeded(m, v);
        beyond += exceeded ? 1 : 0;
        beyondRounded += rounded.exceeded(m, v) ? 1 : 0;
        double average = Math.abs(m) / firstCorrection;
        if (v == 0 && !exceeded) {
            zeroBeside++;
            emptied += average > eps ? 1 : 0;
            emptiedLargest = Math.max(emptiedLargest, Math.abs(m));
        }
        double root = Math.sqrt(denominator / secondCorrection);
        double unscaled = average / (root + eps);
        if (v > 0) {
            ratios += average * average / (v / secondCorrection);
            ratioCount++;
        }
        steps += Double.isFinite(unscaled) ? unscaled * unscaled : 0;
        if (weights.isPresent() && Double.isFinite(x) && ratio >= ALIVE) {
            moving++;
            double half = weights.get().lastBit(x) / 2;
            if (lr * unscaled < half) {
                lost++;
                if (lr * unscaled > lostLargest) {
                    lostLargest = lr * unscaled;
                    lostBound = half;
                }
            }
        }
    }

    /// R with the formats as declared.
    RatioBound declared() {
        return declared;
    }

    /// Coordinates with |m|/√v above R; where the numbers were rounded to a shorter format, beyond that rounding too.
    long beyond(boolean coarse) {
        RatioBound used = coarse ? rounded : declared;
        return used.applies() ? coarse ? beyondRounded : beyond : 0;
    }

    /// The largest |m|/√v; infinite where v = 0.
    double largestRatio() {
        return largestRatio;
    }

    long largestAt() {
        return largestAt;
    }

    /// Coordinates with v = 0 beside an m ≠ 0, where an underflow of g² explains it.
    long zeroBeside() {
        return zeroBeside;
    }

    /// Coordinates with vmax < v.
    long belowMaximum() {
        return belowMaximum;
    }

    /// The least vmax/v.
    double lowestMaximum() {
        return lowestMaximum;
    }

    /// Those of [#zeroBeside()] that ε does not hold down.
    long emptied() {
        return emptied;
    }

    double emptiedLargest() {
        return emptiedLargest;
    }

    /// Coordinates in which β₂·v rounds to v.
    long stuck() {
        return stuck;
    }

    /// The largest v among them.
    double stuckLargest() {
        return stuckLargest;
    }

    /// The format in which v decays.
    FloatFormat stuckFormat() {
        return stuckFormat;
    }

    /// Coordinates with v > 0.
    long positive() {
        return positive;
    }

    /// Coordinates with ε ≥ √v̂ > 0.
    long floored() {
        return floored;
    }

    /// Coordinates in which m is alive.
    long moving() {
        return moving;
    }

    /// Those of them whose update is below half the last bit of θ.
    long lost() {
        return lost;
    }

    /// The largest of the lost updates.
    double lostLargest() {
        return lostLargest;
    }

    /// Half the last bit of θ there.
    double lostBound() {
        return lostBound;
    }

    /// ‖m̂/(√v̂ + ε)‖², the square of the next step over lr.
    double steps() {
        return steps;
    }

    /// √ of the mean of (m̂/√v̂)² over coordinates with v > 0; NaN if there are none.
    double meanRatio() {
        return ratioCount == 0 ? Double.NaN : Math.sqrt(ratios / ratioCount);
    }

    /// Ends the count; the classes of its histogram are given back.
    void end() {
        spread = new Spread(roots.quantile(0.05), roots.quantile(0.5), roots.quantile(0.95));
        roots = null;
    }

    /// √v̂ where it is positive.
    Spread roots() {
        return spread;
    }

    /// √v over √v̂.
    double rootCorrection() {
        return Math.sqrt(secondCorrection);
    }

    long count() {
        return count;
    }
}
