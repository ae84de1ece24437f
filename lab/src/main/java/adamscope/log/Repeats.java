package adamscope.log;

import adamscope.log.LoggedSeries.Points;
import java.util.Arrays;

/// Steps that occur several times: parts of one step, or several runs.
final class Repeats {
    /// Runs on levels of their own are so many times nearer to themselves a step later than to each other.
    private static final double NEARER = 0.2;

    private Repeats() {}

    /// Whether values of one step are parts of it: they stand next to each other, and differ no more among themselves
    /// than from step to step.
    ///
    /// @param order positions by step, see [StepOrder]
    static boolean ofOneStep(Points points, int[] order) {
        double[] among = new double[order.length];
        double[] along = new double[order.length];
        int differences = 0;
        int steps = 0;
        int before = -1;
        for (int i = 0; i < order.length; ) {
            int to = i + 1;
            while (to < order.length && points.steps()[order[to]] == points.steps()[order[i]]) {
                if (order[to] != order[to - 1] + 1) {
                    return false;
                }
                among[differences++] = Math.abs(points.values()[order[to]] - points.values()[order[to - 1]]);
                to++;
            }
            if (before >= 0) {
                along[steps++] = Math.abs(points.values()[order[i]] - points.values()[before]);
            }
            before = order[i];
            i = to;
        }
        return !(median(along, steps) < NEARER * median(among, differences));
    }

    private static double median(double[] values, int size) {
        double[] sorted = Arrays.copyOf(values, size);
        Arrays.sort(sorted);
        return size == 0 ? 0 : sorted[size / 2];
    }

    /// The mean of each step; NaN where one of its values is.
    static Points means(Points points, int[] order) {
        long[] steps = new long[order.length];
        double[] means = new double[order.length];
        int size = 0;
        for (int i = 0; i < order.length; ) {
            double sum = 0;
            int to = i;
            while (to < order.length && points.steps()[order[to]] == points.steps()[order[i]]) {
                sum += points.values()[order[to++]];
            }
            steps[size] = points.steps()[order[i]];
            means[size++] = sum / (to - i);
            i = to;
        }
        return new Points(Arrays.copyOf(steps, size), Arrays.copyOf(means, size));
    }
}
