package adamscope.regime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/// Finds the rises of a loss curve, whatever its units and its noise.
///
/// With y = log₁₀ L and E the largest y of the last w points (the sustained loss: a single passage through zero does
/// not lower it), a rise begins where y exceeds the lowest E of the recent past by more than θ, and ends when E has
/// fallen halfway back. θ is 8 to 10 standard deviations of the noise, measured on second differences of E over w
/// points, by their lower quartile, which sees neither trend nor spikes as long as a quarter of the run is calm, and at
/// least [#LEAST]. A rise less than twofold that does not stand out of the noise right before it is none
/// ([LocalNoise]).
///
/// Looked for apart: rises of a few rows ([NarrowRises]), those of the first rows ([FirstRows]), and those of short
/// curves ([ShortCurve]). Time and memory grow linearly with the curve.
public final class SpikeSearch {
    /// The least rise that counts, in decades: 4.7 %.
    public static final double LEAST = 0.02;

    private static final double TWOFOLD = 0.301;
    private static final double DEVIATIONS = 7;
    private static final int LONGEST_WINDOW = 10;
    private static final int NOISE_BLOCKS = 1024;
    private static final int FIRST_BLOCKS = 24;
    /// Of the magnitude of a standard normal number.
    private static final double LOWER_QUARTILE = 0.3186;

    private final LossCurve curve;
    private final double[] y;
    private final int window;
    private final double[] sustained;
    private final List<SpikeEvent> events = new ArrayList<>();

    private SpikeSearch(LossCurve curve) {
        this.curve = curve;
        this.y = curve.log10Loss();
        this.window = window(y.length);
        this.sustained = trailingMaximum(y, window);
    }

    /// The rises of a curve, in order, those through infinity included.
    public static List<SpikeEvent> events(LossCurve curve) {
        if (curve.points() == 0) {
            return List.of();
        }
        List<SpikeEvent> all = new ArrayList<>(broken(curve));
        if (curve.points() < ShortCurve.LONGEST) {
            all.addAll(ShortCurve.rises(curve));
        } else {
            SpikeSearch search = new SpikeSearch(curve);
            search.run();
            LocalNoise noise = new LocalNoise(curve.log10Loss());
            search.events.stream()
                    .filter(event -> event.height() >= TWOFOLD
                            || event.height() > noise.bound(curve.at(event.onset()), curve.at(event.peak())))
                    .forEach(all::add);
            FirstRows.rise(curve, noise, search.window)
                    .filter(event -> all.stream().noneMatch(other -> other.onset() <= event.peak()))
                    .ifPresent(all::add);
            all.addAll(new NarrowRises(curve, noise).beside(all, search.window));
        }
        all.sort(Comparator.comparingLong(SpikeEvent::onset));
        return List.copyOf(all);
    }

    /// w, the points over which the loss has to stay low to count as low: 10, less on short curves.
    static int window(int points) {
        return Math.clamp(points / 40, 1, LONGEST_WINDOW);
    }

    private void run() {
        Noise noise = new Noise(sustained, window);
        LossFloor floor = new LossFloor(Math.max(64 * window, y.length / 10), sustained);
        int since = 0;
        int i = 0;
        while (i < y.length) {
            double threshold = noise.threshold();
            if (i - since >= Math.min(window, 3) && floor.filled() && y[i] - floor.lowest() > threshold) {
                int end = follow(i, floor, threshold);
                noise.pause(end + 3 * window);
                floor.clear();
                since = end;
                i = end;
            } else {
                if (i >= window - 1) {
                    floor.add(i);
                }
                noise.accept(i);
                i++;
            }
        }
    }

    /// Follows a rise that was seen at `seen` to where the next may begin, and records it.
    private int follow(int seen, LossFloor floor, double threshold) {
        double low = floor.lowest();
        int onset = seen;
        while (onset > floor.lowestAt() && y[onset - 1] > low + threshold / 4) {
            onset--;
        }
        int peak = seen;
        int i = seen;
        int patience = 20 * window;
        while (i < y.length) {
            if (y[i] > y[peak]) {
                peak = i;
            }
            double height = y[peak] - low;
            boolean fallen = i - peak >= 1
                    && highest(Math.max(peak + 1, i - window + 1), i) <= y[peak] - height / 2
                    && i - peak >= Math.min(window, 3);
            boolean settled = i - peak > Math.max(patience, 4 * (peak - onset));
            if (fallen || settled) {
                break;
            }
            i++;
        }
        double level = level(onset, low);
        double height = y[peak] - level;
        if (height >= 0.75 * threshold) {
            events.add(new SpikeEvent(
                    curve.steps()[onset],
                    curve.steps()[peak],
                    recovery(peak, level + Math.max(threshold / 4, height / 10), threshold),
                    height,
                    height / threshold,
                    level));
        }
        return Math.max(i, seen + 1);
    }

