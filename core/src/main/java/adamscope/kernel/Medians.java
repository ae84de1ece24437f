package adamscope.kernel;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/// Samples of each lane, and log₁₀ of their medians.
final class Medians {
    private final double[][] samples;
    private final int[] knownFrom;
    private final int[] period;
    private final double[] slope;
    private final double[] orders;
    private int count;

    /// @param most how many samples there may be
    Medians(int lanes, int most) {
        this.samples = new double[most][lanes];
        this.orders = new double[lanes];
        this.knownFrom = new int[lanes];
        Arrays.fill(knownFrom, most);
        this.period = new int[lanes];
        this.slope = new double[lanes];
    }

    /// Takes in the next sample of lanes, those that these numbers belong to; NaN counts as infinite.
    void take(Magnitudes numbers, int[] lane) {
        double[] sample = samples[count++];
        boolean all = lane.length == sample.length;
        Order.of(numbers, all ? sample : orders);
        for (int at = 0; !all && at < lane.length; at++) {
            sample[lane[at]] = orders[at];
        }
    }

    /// The samples of a lane from one on: each is that of a period before.
    void repeat(int lane, int from, int samples) {
        knownFrom[lane] = from;
        period[lane] = samples;
    }

    /// The samples of a lane from one on lie along a straight line of their log₁₀.
    void extend(int lane, int from, double perSample) {
        knownFrom[lane] = from;
        slope[lane] = perSample;
    }

    /// The sample at a position of the sorted ones; the column is disordered.
    private double select(double[] column, int lane, int position) {
        int from = knownFrom[lane];
        if (period[lane] > 0) {
            for (int i = from; i < column.length; i++) {
                column[i] = column[i - period[lane]];
            }
        } else if (from < column.length && from > 0) {
            double last = Order.log10(column[from - 1]);
            double rise = slope[lane];
            int more = column.length - from;
            Arrays.sort(column, 0, from);
            return selectOfTwo(
                    column, from, j -> Order.ofLog10(last + rise * (rise < 0 ? more - j : j + 1)), more, position);
        }
        return select(column, position);
    }

    /// The value at a position of the merged sequence of two ascending ones.
    static double selectOfTwo(double[] first, int size, IntToDoubleFunction second, int more, int position) {
        // How many of the values before the position come from the first sequence.
        int low = Math.max(0, position - more);
        int high = Math.min(size, position);
        while (low < high) {
            int taken = low + high >>> 1;
            if (first[taken] < second.applyAsDouble(position - taken - 1)) {
                low = taken + 1;
            } else {
                high = taken;
            }
        }
        double ofFirst = low < size ? first[low] : Double.POSITIVE_INFINITY;
        return position - low < more ? Math.min(ofFirst, second.applyAsDouble(position - low)) : ofFirst;
    }

    /// For each lane log₁₀ of the median, of an even count the lower one; NaN if there is none.
    void into(double[] medians) {
        int middle = (samples.length - 1) / 2;
        if (samples.length == 0) {
            Arrays.fill(medians, Double.NaN);
        } else {
            Gathered.forEach(
                    samples,
                    medians.length,
                    (lane, column) -> medians[lane] = Order.log10(select(column, lane, middle)));
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
