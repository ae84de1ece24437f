package adamscope.diagnosis;

import java.util.Arrays;

/// What the values of a quantity are over some rows of a log, from one row to before another; NaN where there are none.
final class LogRows {
    private LogRows() {}

    /// The middle of the finite ones.
    static double middle(double[] values, int from, int to) {
        double[] sorted = Arrays.stream(values, Math.clamp(from, 0, values.length), Math.clamp(to, from, values.length))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }

    /// The largest that is a number.
    static double largest(double[] values, int from, int to) {
        return Arrays.stream(values, Math.clamp(from, 0, values.length), Math.clamp(to, from, values.length))
                .filter(v -> !Double.isNaN(v))
                .max()
                .orElse(Double.NaN);
    }

    /// The first finite one.
    static double firstOf(double[] values, int from, int to) {
        return Arrays.stream(values, Math.clamp(from, 0, values.length), Math.clamp(to, from, values.length))
                .filter(Double::isFinite)
                .findFirst()
                .orElse(Double.NaN);
    }

    /// The last finite one.
    static double lastOf(double[] values, int from, int to) {
        double last = Double.NaN;
        for (int row = from; row < Math.min(to, values.length); row++) {
            last = Double.isFinite(values[row]) ? values[row] : last;
        }
        return last;
    }

    /// Natural logarithm a step by which something fell between two rows, from the middles of its first and last fifth.
    static double fall(double[] log10, long[] steps, int from, int to) {
        if (to - from < 10) {
            return Double.NaN;
        }
        int n = Math.max(1, (to - from) / 5);
        double early = middle(log10, from, from + n);
        double late = middle(log10, to - n, to);
        return (late - early) * Math.log(10) / (steps[to - 1 - n / 2] - steps[from + n / 2]);
    }

    /// NaN for what is not positive.
    static double log10(double value) {
        return value > 0 ? Math.log10(value) : Double.NaN;
    }
}