    /// The middle of the points before an onset, and no more than the sustained low needs.
    private double level(int onset, double low) {
        int from = Math.max(0, onset - 5 * window);
        if (!events.isEmpty()) {
            from = Math.max(from, Math.min(onset - 1, curve.at(events.getLast().peak()) + 1));
        }
        if (onset - from < 3) {
            return low;
        }
        double[] before = Arrays.copyOfRange(y, from, onset);
        Arrays.sort(before);
        return before[before.length / 2];
    }

    /// The first point back at `target`, unless a rise by `threshold` out of the way down comes first.
    private OptionalLong recovery(int peak, double target, double threshold) {
        double lowest = y[peak];
        for (int i = peak + 1; i < y.length; i++) {
            if (y[i] <= target) {
                return OptionalLong.of(curve.steps()[i]);
            }
            lowest = Math.min(lowest, sustained[i]);
            if (y[i] > lowest + Math.max(threshold, (y[peak] - target) / 2)) {
                return OptionalLong.empty();
            }
        }
        return OptionalLong.empty();
    }

    private double highest(int from, int to) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = from; i <= to; i++) {
            highest = Math.max(highest, y[i]);
        }
        return highest;
    }

    /// Each stretch of losses that are no numbers is one event.
    private static List<SpikeEvent> broken(LossCurve curve) {
        List<SpikeEvent> found = new ArrayList<>();
        long[] broken = curve.broken();
        int from = 0;
        for (int i = 1; i <= broken.length; i++) {
            if (i < broken.length && curve.at(broken[i]) == curve.at(broken[from])) {
                continue;
            }
            int next = curve.at(broken[from]);
            found.add(new SpikeEvent(
                    broken[from],
                    broken[from],
                    next < curve.points() ? OptionalLong.of(curve.steps()[next]) : OptionalLong.empty(),
                    Double.POSITIVE_INFINITY,
                    Double.POSITIVE_INFINITY,
                    next > 0 ? curve.log10Loss()[next - 1] : Double.NaN));
            from = i;
        }
        return found;
    }

    private static double[] trailingMaximum(double[] y, int window) {
        double[] maximum = new double[y.length];
        int[] candidates = new int[y.length];
        int head = 0;
        int tail = 0;
        for (int i = 0; i < y.length; i++) {
            while (tail > head && y[candidates[tail - 1]] <= y[i]) {
                tail--;
            }
            candidates[tail++] = i;
            if (candidates[head] <= i - window) {
                head++;
            }
            maximum[i] = y[candidates[head]];
        }
        return maximum;
    }

    /// What counts as a rise, from the noise of the points that belong to no rise.
    private static final class Noise {
        private final int window;
        private final double[] differences;
        private final double factor;
        private final double[] ring = new double[NOISE_BLOCKS];
        private final double[] sorted = new double[NOISE_BLOCKS];
        private int filled;
        private long accepted;
        private double threshold;
        private int resumes;

        Noise(double[] sustained, int window) {
            this.window = window;
            // Standard deviation of the largest of w normal numbers, fitted to 1 % for w from 1 to 10.
            double maximumDeviation = 1 / (1 + 0.305 * Math.log(window));
            factor = DEVIATIONS / (LOWER_QUARTILE * Math.sqrt(6) * maximumDeviation);
            int blocks = sustained.length / window;
            differences = new double[blocks];
            for (int b = 2; b < blocks; b++) {
                // The place in a block changes from block to block, lest a swing in step with the blocks be missed.
                int i = Math.max(2 * window, b * window + 7 * b % window);
                differences[b] = Math.abs(sustained[i] - 2 * sustained[i - window] + sustained[i - 2 * window]);
            }
            // Before anything is known: the noise of the first stretch, as a whole.
            for (int b = 2; b < Math.min(blocks, FIRST_BLOCKS + 2); b++) {
                push(differences[b]);
            }
        }

        double threshold() {
            return threshold;
        }

        /// A point that belongs to no rise; its block counts when it is complete.
        void accept(int i) {
            if (i >= resumes
                    && (i + 1) % window == 0
                    && i / window >= FIRST_BLOCKS + 2
                    && i / window < differences.length) {
                push(differences[i / window]);
            }
        }

        /// A rise ended; differences that reach into it do not count.
        void pause(int until) {
            resumes = until;
        }

        private void push(double difference) {
            int slot = (int) (accepted % NOISE_BLOCKS);
            if (filled == NOISE_BLOCKS) {
                int gone = Arrays.binarySearch(sorted, 0, filled, ring[slot]);
                System.arraycopy(sorted, gone + 1, sorted, gone, filled - gone - 1);
                filled--;
            }
            int place = Arrays.binarySearch(sorted, 0, filled, difference);
            place = place < 0 ? -place - 1 : place;
            System.arraycopy(sorted, place, sorted, place + 1, filled - place);
            sorted[place] = difference;
            filled++;
            ring[slot] = difference;
            accepted++;
            // A quartile of few numbers is uncertain by about 1/√n of itself.
            threshold = Math.max(LEAST, factor * (1 + 4 / Math.sqrt(filled)) * sorted[filled / 4]);
        }
    }
}
