package adamscope.kernel;

import java.util.Arrays;

/// Samples of each lane, and log₁₀ of their medians.
final class Medians {
    /// Lanes whose samples are gathered together: those of a cache line.
    private static final int GATHERED = 8;

    private final double[][] samples;
    private int count;

    /// @param most how many samples there may be
    Medians(int lanes, int most) {
        this.samples = new double[most][lanes];
    }

    /// Takes in the next sample of lanes, those that these numbers belong to; NaN counts as infinite.
    void take(Magnitudes numbers, int[] lane) {
        double[] orders = samples[count++];
        for (int at = 0; at < lane.length; at++) {
            double order = Order.of(numbers.mantissa()[at], numbers.exponent()[at]);
            orders[lane[at]] = order == order ? order : Double.POSITIVE_INFINITY;
        }
    }

    /// Fills in the samples of a lane from one on: each is that of a period before.
    void repeat(int lane, int from, int period) {
        for (int i = from; i < samples.length; i++) {
            samples[i][lane] = samples[i - period][lane];
        }
    }

    /// Fills in the samples of a lane from one on, along a straight line of their log₁₀.
    void extend(int lane, int from, double slope) {
        if (from > 0 && from < samples.length) {
            double last = Order.log10(samples[from - 1][lane]);
            for (int i = from; i < samples.length; i++) {
                samples[i][lane] = Order.ofLog10(last + slope * (i - from + 1));
            }
        }
    }

    /// For each lane log₁₀ of the median, of an even count the lower one; NaN if there is none.
    void into(double[] medians) {
        int count = samples.length;
        double[][] columns = new double[GATHERED][count];
        for (int first = 0; first < medians.length; first += GATHERED) {
            int gathered = Math.min(GATHERED, medians.length - first);
            for (int i = 0; i < count; i++) {
                for (int at = 0; at < gathered; at++) {
                    columns[at][i] = samples[i][first + at];
                }
            }
            for (int at = 0; at < gathered; at++) {
                medians[first + at] = count == 0 ? Double.NaN : Order.log10(select(columns[at], (count - 1) / 2));
            }
        }
    }

    /// The value that sorting would bring to a position, by partitions without branches on the values.
    static double select(double[] values, int position) {
        int low = 0;
        int high = values.length;
        while (high - low > 16) {
            double pivot = middle(values[low], values[low + high >>> 1], values[high - 1]);
            int below = partition(values, low, high, pivot, false);
            if (position < below) {
                high = below;
            } else if (below > low) {
                low = below;
            } else {
                int notAbove = partition(values, low, high, pivot, true);
                if (position < notAbove) {
                    return pivot;
                }
                low = notAbove;
            }
        }
        Arrays.sort(values, low, high);
        return values[position];
    }

    /// Moves what is below the pivot, or not above it, to the front; returns where the rest begins.
    private static int partition(double[] values, int low, int high, double pivot, boolean orEqual) {
        int end = low;
        for (int i = low; i < high; i++) {
            double value = values[i];
            values[i] = values[end];
            values[end] = value;
            end += (orEqual ? value <= pivot : value < pivot) ? 1 : 0;
        }
        return end;
    }

    private static double middle(double a, double b, double c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }
}
