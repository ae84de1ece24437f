package adamscope.diagnosis;

import adamscope.regime.Quantity;
import adamscope.regime.RunLog;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// A run that is laid beside others.
///
/// @param name     that no other has
/// @param log      what it measured
/// @param settings all that was set for it, as text by name; of a log, what it tells
/// @param outcome  in a word; empty: not known
/// @param own      whether it is of this program, so that all its settings are known
public record ComparedRun(String name, RunLog log, Map<String, String> settings, String outcome, boolean own) {
    /// The preconditioned sharpness over the threshold of the rule, where both are known.
    public static final String OVER_THRESHOLD = "preconditionedSharpnessOverThreshold";

    private static final double LATE = 0.9;

    public ComparedRun {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /// Whether anything is known of its settings.
    public boolean tells() {
        return own || !settings.isEmpty();
    }

    /// Whether its loss left the numbers.
    public boolean diverged() {
        double[] loss = losses();
        for (int row = loss.length - 1; row >= 0; row--) {
            if (!Double.isNaN(loss[row])) {
                return Double.isInfinite(loss[row]) || outcome.equals("diverged");
            }
        }
        return true;
    }

    /// The losses of the rows; NaN where a row has none.
    public double[] losses() {
        return log.numbers(Quantity.LOSS).orElseGet(() -> {
            double[] logs = log.numbers(Quantity.LOG10_LOSS).orElse(new double[0]);
            double[] losses = new double[logs.length];
            java.util.Arrays.setAll(losses, row -> Math.pow(10, logs[row]));
            return losses;
        });
    }

    /// The mean loss over the last tenth of an axis up to a place; of a run that diverged before, NaN.
    double late(double[] positions, double end) {
        double[] loss = losses();
        double sum = 0;
        int rows = 0;
        double last = Double.NaN;
        double from = positions.length == 0 ? 0 : positions[0] + LATE * (end - positions[0]);
        for (int row = 0; row < positions.length && positions[row] <= end; row++) {
            if (!Double.isNaN(loss[row])) {
                last = loss[row];
                if (positions[row] >= from) {
                    sum += loss[row];
                    rows++;
                }
            }
        }
        return diverged() && positions[positions.length - 1] <= end ? Double.NaN : rows == 0 ? last : sum / rows;
    }
}
