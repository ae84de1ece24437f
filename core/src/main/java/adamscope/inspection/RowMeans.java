package adamscope.inspection;

import java.util.Arrays;

/// The mean of v over each row of a weight matrix, to be held against v of the biases.
///
/// The gradient of a linear layer is g_W = δ·xᵀ and that of its bias g_b = δ, so where one output has large gradients
/// both have: log of the row means of v_W follows log v_b.
final class RowMeans {
    /// Longer ones are not kept.
    static final long MOST_ROWS = 1 << 16;

    private final double[] sums;
    private final long perRow;
    private long at;

    RowMeans(long rows, long count) {
        this.sums = new double[Math.toIntExact(rows)];
        this.perRow = Math.max(1, count / Math.max(1, rows));
    }

    void add(double[] v) {
        for (double value : v) {
            sums[(int) Math.min(sums.length - 1, at++ / perRow)] += value;
        }
    }

    /// How the logarithms of two lists go together.
    ///
    /// @param correlation NaN for fewer than eight rows
    /// @param rows        where both are positive
    record Correlation(double correlation, int rows) {
        private static final double LARGEST = 0.999;

        /// Fisher's z, which has the variance 1/(n − 3).
        double z() {
            double inside = Math.clamp(correlation, -LARGEST, LARGEST);
            return 0.5 * Math.log((1 + inside) / (1 - inside));
        }
    }

    /// The agreement over rows where both are positive.
    static Correlation agreement(double[] means, double[] others) {
        double[] x = new double[means.length];
        double[] y = new double[means.length];
        int n = 0;
        for (int i = 0; i < means.length; i++) {
            if (means[i] > 0 && others[i] > 0) {
                x[n] = Math.log(means[i]);
                y[n++] = Math.log(others[i]);
            }
        }
        if (n < 8) {
            return new Correlation(Double.NaN, n);
        }
        double centreX = Arrays.stream(x, 0, n).average().orElseThrow();
        double centreY = Arrays.stream(y, 0, n).average().orElseThrow();
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < n; i++) {
            xx += (x[i] - centreX) * (x[i] - centreX);
            yy += (y[i] - centreY) * (y[i] - centreY);
            xy += (x[i] - centreX) * (y[i] - centreY);
        }
        return new Correlation(xy / Math.sqrt(xx * yy), n);
    }

    double[] means() {
        return Arrays.stream(sums).map(sum -> sum / perRow).toArray();
    }
}
