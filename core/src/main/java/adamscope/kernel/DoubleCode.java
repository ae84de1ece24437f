package adamscope.kernel;

import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.UnaryOperation;
import adamscope.kernel.LaneCode.LaneOperation;
import adamscope.kernel.LaneCode.Tracker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// A step program as lane code in double: the same operations in the same order, invariant ones as rows.
///
/// Rows: the components, the invariants, then what is recorded.
///
/// @param recordRows the rows of each record: one, or numerator and denominator
/// @param window     what is recorded anew in each window: the greatest loss, and the greatest slope
/// @param coupling   how the coupling v/g² is recorded
/// @param scaleRow   the row of the powers of two by which the recorded |g| is multiplied, or −1
record DoubleCode(
        LaneCode code,
        InvariantCode invariants,
        Map<Lanes.Record, int[]> recordRows,
        List<Tracker> window,
        CouplingForm coupling,
        int scaleRow) {

    /// Lane code for a program that observes the loss, and perhaps the coupling and the slope.
    static DoubleCode of(StepProgram program) {
        return new Translation(program).translate();
    }

    private static final class Translation {
        private final StepProgram program;
        private final List<Program.Instruction> values;
        private final List<LaneOperation> operations = new ArrayList<>();
        private final int[] position;
        private final List<Tracker> trackers = new ArrayList<>();
        private final Map<Lanes.Record, int[]> recordRows = new EnumMap<>(Lanes.Record.class);
        private CouplingForm form = CouplingForm.PLAIN;
        private int scaleRow = -1;

        Translation(StepProgram program) {
            this.program = program;
            this.values = program.program().values();
            this.position = new int[values.size()];
        }

        DoubleCode translate() {
            int[] results = program.program().results();
            int loss = results[program.resultOf(TileRun.LOSS)];
            RecordedQuotient coupling = RecordedQuotient.in(program);
            int root = coupling == null ? -1 : rootOf(coupling.numerator());
            int gradient = coupling == null ? -1 : factorOf(coupling.denominator());
            if (gradient >= 0) {
                form = root >= 0 ? CouplingForm.ROOTED : CouplingForm.BY_GRADIENT;
            }

            int states = program.components().size();
            List<Integer> roots = new ArrayList<>();
            Arrays.stream(results, 0, states).forEach(roots::add);
            roots.add(loss);
            int slope = program.observed().contains(TileRun.SLOPE) ? results[program.resultOf(TileRun.SLOPE)] : -1;
            if (slope >= 0) {
                roots.add(slope);
            }
            if (coupling != null) {
                roots.add(coupling.numerator());
                roots.add(gradient >= 0 ? gradient : coupling.denominator());
            }
            if (root >= 0 && gradient >= 0) {
                roots.add(root);
            }
            boolean[] needed = new boolean[values.size()];
            roots.forEach(r -> need(r, needed));
            boolean[] invariant = program.program()
                    .invariant(name -> name.equals(StepProgram.STEP)
                            || program.components().contains(name));
            InvariantCode invariants = InvariantCode.of(program.program(), invariant, needed, roots);
            int rows = states;
            for (int at : invariants.positions()) {
                position[at] = add(
                        values.get(at) instanceof Program.Instruction.Literal(double number)
                                ? new LaneOperation.Literal(number)
                                : new LaneOperation.Invariant(rows));
                rows++;
            }
            for (int i = 0; i < values.size(); i++) {
                if (needed[i] && !invariant[i]) {
                    position[i] = add(operation(values.get(i)));
                }
            }
            rows = track(new Tracker.Least(position[loss], rows), Lanes.Record.LEAST_LOSS, rows, 1);
            List<Tracker> window = new ArrayList<>(List.of(new Tracker.Greatest(position[loss], rows)));
            rows = track(window.getFirst(), Lanes.Record.GREATEST_LOSS, rows, 1);
            if (slope >= 0) {
                window.add(new Tracker.Greatest(position[slope], rows));
                rows = track(window.getLast(), Lanes.Record.GREATEST_SLOPE, rows, 1);
            }
            if (coupling != null) {
                rows = trackCoupling(
                        position[coupling.numerator()],
                        position[gradient >= 0 ? gradient : coupling.denominator()],
                        root >= 0 ? position[root] : -1,
                        rows);
            }
            int[] next = Arrays.stream(results, 0, states).map(r -> position[r]).toArray();
            return new DoubleCode(
                    new LaneCode(operations, next, trackers, rows), invariants, recordRows, window, form, scaleRow);
        }

        /// @param b the gradient, or its square where the form is plain
        private int trackCoupling(int a, int b, int root, int row) {
            int rows = row;
            Tracker greatest = switch (form) {
                case PLAIN -> new Tracker.GreatestNumber(add(divided(a, b)), rows);
                case BY_GRADIENT -> {
                    int magnitude = add(new LaneOperation.One(UnaryOperation.ABS, b));
                    yield new Tracker.GreatestQuotient(add(divided(a, magnitude)), magnitude, rows, rows + 1);
                }
                case ROOTED -> {
                    scaleRow = rows++;
                    int magnitude = add(new LaneOperation.One(UnaryOperation.ABS, b));
                    int scale = add(new LaneOperation.Invariant(scaleRow));
                    int scaled = add(new LaneOperation.Two(BinaryOperation.MULTIPLY, magnitude, scale));
                    yield new Tracker.GreatestQuotient(root, scaled, rows, rows + 1);
                }
            };
            int last = track(greatest, Lanes.Record.GREATEST_COUPLING, rows, form == CouplingForm.PLAIN ? 1 : 2);
            trackers.add(new Tracker.Last(a, last));
            return track(new Tracker.Last(b, last + 1), Lanes.Record.LAST_COUPLING, last, 2);
        }

        private static LaneOperation divided(int a, int b) {
            return new LaneOperation.Two(BinaryOperation.DIVIDE, a, b);
        }

        private int track(Tracker tracker, Lanes.Record record, int row, int count) {
            trackers.add(tracker);
            recordRows.put(record, count == 1 ? new int[] {row} : new int[] {row, row + 1});
            return row + count;
        }

        private int add(LaneOperation operation) {
            operations.add(operation);
            return operations.size() - 1;
        }

        private void need(int value, boolean[] needed) {
            if (!needed[value]) {
                needed[value] = true;
                switch (values.get(value)) {
                    case Program.Instruction.Literal _, Program.Instruction.Input _ -> {}
                    case Program.Instruction.One(var _, int a) -> need(a, needed);
                    case Program.Instruction.Two(var _, int a, int b) -> {
                        need(a, needed);
                        need(b, needed);
                    }
                }
            }
        }

        private LaneOperation operation(Program.Instruction value) {
            return switch (value) {
                case Program.Instruction.Literal(double number) -> new LaneOperation.Literal(number);
                case Program.Instruction.Input(String name) ->
                    name.equals(StepProgram.STEP)
                            ? new LaneOperation.Clock()
                            : new LaneOperation.State(program.components().indexOf(name));
                case Program.Instruction.One(var operation, int a) -> new LaneOperation.One(operation, position[a]);
                case Program.Instruction.Two(var operation, int a, int b) ->
                    new LaneOperation.Two(operation, position[a], position[b]);
            };
        }

        /// Where the program takes the root of a value that the steps need anyway, or −1.
        private int rootOf(int value) {
            return values.indexOf(new Program.Instruction.One(UnaryOperation.SQRT, value));
        }

        /// g where the value is g·g, or −1.
        private int factorOf(int value) {
            return values.get(value) instanceof Program.Instruction.Two(BinaryOperation operation, int a, int b)
                            && operation == BinaryOperation.MULTIPLY
                            && a == b
                    ? a
                    : -1;
        }
    }
}
