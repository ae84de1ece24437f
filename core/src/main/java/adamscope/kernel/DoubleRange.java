package adamscope.kernel;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Tells where the state of lanes has left the normal range of double by underflow: what follows is rounding.
///
/// Lanes are named by their place in the tile.
final class DoubleRange {
    /// A number below this may be on its way out of double; a state that is 0 right after it has underflowed.
    private static final double NEAR_THE_END = 1e-150;

    private final StepProgram program;
    private final Map<String, double[]> inputs;
    private final boolean[] driven;
    private final boolean[] given;

    /// @param inputs of the tile, one number per lane
    DoubleRange(StepProgram program, Map<String, double[]> inputs) {
        this.program = program;
        this.inputs = inputs;
        int components = program.components().size();
        this.driven = new boolean[components];
        this.given = new boolean[components];
        for (int c = 0; c < components; c++) {
            driven[c] = program.driven().contains(program.components().get(c));
            given[c] = isGiven(program, c);
        }
    }

    /// Whether a component's start comes from outside: then it is a variable, not a state.
    static boolean isGiven(StepProgram program, int component) {
        Program starts = program.starts();
        return starts.values()
                .get(starts.results()[component])
                .equals(new Program.Instruction.Input(program.components().get(component)));
    }

    /// Whether component `c` of a lane, now 0 or subnormal, left the range since `then`. A running power may underflow:
    /// 1 − βᵗ loses nothing by it.
    ///
    /// @param flat whether the gradient was exactly 0: averages of it then fade away, and nothing follows
    boolean isLost(double[][] then, double[][] now, int c, int at, boolean flat) {
        double value = now[c][at];
        return driven[c]
                && Math.abs(value) < Double.MIN_NORMAL
                && (value != 0 || hasUnderflowed(then, now, c, at))
                && (given[c] || !flat);
    }

    private boolean hasUnderflowed(double[][] then, double[][] now, int c, int at) {
        double before = Math.abs(then[c][at]);
        return before > 0 && (before < NEAR_THE_END || !given[c] && isMoving(now, at));
    }

    /// Whether some variable is not 0, so that an average of gradients cannot be 0 either.
    private boolean isMoving(double[][] now, int at) {
        boolean moving = false;
        for (int c = 0; c < now.length; c++) {
            moving |= given[c] && now[c][at] != 0;
        }
        return moving;
    }

    /// For each of some lanes that became infinite or NaN within a window, whether a number had underflowed before:
    /// then it is rounding, such as m/√0, and no divergence. The window is run once more, step by step.
    ///
    /// @param start of the window, `[component][lane of lanes]`
    boolean[] lostFirst(double[][] start, int[] lanes, int firstStep, int steps) {
        Map<String, double[]> values = new HashMap<>();
        inputs.forEach((name, numbers) -> values.put(name, Magnitudes.kept(numbers, lanes)));
        double[] clock = new double[lanes.length];
        values.put(StepProgram.STEP, clock);
        BlockInterpreter interpreter = new BlockInterpreter(program.program(), lanes.length);
        double[][] then = start;
        boolean[] lost = new boolean[lanes.length];
        boolean[] over = new boolean[lanes.length];
        for (int step = firstStep; step < firstStep + steps; step++) {
            Arrays.fill(clock, step);
            for (int c = 0; c < then.length; c++) {
                values.put(program.components().get(c), then[c]);
            }
            double[][] results = new double[program.program().results().length][lanes.length];
            interpreter.evaluate(values, results);
            double[][] now = Arrays.copyOf(results, then.length);
            for (int at = 0; at < lanes.length; at++) {
                lost[at] |= !over[at] && isAnyLost(then, now, at);
                over[at] |= isAnyNotFinite(now, at);
            }
            then = now;
        }
        return lost;
    }

    private boolean isAnyLost(double[][] then, double[][] now, int at) {
        boolean lost = false;
        for (int c = 0; c < now.length; c++) {
            lost |= isLost(then, now, c, at, false);
        }
        return lost;
    }

    private static boolean isAnyNotFinite(double[][] now, int at) {
        boolean found = false;
        for (double[] numbers : now) {
            found |= !Double.isFinite(numbers[at]);
        }
        return found;
    }
}
