package adamscope.kernel;

import adamscope.kernel.LaneCode.LaneOperation;
import adamscope.kernel.LaneCode.Tracker;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/// Runs a [LaneCode] operation by operation, where a class for it is too long, or Java has no vector module: several
/// times slower than a [LaneClass], with the same bits in every state and every record.
final class LaneInterpreter implements LaneLoop {
    /// Lanes that go through all steps together: the few dozen values that are still wanted at once stay in the first
    /// cache.
    private static final int BLOCK = 128;

    private final LaneCode code;
    private final int[] places;

    private LaneInterpreter(LaneCode code) {
        this.code = code;
        this.places = places(code);
    }

    /// For each operation, where its value is kept: in the place of one that nothing wants any more.
    private static int[] places(LaneCode code) {
        int[] lastUse = lastUse(code);
        int[] places = new int[lastUse.length];
        Deque<Integer> free = new ArrayDeque<>();
        int used = 0;
        for (int i = 0; i < places.length; i++) {
            for (int of : IntStream.of(code.operands(i)).distinct().toArray()) {
                if (lastUse[of] == i) {
                    free.push(places[of]);
                }
            }
            places[i] = free.isEmpty() || isThereBefore(code.operations().get(i)) ? used++ : free.pop();
            if (lastUse[i] == i) {
                free.push(places[i]);
            }
        }
        return places;
    }

    /// For each operation, the last one that uses its value, itself if none does; beyond all for what a step ends with
    /// and for what is there before it.
    private static int[] lastUse(LaneCode code) {
        int[] lastUse = IntStream.range(0, code.operations().size()).toArray();
        for (int i = 0; i < lastUse.length; i++) {
            for (int of : code.operands(i)) {
                lastUse[of] = i;
            }
        }
        for (int i = 0; i < lastUse.length; i++) {
            lastUse[i] = isThereBefore(code.operations().get(i)) ? Integer.MAX_VALUE : lastUse[i];
        }
        IntStream.of(code.next()).forEach(value -> lastUse[value] = Integer.MAX_VALUE);
        code.trackers()
                .forEach(
                        tracker -> IntStream.of(tracker.values()).forEach(value -> lastUse[value] = Integer.MAX_VALUE));
        return lastUse;
    }

    /// The loop of a code; a page in a browser has another, to the same bits.
    static GroupLoop loop(LaneCode code) {
        return new GroupLoop(new LaneInterpreter(code), 1);
    }

    /// Whether the value is written once for all steps.
    private static boolean isThereBefore(LaneOperation operation) {
        return operation instanceof LaneOperation.Literal || operation instanceof LaneOperation.Invariant;
    }

    @Override
    public void advance(double[] memory, int stride, int lanes, int steps, double clock) {
        double[][] room = new double[1 + IntStream.of(places).max().orElse(0)][Math.min(lanes, BLOCK)];
        double[][] values = IntStream.of(places).mapToObj(place -> room[place]).toArray(double[][]::new);
        for (int first = 0; first < lanes; first += BLOCK) {
            advance(values, memory, stride, first, Math.min(BLOCK, lanes - first), steps, clock);
        }
    }

    private void advance(
            double[][] values, double[] memory, int stride, int first, int lanes, int steps, double clock) {
        List<LaneOperation> operations = code.operations();
        for (int i = 0; i < values.length; i++) {
            switch (operations.get(i)) {
                case LaneOperation.Literal(double number) -> Arrays.fill(values[i], number);
                case LaneOperation.Invariant(int row) ->
                    System.arraycopy(memory, row * stride + first, values[i], 0, lanes);
                case LaneOperation.State _, LaneOperation.Clock _, LaneOperation.One _, LaneOperation.Two _ -> {}
            }
        }
        for (int step = 0; step < steps; step++) {
            for (int i = 0; i < values.length; i++) {
                double[] out = values[i];
                switch (operations.get(i)) {
                    case LaneOperation.Literal _, LaneOperation.Invariant _ -> {}
                    case LaneOperation.State(int row) -> System.arraycopy(memory, row * stride + first, out, 0, lanes);
                    case LaneOperation.Clock() -> Arrays.fill(out, clock + step);
                    case LaneOperation.One(var operation, int a) -> BlockInterpreter.apply(operation, values[a], out);
                    case LaneOperation.Two(var operation, int a, int b) ->
                        BlockInterpreter.apply(operation, values[a], values[b], out);
                }
            }
            for (Tracker tracker : code.trackers()) {
                track(tracker, values, memory, stride, first, lanes);
            }
            for (int row = 0; row < code.next().length; row++) {
                System.arraycopy(values[code.next()[row]], 0, memory, row * stride + first, lanes);
            }
        }
    }

    private static void track(Tracker tracker, double[][] values, double[] memory, int stride, int first, int lanes) {
        switch (tracker) {
            case Tracker.Least(int value, int row) -> {
                for (int lane = 0; lane < lanes; lane++) {
                    double magnitude = Math.abs(values[value][lane]);
                    int at = row * stride + first + lane;
                    memory[at] = magnitude < memory[at] ? magnitude : memory[at];
                }
            }
            case Tracker.Greatest(int value, int row) -> {
                for (int lane = 0; lane < lanes; lane++) {
                    int at = row * stride + first + lane;
                    memory[at] = Math.max(memory[at], Math.abs(values[value][lane]));
                }
            }
            case Tracker.GreatestNumber(int value, int row) -> {
                for (int lane = 0; lane < lanes; lane++) {
                    int at = row * stride + first + lane;
                    memory[at] = values[value][lane] > memory[at] ? values[value][lane] : memory[at];
                }
            }
            case Tracker.GreatestQuotient(int a, int b, int rowA, int rowB) -> {
                for (int lane = 0; lane < lanes; lane++) {
                    int bestA = rowA * stride + first + lane;
                    int bestB = rowB * stride + first + lane;
                    if (values[a][lane] * memory[bestB] > memory[bestA] * values[b][lane]) {
                        memory[bestA] = values[a][lane];
                        memory[bestB] = values[b][lane];
                    }
                }
            }
            case Tracker.Outside _ -> throw new IllegalStateException("log-scaled code has a reference of its own");
            case Tracker.Last(int value, int row) ->
                System.arraycopy(values[value], 0, memory, row * stride + first, lanes);
        }
    }
}
