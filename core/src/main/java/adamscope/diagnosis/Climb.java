package adamscope.diagnosis;

import adamscope.regime.LossCurve;
import adamscope.regime.Quantity;
import adamscope.regime.SpikeEvent;
import java.util.stream.IntStream;

/// The steady climb of the loss that led to a peak, or to a loss that is no number.
///
/// It begins at the last lowest loss before and counts if nine tenths of all that the loss moved since then was upward.
///
/// @param from      step of the lowest loss
/// @param last      last step with a number, or that of the peak
/// @param rows      from there to here
/// @param decades   log₁₀ of the last loss over the lowest
/// @param widest    the part of it that one row brought, of 1
/// @param gradient  log₁₀ of the last finite ‖g‖ over that at the lowest loss; NaN if it was not logged
/// @param fromStart whether the log begins with the run, and the loss had not fallen by a fifth before it climbed
record Climb(long from, long last, int rows, double decades, double widest, double gradient, boolean fromStart) {
    /// Rows from which a climb counts.
    static final int FEWEST = 3;

    /// The least climb: threefold.
    static final double LEAST = Math.log10(3);

    private static final int LONGEST = 400;
    private static final double GRADUAL = 0.75;
    private static final double STEADY = 0.9;
    private static final double FALLEN = 0.1;
    private static final int FIRST_ROWS = 50;

    /// The climb before an event; of no rows if there is none.
    static Climb of(DiagnosedLog read, SpikeEvent event) {
        LossCurve curve = read.curve();
        double[] y = curve.log10Loss();
        int end = event.broken() ? curve.at(event.onset()) - 1 : curve.at(event.peak());
        if (end < FEWEST || end >= y.length) {
            return new Climb(event.onset(), event.onset(), 0, 0, 1, Double.NaN, false);
        }
        int low = end;
        double up = 0;
        double all = 0;
        double least = y[end];
        for (int i = end - 1; i >= Math.max(0, end - LONGEST); i--) {
            double move = y[i + 1] - y[i];
            up += Math.max(0, move);
            all += Math.abs(move);
            if (y[i] < least && up >= STEADY * all) {
                low = i;
                least = y[i];
            }
        }
        long[] steps = curve.steps();
        boolean first = read.log().steps()[0] <= 1
                && read.log().facts().seams().isEmpty()
                && low <= FIRST_ROWS
                && y[low] > y[0] - FALLEN;
        double widest = IntStream.range(low, end)
                .mapToDouble(i -> y[i + 1] - y[i])
                .max()
                .orElse(0);
        return new Climb(
                steps[low],
                steps[end],
                end - low,
                y[end] - y[low],
                widest / (y[end] - y[low]),
                gradient(read, steps[low], steps[end]),
                first);
    }

    private static double gradient(DiagnosedLog read, long from, long to) {
        double[] norms = read.log().numbers(Quantity.GRADIENT_NORM).orElse(new double[0]);
        long[] steps = read.log().steps();
        double first = Double.NaN;
        double last = Double.NaN;
        for (int row = 0; row < norms.length; row++) {
            if (steps[row] >= from && steps[row] <= to && norms[row] > 0 && Double.isFinite(norms[row])) {
                first = Double.isNaN(first) ? norms[row] : first;
                last = norms[row];
            }
        }
        return Math.log10(last / first);
    }

    /// Whether no single row brought most of it, so that no single batch did.
    boolean gradual() {
        return counts() && widest < GRADUAL;
    }

    /// Whether it is one.
    boolean counts() {
        return rows >= FEWEST && decades >= LEAST;
    }
}
