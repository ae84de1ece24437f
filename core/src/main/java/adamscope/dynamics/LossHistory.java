package adamscope.dynamics;

import java.util.Locale;

/// The loss of a run seen through windows, and what it says of the outcome.
///
/// The maximum over a window is the sustained loss: a single passage through zero does not lower it.
///
/// @param windowMax log₁₀ of the largest loss in each window; −∞ for zero, NaN where it was no number
/// @param first     log₁₀ loss at the start
public record LossHistory(double[] windowMax, double first) {
    /// Fall and rise, in decades, that make a spike; rise above the start that makes a divergence.
    public static final double SPIKE_DECADES = 3;

    private static final double CLEAR_FALL = 3;
    private static final double SLOW_FALL = 0.3;
    private static final double DEEP_FALL = 6;
    private static final double STILL = 1e-3;
    private static final int FEWEST_SETTLED = 4;
    /// Parts of the second half, of which the last so many have to fall faster and faster, in all by this factor.
    private static final int EIGHTHS = 8;
    private static final int LATE_EIGHTHS = 5;
    private static final double FASTER = 1.2;
    private static final double LAST_PART = 0.05;

    /// Windows below which nothing is said.
    static final int FEWEST_WINDOWS = 10;

    /// The window length for a run: 50 steps, less where the run is short.
    public static int windowLength(long steps) {
        return Math.clamp(steps / 40, 1, 50);
    }

    /// The lowest sustained loss, log₁₀.
    public double sustainedMinimum() {
        return smallest(0, windowMax.length);
    }

    /// The outcome, from the loss alone; a run that left the range of numbers is known to its kernel, not here.
    public Outcome outcome() {
        int n = windowMax.length;
        if (n < FEWEST_WINDOWS) {
            return new Outcome.Undecided(
                    "the run is too short to judge: it has fewer than " + FEWEST_WINDOWS + " steps");
        }
        double half = largest(2 * n / 5, n / 2);
        double end = largest(n - Math.max(1, n / 10), n);
        double fall = end == Double.NEGATIVE_INFINITY && half == end ? Double.POSITIVE_INFINITY : half - end;
        double lateRise = largestRise(n / 2, 0);
        boolean settled = isSettled(fall);
        if (end > first + SPIKE_DECADES && fall < -SLOW_FALL) {
            return new Outcome.Diverged(firstWindowAbove(first + SPIKE_DECADES));
        }
        boolean falls = lateRise <= fall / 4 && fallsToTheEnd() && (fall >= CLEAR_FALL || fall >= 1 && fallsEvenly());
        boolean fallsSlowly = fall >= SLOW_FALL && lateRise < 1e-9 && first - end >= DEEP_FALL;
        if (!settled && (falls || fallsSlowly)) {
            if (fall < Double.POSITIVE_INFINITY && lateRise < 1e-9 && fallsFasterAndFaster()) {
                return onItsWay(fall);
            }
            return new Outcome.Converged(
                    fall, 0, fall == Double.POSITIVE_INFINITY ? Outcome.Approach.EXACT : Outcome.Approach.FALLING);
        }
        if (fall > 0 && lateRise <= fall / 1000 && fallsEvenly()) {
            return stillFalling(fall);
        }
        if (settled && fall > STILL) {
            return new Outcome.Cycling(end, 0);
        }
        if (fall > STILL && lateRise < 1e-9) {
            return stillFalling(fall);
        }
        if (largest(n / 2, n) - smallest(n / 2, n) < 1) {
            return new Outcome.Cycling(end, 0);
        }
        double rise = largestRise(0, SPIKE_DECADES);
        if (rise >= SPIKE_DECADES) {
            return new Outcome.Spiking(rise);
        }
        return Math.abs(fall) < 1
                ? new Outcome.Cycling(end, 0)
                : new Outcome.Undecided(
                        "the loss neither falls for good nor keeps a level nor spikes; more steps would tell");
    }

    /// On its way down without a rise, but not for long enough to say where it goes.
    private static Outcome stillFalling(double fall) {
        return new Outcome.Undecided(String.format(
                Locale.ROOT,
                "the loss still falls, by %.2g decades over the last half of the run; more steps would show where"
                        + " it goes",
                fall));
    }

