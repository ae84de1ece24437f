package adamscope.kernel;

import java.util.Arrays;

/// The level of each lane in each window of a run, also in those that need not be computed: there it repeats what came
/// before, or lies on a straight line.
public final class WindowLevels {
    private final double[][] levels;
    private final int steps;
    private final int window;
    private final int[] knownFrom;
    private final int[] period;
    private final double[] slope;

    /// @param steps  of the run
    /// @param window steps of a window; the last one may be shorter
    WindowLevels(int lanes, int steps, int window) {
        this.levels = new double[Math.ceilDiv(steps, window)][lanes];
        this.steps = steps;
        this.window = window;
        this.knownFrom = new int[lanes];
        Arrays.fill(knownFrom, levels.length);
        this.period = new int[lanes];
        this.slope = new double[lanes];
    }

    /// The levels in the window that ended with step `done`.
    double[] endedWith(int done) {
        return levels[(done - 1) / window];
    }

    /// From that window on the last `windows` windows repeat.
    void repeat(int lane, int from, int windows) {
        knownFrom[lane] = from;
        period[lane] = windows;
    }

    /// From that window on the level changes by so much a step.
    void extend(int lane, int from, double perStep) {
        knownFrom[lane] = from;
        slope[lane] = perStep;
    }

    /// Whether the last windows before `end` each lie below the one before by `fall`, to a part `tolerance` of it.
    boolean fallBy(double fall, double tolerance, int lane, int begin, int end) {
        for (int w = end - 1; w >= begin; w--) {
            if (!(Math.abs(levels[w][lane] - levels[w - 1][lane] - fall) <= tolerance * -fall)) {
                return false;
            }
        }
        return true;
    }

    /// Takes a lane and its levels, one for each window, in an array that holds other lanes later.
    public interface LaneLevels {
        /// Looks at the levels of a lane.
        void accept(int lane, double[] levels);
    }

    /// Shows every lane.
    public void forEach(LaneLevels look) {
        Gathered.forEach(levels, knownFrom.length, (lane, column) -> {
            complete(column, lane);
            look.accept(lane, column);
        });
    }

    /// The levels of a lane, one for each window.
    public double[] of(int lane) {
        double[] level = Arrays.stream(levels).mapToDouble(all -> all[lane]).toArray();
        complete(level, lane);
        return level;
    }

    /// The number of windows.
    public int windows() {
        return levels.length;
    }

    private void complete(double[] level, int lane) {
        int from = knownFrom[lane];
        for (int w = from; w < level.length; w++) {
            level[w] = period[lane] > 0
                    ? level[w - period[lane]]
                    : level[from - 1] + slope[lane] * (Math.min((w + 1) * window, steps) - from * window);
        }
    }
}
