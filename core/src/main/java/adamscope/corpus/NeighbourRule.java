package adamscope.corpus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The rule of a linter for training logs, to compare with: a loss above ten times the median of the twelve rows before
/// and the twelve after, of at least five [losslint 0.4.1, `loss_spike` with its default thresholds].
public final class NeighbourRule {
    private static final int REACH = 12;
    private static final int FEWEST = 5;
    private static final double FACTOR = 10;

    private NeighbourRule() {}

    /// The rows at which the rule fires, one for each stretch of such rows.
    public static List<Integer> flagged(double[] loss) {
        List<Integer> flagged = new ArrayList<>();
        boolean before = false;
        for (int row = 0; row < loss.length; row++) {
            int from = Math.max(0, row - REACH);
            int to = Math.min(loss.length, row + REACH + 1);
            double[] around = new double[to - from - 1];
            System.arraycopy(loss, from, around, 0, row - from);
            System.arraycopy(loss, row + 1, around, row - from, to - row - 1);
            Arrays.sort(around);
            double median = around.length < FEWEST
                    ? Double.NaN
                    : 0.5 * (around[around.length / 2] + around[(around.length - 1) / 2]);
            boolean now = median > 0 && loss[row] > FACTOR * median;
            if (now && !before) {
                flagged.add(row);
            }
            before = now;
        }
        return flagged;
    }
}
