package adamscope.regime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Rises of one or two rows, and those of the first rows, which a search for a sustained loss cannot see.
///
/// A row counts if it is the highest of its 17, its second neighbours are less than half as high, and it exceeds both
/// the median of the 40 points before by [#LEAST] and the median of 40 on each side by what noise may reach there
/// ([LocalNoise]), where that is at most 0.15 decades. In the first rows no level is known yet; there a rise out of the
/// lowest row so far counts from
/// [#LEAST_FIRST].
final class OneRowRises {
    /// The least rise of one row, in decades: 20 %.
    static final double LEAST = 0.08;

    /// The least rise in the first rows: tenfold.
    static final double LEAST_FIRST = 1;

    /// Where noise may reach further, in decades, narrow rises cannot be told from its tail.
    private static final double MOST_NOISE = 0.15;

    private static final int HIGHEST_AMONG = 8;
    private static final int FEWEST_AFTER = 5;

    private final LossCurve curve;
    private final double[] y;
    private final LocalNoise noise;

    OneRowRises(LossCurve curve, LocalNoise noise) {
        this.curve = curve;
        this.y = curve.log10Loss();
        this.noise = noise;
    }

    /// The rises outside of those that are known already.
    List<SpikeEvent> beside(List<SpikeEvent> known, int window) {
        boolean[] taken = taken(known, window);
        List<SpikeEvent> found = new ArrayList<>();
        first(window).filter(event -> !taken[curve.at(event.peak())]).ifPresent(found::add);
        for (int i = LocalNoise.REACH / 2; i < y.length - FEWEST_AFTER; i++) {
            if (!taken[i] && narrow(i)) {
                narrowRise(i, found);
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

    /// The highest of 17, by half of the least rise higher than the second neighbours.
    private boolean narrow(int i) {
        if (y[i] - Math.max(y[i - 2], y[i + 2]) < LEAST / 2) {
            return false;
        }
        int to = Math.min(y.length - 1, i + HIGHEST_AMONG);
        for (int k = i - HIGHEST_AMONG; k <= to; k++) {
            if (y[k] > y[i] || y[k] == y[i] && k < i) {
                return false;
            }
        }
        return true;
    }

    private void narrowRise(int i, List<SpikeEvent> found) {
        double level = LocalNoise.median(Arrays.copyOfRange(y, Math.max(0, i - LocalNoise.REACH), i));
        double height = y[i] - level;
        if (height <= LEAST) {
            return;
        }
        double[] around = noise.around(i);
        double middle = LocalNoise.median(around);
        double bound = noise.bound(around);
        double threshold = Math.max(LEAST, bound);
        double half = middle + (y[i] - middle) / 2;
        boolean alone = y[i - 2] < half && y[i + 2] < half && (y[i - 1] < half || y[i + 1] < half);
        if (alone && bound <= MOST_NOISE && y[i] - middle > bound) {
            int onset = y[i - 1] < half ? i : i - 1;
            found.add(new SpikeEvent(
                    curve.steps()[onset],
                    curve.steps()[i],
                    back(i, Math.max(level, middle) + Math.max(threshold / 4, height / 10)),
                    height,
                    height / threshold,
                    level));
        }
    }

    /// The highest of the first rows over the lowest before it.
    private Optional<SpikeEvent> first(int window) {
        int low = 0;
        int from = 0;
        int peak = 0;
        for (int i = 1; i <= window && i < y.length; i++) {
            low = y[i] < y[low] ? i : low;
            if (y[i] - y[low] > y[peak] - y[from]) {
                from = low;
                peak = i;
            }
        }
        double height = y[peak] - y[from];
        int onset = peak;
        while (onset > from + 1 && y[onset - 1] > y[from] + height / 10) {
            onset--;
        }
        double[] after = Arrays.copyOfRange(y, peak + 1, Math.min(y.length, peak + 1 + 2 * LocalNoise.REACH));
        if (height < LEAST_FIRST || height <= noise.bound(after)) {
            return Optional.empty();
        }
        return Optional.of(new SpikeEvent(
                curve.steps()[onset],
                curve.steps()[peak],
                back(peak, y[from] + height / 10),
                height,
                height / Math.max(LEAST_FIRST, noise.bound(after)),
                y[from]));
    }

    private OptionalLong back(int peak, double target) {
        for (int i = peak + 1; i < y.length; i++) {
            if (y[i] <= target) {
                return OptionalLong.of(curve.steps()[i]);
            }
        }
        return OptionalLong.empty();
    }
}
