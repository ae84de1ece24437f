package adamscope.corpus;

import java.util.ArrayList;
import java.util.List;

/// The rule that large-scale trainers use for spikes, to compare with: a loss more than six standard deviations above
/// the mean of the last 128 losses, nothing where that deviation is below 1e-10.
///
/// Written from its public description (OLMo-core, `SpikeScore` and `SkipStepOptimizer`); losses of spikes enter the
/// window, as there.
public final class WindowRule {
    private static final int WINDOW = 128;
    private static final double DEVIATIONS = 6;
    private static final double SILENT = 1e-10;

    private WindowRule() {}

    /// The rows at which the rule fires, one for each stretch of such rows.
    public static List<Integer> flagged(double[] loss) {
        List<Integer> flagged = new ArrayList<>();
        boolean before = false;
        for (int row = WINDOW; row < loss.length; row++) {
            double mean = 0;
            for (int j = row - WINDOW; j < row; j++) {
                mean += loss[j] / WINDOW;
            }
            double square = 0;
            for (int j = row - WINDOW; j < row; j++) {
                square += (loss[j] - mean) * (loss[j] - mean) / (WINDOW - 1);
            }
            double deviation = Math.sqrt(square);
            boolean now = deviation >= SILENT && loss[row] > mean + DEVIATIONS * deviation;
            if (now && !before) {
                flagged.add(row);
            }
            before = now;
        }
        return flagged;
    }
}
