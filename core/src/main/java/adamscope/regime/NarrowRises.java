package adamscope.regime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/// Rises of a few rows, judged by what is usual around them on both sides.
///
/// A top is the highest row of its neighbourhood of 17; its height is over the median of 40 rows on each side. The tops
/// of noise have a Gumbel distribution, P(height > h) ≈ exp(−(h − μ)/β), whatever the tail of the noise as long as it
/// falls off exponentially or faster. μ and β come from the quartiles of the [#AROUND] tops on each side, so frequent
/// large tops, as of a restless curve, make the next large one nothing special. A top is a rise if it exceeds both that
/// median and the one of the 40 rows before by 20 %, and its height is one that [#EXPECTED] tops of the whole curve
/// would reach by chance, and half as much again as that of most tops around, which are alike in a regular swing.
/// Where noise is small, what it may reach by its deviation is known better, and decides if it is less. In any case a
/// rise exceeds what normal noise of the rows around may reach ([LocalNoise]).
final class NarrowRises {
    /// The least rise, in decades: 20 %.
    static final double LEAST = 0.08;

    /// Tops that pass by chance, in a whole curve.
    private static final double EXPECTED = 0.1;

    /// Larger than the upper quartile of the tops by so much.
    private static final double BEYOND_MOST = 1.5;

    /// Where noise may reach further, in decades, its deviation says little about its tail.
    private static final double SMALL = 0.15;

    /// Tops on each side that show what is usual.
    private static final int AROUND = 20;

    private static final int FEWEST_TOPS = 8;
    private static final int WIDEST = 8;
    private static final int FEWEST_AFTER = 5;

    /// Quartiles of the standard Gumbel distribution, −ln(−ln p).
    private static final double LOWER = -Math.log(Math.log(4));

    private static final double UPPER = -Math.log(Math.log(4.0 / 3));

    private final LossCurve curve;
    private final LocalNoise noise;
    private final double[] y;
    private final int reach;
    private final int[] tops;
    private final double[] heights;

    NarrowRises(LossCurve curve, LocalNoise noise) {
        this.curve = curve;
        this.noise = noise;
        this.y = curve.log10Loss();
        this.reach = Math.clamp(y.length / 20, 2, WIDEST);
        this.tops = tops();
        this.heights = new double[tops.length];
        Arrays.fill(heights, Double.NaN);
    }

    /// The rises outside of those that are known already.
    List<SpikeEvent> beside(List<SpikeEvent> known, int window) {
        List<SpikeEvent> found = new ArrayList<>();
        if (tops.length <= FEWEST_TOPS) {
            return found;
        }
        boolean[] taken = taken(known, window);
        for (int top = 0; top < tops.length; top++) {
            int i = tops[top];
            if (i >= LocalNoise.REACH / 2 && i < y.length - FEWEST_AFTER && !taken[i] && high(i)) {
                rise(top, found);
            }
        }
        return found;
    }

    private boolean[] taken(List<SpikeEvent> known, int window) {
        boolean[] taken = new boolean[y.length];
        for (SpikeEvent event : known) {
            int to = curve.at(event.recovery().orElse(event.peak())) + window;
            Arrays.fill(taken, Math.max(0, curve.at(event.onset()) - window), Math.min(y.length, to), true);
        }
        return taken;
    }

    /// The rows that are the highest among those within reach, the first of equal ones.
    private int[] tops() {
        int[] found = new int[y.length / (reach + 1) + 1];
        int count = 0;
        for (int i = 0; i < y.length; i++) {
            int to = Math.min(y.length - 1, i + reach);
            boolean top = true;
            for (int k = i + 1; k <= to && top; k++) {
                top = y[k] <= y[i];
            }
            for (int k = i - 1; k >= Math.max(0, i - reach) && top; k--) {
                top = y[k] < y[i];
            }
            if (top) {
                found[count++] = i;
                i += reach;
            }
        }
        return Arrays.copyOf(found, count);
    }

    /// Whether a row lies by the least rise above most of the rows before: quick, for the many that do not.
    private boolean high(int i) {
        int from = Math.max(0, i - LocalNoise.REACH);
        int near = 0;
        for (int k = i - 1; k >= from && 2 * near <= i - from; k--) {
            near += y[k] >= y[i] - LEAST ? 1 : 0;
        }
        return 2 * near <= i - from;
    }

    private double height(int top) {
        if (Double.isNaN(heights[top])) {
            heights[top] = y[tops[top]] - LocalNoise.median(around(tops[top]));
        }
        return heights[top];
    }

    /// The points around a row, without itself and its neighbours.
    private double[] around(int at) {
        int from = Math.max(0, at - LocalNoise.REACH);
        int to = Math.min(y.length, at + LocalNoise.REACH + 1);
        double[] before = Arrays.copyOfRange(y, from, Math.max(from, at - 1));
        double[] after = Arrays.copyOfRange(y, Math.min(to, at + 2), to);
        double[] both = Arrays.copyOf(before, before.length + after.length);
        System.arraycopy(after, 0, both, before.length, after.length);
        return both;
    }

    private void rise(int top, List<SpikeEvent> found) {
        int i = tops[top];
        double level = LocalNoise.median(Arrays.copyOfRange(y, Math.max(0, i - LocalNoise.REACH), i));
        double threshold = Math.max(noise.bound(i, i), Math.min(byChance(top), ofSmallNoise(i)));
        double height = y[i] - level;
        if (height <= LEAST || height(top) <= threshold) {
            return;
        }
        int onset = i;
        while (onset > i - reach && y[onset - 1] > level + height / 2) {
            onset--;
        }
        double back = Math.max(level, y[i] - height(top)) + Math.max(threshold / 4, height / 10);
        found.add(new SpikeEvent(
                curve.steps()[onset],
                curve.steps()[i],
                recovery(i, back),
                height,
                height / Math.max(LEAST, threshold),
                level));
    }

    /// The height that so few tops of the whole curve reach by chance, if they are like those around.
    private double byChance(int top) {
        int from = Math.clamp(top - AROUND, 0, Math.max(0, tops.length - 2 * AROUND - 1));
        int to = Math.min(tops.length, from + 2 * AROUND + 1);
        double[] others = new double[to - from - 1];
        for (int k = from, count = 0; k < to; k++) {
            if (k != top) {
                others[count++] = height(k);
            }
        }
        Arrays.sort(others);
        double lower = quantile(others, 0.25);
        double upper = quantile(others, 0.75);
        double scale = (upper - lower) / (UPPER - LOWER);
        return Math.max(BEYOND_MOST * upper, lower + scale * (Math.log(tops.length / EXPECTED) - LOWER));
    }

    /// What noise may reach by its deviation, for a rise of one or two rows in small noise; else infinite.
    private double ofSmallNoise(int i) {
        double[] points = around(i);
        double bound = noise.bound(points);
        double half = (y[i] + LocalNoise.median(points)) / 2;
        boolean narrow = y[i - 2] < half && y[i + 2] < half && (y[i - 1] < half || y[i + 1] < half);
        return narrow && bound <= SMALL ? bound : Double.POSITIVE_INFINITY;
    }

    private static double quantile(double[] sorted, double part) {
        double place = part * (sorted.length - 1);
        int below = (int) place;
        return sorted[below] + (place - below) * (sorted[Math.min(below + 1, sorted.length - 1)] - sorted[below]);
    }

    private OptionalLong recovery(int peak, double target) {
        for (int i = peak + 1; i < y.length; i++) {
            if (y[i] <= target) {
                return OptionalLong.of(curve.steps()[i]);
            }
        }
        return OptionalLong.empty();
    }
}
