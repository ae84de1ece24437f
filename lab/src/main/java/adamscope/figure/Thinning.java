package adamscope.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/// Which points of a long series to draw. A run of points that falls into one pixel column is drawn by its first,
/// lowest, highest and last point: the picture is the same and a spike of one step stays.
final class Thinning {
    private Thinning() {}

    /// Indices to keep, increasing, of a series at pixel positions; a gap (NaN) is kept as one index.
    ///
    /// @param column pixel column of every point, NaN where there is none
    /// @param y height of every point, NaN where there is none
    static int[] extremes(double[] column, double[] y) {
        int[] kept = new int[column.length];
        int count = 0;
        int from = 0;
        while (from < column.length) {
            int to = endOfRun(column, y, from);
            if (absent(column, y, from)) {
                kept[count++] = from;
            } else {
                int lowest = from;
                int highest = from;
                for (int i = from + 1; i < to; i++) {
                    lowest = y[i] < y[lowest] ? i : lowest;
                    highest = y[i] > y[highest] ? i : highest;
                }
                int previous = -1;
                int[] run = {from, Math.min(lowest, highest), Math.max(lowest, highest), to - 1};
                for (int index : run) {
                    if (index != previous) {
                        kept[count++] = index;
                    }
                    previous = index;
                }
            }
            from = to;
        }
        return Arrays.copyOf(kept, count);
    }

    /// The end, exclusive, of the run that starts at `from`: points of one column, or one gap.
    static int endOfRun(double[] column, double[] y, int from) {
        boolean gap = absent(column, y, from);
        int to = from + 1;
        while (to < column.length
                && absent(column, y, to) == gap
                && (gap || Math.floor(column[to]) == Math.floor(column[from]))) {
            to++;
        }
        return to;
    }

    /// Outlines of the band between two curves, one for each stretch without gaps, as x, y, x, y …: the upper curve
    /// forwards, the lower one back. A run in one pixel column becomes one point with its lowest and highest value.
    static List<double[]> outlines(double[] column, double[] x, double[] lower, double[] upper) {
        double[] gaps = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            boolean drawable = Range.drawable(x[i]) && Range.drawable(lower[i]) && Range.drawable(upper[i]);
            gaps[i] = drawable ? 0 : Double.NaN;
        }
        List<double[]> outlines = new ArrayList<>();
        List<double[]> stretch = new ArrayList<>();
        for (int from = 0; from < x.length; ) {
            int to = endOfRun(column, gaps, from);
            if (absent(column, gaps, from)) {
                close(stretch, outlines);
            } else {
                double lowest = Arrays.stream(lower, from, to).min().orElseThrow();
                double highest = Arrays.stream(upper, from, to).max().orElseThrow();
                stretch.add(new double[] {(x[from] + x[to - 1]) / 2, lowest, highest});
            }
            from = to;
        }
        close(stretch, outlines);
        return outlines;
    }

    private static void close(List<double[]> stretch, List<double[]> outlines) {
        int points = stretch.size();
        double[] outline = new double[4 * points];
        for (int i = 0; i < points; i++) {
            double[] point = stretch.get(i);
            int back = 4 * points - 2 - 2 * i;
            outline[2 * i] = point[0];
            outline[2 * i + 1] = point[2];
            outline[back] = point[0];
            outline[back + 1] = point[1];
        }
        if (points > 0) {
            outlines.add(outline);
        }
        stretch.clear();
    }

    /// Indices to keep of unconnected points: the first in every pixel.
    static int[] distinctPixels(double[] column, double[] row) {
        var seen = new HashSet<Long>();
        int[] kept = new int[column.length];
        int count = 0;
        for (int i = 0; i < column.length; i++) {
            if (!absent(column, row, i)
                    && seen.add((long) Math.floor(column[i]) << 32 ^ ((long) Math.floor(row[i]) & 0xffffffffL))) {
                kept[count++] = i;
            }
        }
        return Arrays.copyOf(kept, count);
    }

    private static boolean absent(double[] column, double[] y, int i) {
        return !Double.isFinite(column[i]) || !Double.isFinite(y[i]);
    }
}
