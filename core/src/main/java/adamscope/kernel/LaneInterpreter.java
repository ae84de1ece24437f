package adamscope.kernel;

import adamscope.formula.Evaluation;
import adamscope.kernel.LaneCode.LaneOperation;
import adamscope.kernel.LaneCode.Tracker;
import java.util.Arrays;
import java.util.List;

/// Runs a [LaneCode] operation by operation, where a class for it is too long, or Java has no vector module: several
/// times slower than a [LaneClass], with the same bits in every state and every record.
final class LaneInterpreter implements LaneLoop {
    private final LaneCode code;

    private LaneInterpreter(LaneCode code) {
        this.code = code;
    }

    /// The loop of a code; a page in a browser has another, to the same bits.
    static LaneLoop loop(LaneCode code) {
        return new LaneInterpreter(code);
    }

    @Override
    public void advance(double[] memory, int stride, int lanes, int steps, double clock) {
        List<LaneOperation> operations = code.operations();
        double[][] values = new double[operations.size()][lanes];
        for (int i = 0; i < values.length; i++) {
            switch (operations.get(i)) {
                case LaneOperation.Literal(double number) -> Arrays.fill(values[i], number);
                case LaneOperation.Invariant(int row) -> System.arraycopy(memory, row * stride, values[i], 0, lanes);
                case LaneOperation.State _, LaneOperation.Clock _, LaneOperation.One _, LaneOperation.Two _ -> {}
            }
        }
        for (int step = 0; step < steps; step++) {
            for (int i = 0; i < values.length; i++) {
                compute(values, i, memory, stride, clock + step);
            }
            for (Tracker tracker : code.trackers()) {
                track(tracker, values, memory, stride);
            }
            for (int row = 0; row < code.next().length; row++) {
                System.arraycopy(values[code.next()[row]], 0, memory, row * stride, lanes);
            }
        }
    }

    private void compute(double[][] values, int at, double[] memory, int stride, double clock) {
        double[] out = values[at];
        switch (code.operations().get(at)) {
            case LaneOperation.Literal _, LaneOperation.Invariant _ -> {}
            case LaneOperation.State(int row) -> System.arraycopy(memory, row * stride, out, 0, out.length);
            case LaneOperation.Clock() -> Arrays.fill(out, clock);
            case LaneOperation.One(var operation, int a) -> {
                for (int lane = 0; lane < out.length; lane++) {
                    out[lane] = Evaluation.apply(operation, values[a][lane]);
                }
            }
            case LaneOperation.Two(var operation, int a, int b) -> {
                for (int lane = 0; lane < out.length; lane++) {
                    out[lane] = Evaluation.apply(operation, values[a][lane], values[b][lane]);
                }
            }
        }
    }

    private static void track(Tracker tracker, double[][] values, double[] memory, int stride) {
        switch (tracker) {
            case Tracker.Least(int value, int row) -> {
                for (int lane = 0; lane < values[value].length; lane++) {
                    double magnitude = Math.abs(values[value][lane]);
                    int at = row * stride + lane;
                    memory[at] = magnitude < memory[at] ? magnitude : memory[at];
                }
            }
            case Tracker.Greatest(int value, int row) -> {
                for (int lane = 0; lane < values[value].length; lane++) {
                    int at = row * stride + lane;
                    memory[at] = Math.max(memory[at], Math.abs(values[value][lane]));
                }
            }
            case Tracker.GreatestNumber(int value, int row) -> {
                for (int lane = 0; lane < values[value].length; lane++) {
                    int at = row * stride + lane;
                    memory[at] = values[value][lane] > memory[at] ? values[value][lane] : memory[at];
                }
            }
            case Tracker.GreatestQuotient(int a, int b, int rowA, int rowB) -> {
                for (int lane = 0; lane < values[a].length; lane++) {
                    int bestA = rowA * stride + lane;
                    int bestB = rowB * stride + lane;
                    if (values[a][lane] * memory[bestB] > memory[bestA] * values[b][lane]) {
                        memory[bestA] = values[a][lane];
                        memory[bestB] = values[b][lane];
                    }
                }
            }
            case Tracker.Last(int value, int row) ->
                System.arraycopy(values[value], 0, memory, row * stride, values[value].length);
        }
    }
}
