package adamscope.paper;

import java.util.Arrays;

/// A recorded quantity over steps.
record Curve(double[] x, double[] y) {

    static Curve of(Tables tables, String table, String column) {
        return new Curve(tables.numbers(table, "step"), tables.numbers(table, column));
    }

    /// Mean slope from the first point at or after `from` to the last at or before `to`.
    double slope(double from, double to) {
        int a = firstAt(from);
        int b = firstAt(to);
        return (y[b] - y[a]) / (x[b] - x[a]);
    }

    /// Slope of the straight line of least squares from `from` to `to`.
    double fittedSlope(double from, double to) {
        int a = firstAt(from);
        int b = firstAt(to);
        double n = b - a + 1.0;
        double meanX = Arrays.stream(x, a, b + 1).sum() / n;
        double meanY = Arrays.stream(y, a, b + 1).sum() / n;
        double xy = 0;
        double xx = 0;
        for (int i = a; i <= b; i++) {
            xy += (x[i] - meanX) * (y[i] - meanY);
            xx += (x[i] - meanX) * (x[i] - meanX);
        }
        return xy / xx;
    }

    /// Index of the first point at or after `at`.
    int firstAt(double at) {
        int i = 0;
        while (i + 1 < x.length && x[i] < at) {
            i++;
        }
        return i;
    }

    double at(double step) {
        return y[firstAt(step)];
    }

    double last() {
        return y[y.length - 1];
    }

    double max(double from, double to) {
        return Arrays.stream(y, firstAt(from), firstAt(to) + 1)
                .filter(v -> !Double.isNaN(v))
                .max()
                .orElse(Double.NaN);
    }

    double min(double from, double to) {
        return Arrays.stream(y, firstAt(from), firstAt(to) + 1)
                .filter(v -> !Double.isNaN(v))
                .min()
                .orElse(Double.NaN);
    }

    /// Index of the smallest value.
    int lowest() {
        int lowest = 0;
        for (int i = 0; i < y.length; i++) {
            lowest = y[i] < y[lowest] ? i : lowest;
        }
        return lowest;
    }

    /// The lowest of the maxima over windows of so many points.
    double sustainedMinimum(int window) {
        double lowest = Double.POSITIVE_INFINITY;
        for (int i = 0; i + window <= y.length; i += window) {
            lowest = Math.min(lowest, Arrays.stream(y, i, i + window).max().orElse(lowest));
        }
        return lowest;
    }

    /// The part up to a step.
    Curve before(double step) {
        int end = firstAt(step) + 1;
        return new Curve(Arrays.copyOf(x, end), Arrays.copyOf(y, end));
    }

    double median(double from) {
        double[] sorted = Arrays.stream(y, firstAt(from), y.length)
                .filter(v -> !Double.isNaN(v))
                .sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }

    /// The same points with other values.
    Curve with(java.util.function.DoubleUnaryOperator change) {
        return new Curve(x, Arrays.stream(y).map(change).toArray());
    }

    /// Values of both curves added, `factor` times the other.
    Curve plus(double factor, Curve other) {
        double[] sum = new double[y.length];
        Arrays.setAll(sum, i -> y[i] + factor * other.y[i]);
        return new Curve(x, sum);
    }

    adamscope.figure.Mark line(String name) {
        return adamscope.figure.Mark.line(name, x, y);
    }
}
