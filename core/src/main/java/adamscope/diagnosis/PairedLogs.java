package adamscope.diagnosis;

import adamscope.regime.LossCurve;
import adamscope.regime.Quantity;
import adamscope.regime.RunLog;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The rows of two logs that hold the same steps.
///
/// @param first  rows of the first log
/// @param second rows of the second, in the same order
record PairedLogs(RunLog one, RunLog other, int[] first, int[] second) {
    private static final int NEIGHBOURS = 10;
    private static final int MOST = 200_000;
    private static final double CLIPPED = 3;

    static PairedLogs of(RunLog one, RunLog other) {
        long[] a = one.steps();
        long[] b = other.steps();
        int[] first = new int[Math.min(a.length, b.length)];
        int[] second = new int[first.length];
        int paired = 0;
        int i = 0;
        int j = 0;
        while (i < a.length && j < b.length) {
            if (a[i] == b[j]) {
                first[paired] = i++;
                second[paired++] = j++;
            } else if (a[i] < b[j]) {
                i++;
            } else {
                j++;
            }
        }
        return new PairedLogs(one, other, Arrays.copyOf(first, paired), Arrays.copyOf(second, paired));
    }

    /// How many steps both hold.
    int rows() {
        return first.length;
    }

    /// The step of a pair.
    long step(int row) {
        return one.steps()[first[row]];
    }

    /// Quantities that both hold, the loss first.
    List<String> quantities() {
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(Quantity.LOSS, Quantity.LR),
                        one.table().columns().stream().map(column -> column.name()))
                .distinct()
                .filter(name -> !name.equals(Quantity.STEP) && !Quantity.COUNTERS.contains(name))
                .filter(name -> one.has(name) && other.has(name))
                .toList();
    }

    double[] ofFirst(String quantity) {
        double[] values = one.numbers(quantity).orElseThrow();
        return Arrays.stream(first).mapToDouble(row -> values[row]).toArray();
    }

    double[] ofSecond(String quantity) {
        double[] values = other.numbers(quantity).orElseThrow();
        return Arrays.stream(second).mapToDouble(row -> values[row]).toArray();
    }

    /// The correlation of what is left of two log losses without their trend, rises cut off: batches in the same order
    /// make the losses of two runs move together. NaN for fewer than 100 common steps.
    double correlation() {
        int n = Math.min(rows(), MOST);
        if (n < 100 || !one.has(Quantity.LOSS) || !other.has(Quantity.LOSS)) {
            return Double.NaN;
        }
        double[] a = residuals(ofFirst(Quantity.LOSS), n);
        double[] b = residuals(ofSecond(Quantity.LOSS), n);
        double product = IntStream.range(0, n).mapToDouble(i -> a[i] * b[i]).sum();
        double squares = Arrays.stream(a).map(v -> v * v).sum()
                * Arrays.stream(b).map(v -> v * v).sum();
        return squares > 0 ? product / Math.sqrt(squares) : Double.NaN;
    }

    private static double[] residuals(double[] loss, int n) {
        double[] y = Arrays.stream(loss, 0, n).map(Math::log10).toArray();
        double[] left = new double[n];
        for (int i = 0; i < n; i++) {
            double sum = 0;
            int count = 0;
            for (int j = Math.max(0, i - NEIGHBOURS); j <= Math.min(n - 1, i + NEIGHBOURS); j++) {
                if (j != i && Double.isFinite(y[j])) {
                    sum += y[j];
                    count++;
                }
            }
            left[i] = Double.isFinite(y[i]) && count > 0 ? y[i] - sum / count : 0;
        }
        double[] sizes = Arrays.stream(left).map(Math::abs).sorted().toArray();
        double most = CLIPPED * sizes[n / 2];
        return Arrays.stream(left).map(v -> Math.clamp(v, -most, most)).toArray();
    }

    /// The middle of a quantity in the first log over that in the second, over the 100 common rows before a step; NaN
    /// for fewer than ten.
    double ratioBefore(String quantity, long step) {
        double[] a = ofFirst(quantity);
        double[] b = ofSecond(quantity);
        int until = 0;
        while (until < rows() && step(until) < step) {
            until++;
        }
        double[] logs = IntStream.range(Math.max(0, until - 100), until)
                .mapToDouble(row -> Math.log(a[row] / b[row]))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        return logs.length < 10 ? Double.NaN : Math.exp(logs[logs.length / 2]);
    }

    /// Whether a curve stands out at a step: above the median of 20 points on each side by half of a height.
    static boolean standsOut(LossCurve curve, long step, double height) {
        int at = curve.at(step);
        if (at >= curve.points() || curve.steps()[at] != step) {
            return false;
        }
        double[] around = IntStream.rangeClosed(Math.max(0, at - 20), Math.min(curve.points() - 1, at + 20))
                .filter(i -> Math.abs(i - at) > 1)
                .mapToDouble(i -> curve.log10Loss()[i])
                .sorted()
                .toArray();
        return around.length >= 10 && curve.log10Loss()[at] - around[around.length / 2] > height / 2;
    }
}