    /// Before its arrival: a step of fixed length takes ever more decades of what is left, and then passes the minimum.
    private static Outcome onItsWay(double fall) {
        return new Outcome.Undecided(String.format(
                Locale.ROOT,
                "the loss falls faster and faster, by %.2g decades over the last half of the run: it is still on its"
                        + " way; more steps would show whether it stays there",
                fall));
    }

    /// Whether the fall grows to the very end, each eighth of the second half falling more steeply than the one before
    /// it:
    /// where a run converges it falls evenly at last, or less and less.
    private boolean fallsFasterAndFaster() {
        int n = windowMax.length;
        if (n < 2 * EIGHTHS) {
            return false;
        }
        double first = 0;
        double before = 0;
        for (int eighth = EIGHTHS - LATE_EIGHTHS + 1; eighth < EIGHTHS; eighth++) {
            int last = begin(eighth - 1);
            int here = begin(eighth);
            double slope = (largest(last, here) - largest(here, begin(eighth + 1))) / (here - last);
            if (!(slope > before)) {
                return false;
            }
            first = first == 0 ? slope : first;
            before = slope;
        }
        return before > FASTER * first;
    }

    /// The first window of an eighth of the second half.
    private int begin(int eighth) {
        int n = windowMax.length;
        return n / 2 + eighth * (n - n / 2) / EIGHTHS;
    }

    /// Whether the level has stopped falling: in the last windows it moves by less than a hundredth of the late fall.
    private boolean isSettled(double fall) {
        int n = windowMax.length;
        int from = n - Math.max(FEWEST_SETTLED, n / 10);
        double least = smallest(from, n);
        return least > Double.NEGATIVE_INFINITY && largest(from, n) - least < Math.max(STILL, fall / 100);
    }

    /// Whether each quarter of the second half lies below the one before it, by a fifth of the whole fall at least: a
    /// level that merely shifted does not.
    private boolean fallsEvenly() {
        double[] quarters = lateQuarters();
        double whole = quarters[0] - quarters[3];
        return whole > 0
                && quarters[0] - quarters[1] >= whole / 5
                && quarters[1] - quarters[2] >= whole / 5
                && quarters[2] - quarters[3] >= whole / 5;
    }

    /// Whether the last quarter of the second half takes its part of the fall, a twentieth at least: by a power of the
    /// time it takes a fifth. A run that fell all at once and then keeps a level, however uneven, has not converged.
    private boolean fallsToTheEnd() {
        double[] quarters = lateQuarters();
        return quarters[3] == Double.NEGATIVE_INFINITY
                || quarters[2] - quarters[3] >= (quarters[0] - quarters[3]) * LAST_PART;
    }

    /// The largest of each quarter of the second half.
    private double[] lateQuarters() {
        int n = windowMax.length;
        double[] quarters = new double[4];
        for (int q = 0; q < 4; q++) {
            quarters[q] = largest(n / 2 + q * (n - n / 2) / 4, n / 2 + (q + 1) * (n - n / 2) / 4);
        }
        return quarters;
    }

    private long firstWindowAbove(double level) {
        for (int w = 0; w < windowMax.length; w++) {
            if (windowMax[w] > level) {
                return w;
            }
        }
        return windowMax.length;
    }

    private double largest(int from, int to) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int w = from; w < to; w++) {
            if (!(windowMax[w] <= largest)) {
                largest = windowMax[w];
                if (largest != largest) {
                    return largest;
                }
            }
        }
        return largest;
    }

    private double smallest(int from, int to) {
        double smallest = Double.POSITIVE_INFINITY;
        for (int w = from; w < to; w++) {
            if (!(windowMax[w] >= smallest)) {
                smallest = windowMax[w];
                if (smallest != smallest) {
                    return smallest;
                }
            }
        }
        return smallest;
    }

    /// The largest rise above an earlier level that had itself been reached by a fall of at least `fallen`; after a
    /// window without a number nothing counts as a fall.
    private double largestRise(int from, double fallen) {
        double rise = 0;
        double highest = Double.NEGATIVE_INFINITY;
        double lowest = Double.POSITIVE_INFINITY;
        for (int w = from; w < windowMax.length; w++) {
            double level = windowMax[w];
            if (!(level <= highest) && highest == highest) {
                highest = level;
            }
            if (level < lowest && level <= highest - fallen) {
                lowest = level;
            }
            if (level - lowest > rise) {
                rise = level - lowest;
            }
        }
        return rise;
    }
}
