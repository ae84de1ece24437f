package adamscope.diagnosis;

import adamscope.regime.LossCurve;
import adamscope.regime.SpikeEvent;
import java.util.stream.IntStream;

/// Reads where a run began, seen from one of its rises.
record StartReading(LossCurve curve, SpikeEvent event) {
    private static final int FIRST_ROWS = 10;

    /// What was read.
    StateSuspects.LossStart start() {
        double[] y = curve.log10Loss();
        int at = curve.at(event.onset());
        if (at < 20 || event.broken()) {
            return new StateSuspects.LossStart(Double.NaN, Double.NaN, -1, Double.NaN);
        }
        double peak = event.level() + event.height();
        int first = 0;
        for (int i = 1; i < 3; i++) {
            first = Math.abs(peak - y[i]) < Math.abs(peak - y[first]) ? i : first;
        }
        return new StateSuspects.LossStart(
                peak - y[first], y[first] - event.level(), rowsToHalf(first), apart(first, at));
    }

    /// Rows that the loss took from its first value to half of the way, on the logarithm, to a level; −1: never.
    private int rowsToHalf(int first) {
        double[] y = curve.log10Loss();
        double half = (y[first] + event.level()) / 2;
        for (int i = first; i < y.length; i++) {
            if (y[i] <= half) {
                return i - first;
            }
        }
        return -1;
    }

    /// Decades between the ten rows after the peak and the first ten, in the middle; NaN for fewer.
    private double apart(int first, int onset) {
        double[] y = curve.log10Loss();
        int from = curve.at(event.peak());
        if (Math.min(y.length - from, onset - first) < FIRST_ROWS) {
            return Double.NaN;
        }
        return IntStream.range(0, FIRST_ROWS)
                .mapToDouble(i -> Math.abs(y[from + i] - y[first + i]))
                .sorted()
                .toArray()[FIRST_ROWS / 2];
    }
}
