package adamscope.kernel;

import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.UnaryOperation;
import adamscope.kernel.LaneCode.LaneOperation;
import adamscope.kernel.LaneCode.Tracker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A [LaneCode] cut at its functions of what differs from lane to lane (exp, log, sin, cos, tanh, powers): passes over
/// all lanes without functions, and functions of whole rows in between.
///
/// What a pass computes for a function or for a later pass lies in a row of its own, after the rows of the code. The
/// last pass alone sets the next state and records.
///
/// @param passes    the code of each pass, one more than there are entries of `functions`; a pass may have nothing to
/// do
/// @param functions what is done after each pass but the last
/// @param literals  rows that hold a number known now, the same in all lanes
/// @param rows      rows of the code and of what lies between passes
record StagedCode(List<LaneCode> passes, List<List<RowFunction>> functions, Map<Integer, Double> literals, int rows) {

    /// A function of rows.
    ///
    /// @param operation an operation whose operands are rows
    /// @param result    the row that it fills
    record RowFunction(LaneOperation operation, int result) {}

    /// The code cut, or empty where it has no such function.
    static Optional<StagedCode> of(LaneCode code) {
        Cut cut = new Cut(code);
        return cut.last == 0 ? Optional.empty() : Optional.of(cut.staged());
    }

    private static boolean isFunction(LaneOperation operation) {
        return switch (operation) {
            case LaneOperation.State _, LaneOperation.Invariant _, LaneOperation.Literal _, LaneOperation.Clock _ ->
                false;
            case LaneOperation.One(UnaryOperation one, int _) ->
                switch (one) {
                    case EXP, LOG, SIN, COS, TANH -> true;
                    case NEGATE, SQRT, ABS, SIGN -> false;
                };
            case LaneOperation.Two(BinaryOperation two, int _, int _) -> two == BinaryOperation.POWER;
        };
    }

    private static final class Cut {
        private final LaneCode code;
        private final List<LaneOperation> operations;
        private final boolean[] shared;
        private final boolean[] function;

        /// The pass that an operation is part of; a function comes right after it.
        private final int[] pass;

        /// Where a value lies between passes, or −1.
        private final int[] row;

        private final int last;
        private int rows;

        Cut(LaneCode code) {
            this.code = code;
            this.operations = code.operations();
            this.shared = code.shared();
            this.function = new boolean[operations.size()];
            this.pass = new int[operations.size()];
            this.row = new int[operations.size()];
            int passes = 0;
            for (int i = 0; i < pass.length; i++) {
                function[i] = !shared[i] && isFunction(operations.get(i));
                for (int of : code.operands(i)) {
                    pass[i] = Math.max(pass[i], function[of] ? pass[of] + 1 : pass[of]);
                }
                passes = function[i] ? Math.max(passes, pass[i] + 1) : passes;
            }
            this.last = passes;
            this.rows = code.rows();
        }

        StagedCode staged() {
            putOff();
            Map<Integer, Double> literals = place();
            List<LaneCode> passes = new ArrayList<>();
            List<List<RowFunction>> functions = new ArrayList<>();
            for (int p = 0; p < last; p++) {
                passes.add(new Pass(p).inBetween());
                functions.add(functionsAfter(p));
            }
            passes.add(new Pass(last).last());
            return new StagedCode(List.copyOf(passes), List.copyOf(functions), literals, rows);
        }

        /// Operations that no function waits for belong to the last pass.
        private void putOff() {
            for (int i = 0; i < pass.length; i++) {
                pass[i] = function[i] ? pass[i] : last;
            }
            for (int i = pass.length - 1; i >= 0; i--) {
                for (int of : code.operands(i)) {
                    pass[of] = function[of] ? pass[of] : Math.min(pass[of], pass[i]);
                }
            }
        }

        /// Gives rows to what functions take and give and to what a later pass needs; returns those of literals.
        private Map<Integer, Double> place() {
            Arrays.fill(row, -1);
            for (int i = 0; i < row.length; i++) {
                for (int of : code.operands(i)) {
                    if (function[i] || !shared[of] && pass[of] < pass[i]) {
                        place(of);
                    }
                }
                if (function[i]) {
                    place(i);
                }
            }
            for (int used : usedAtLast()) {
                if (!shared[used] && pass[used] < last) {
                    place(used);
                }
            }
            Map<Integer, Double> literals = new LinkedHashMap<>();
            for (int i = 0; i < row.length; i++) {
                if (row[i] >= 0 && operations.get(i) instanceof LaneOperation.Literal(double number)) {
                    literals.put(row[i], number);
                }
            }
            return literals;
        }

        private int[] usedAtLast() {
            return java.util.stream.IntStream.concat(
                            Arrays.stream(code.next()),
                            code.trackers().stream().flatMapToInt(tracker -> Arrays.stream(tracker.values())))
                    .toArray();
        }

        private void place(int i) {
            if (row[i] < 0) {
                row[i] = switch (operations.get(i)) {
                    case LaneOperation.State(int at) -> at;
                    case LaneOperation.Invariant(int at) -> at;
                    case LaneOperation.Literal _, LaneOperation.Clock _, LaneOperation.One _, LaneOperation.Two _ ->
                        rows++;
                };
            }
        }

        private List<RowFunction> functionsAfter(int p) {
            List<RowFunction> after = new ArrayList<>();
            for (int i = 0; i < pass.length; i++) {
                if (function[i] && pass[i] == p) {
                    after.add(new RowFunction(
                            switch (operations.get(i)) {
                                case LaneOperation.One(var operation, int a) ->
                                    new LaneOperation.One(operation, row[a]);
                                case LaneOperation.Two(var operation, int a, int b) ->
                                    new LaneOperation.Two(operation, row[a], row[b]);
                                case LaneOperation.State _,
                                        LaneOperation.Invariant _,
                                        LaneOperation.Literal _,
                                        LaneOperation.Clock _ -> throw new IllegalStateException("no function");
                            },
                            row[i]));
                }
            }
            return after;
        }

        /// The code of one pass, while it is made.
        private final class Pass {
            private final int number;
            private final List<LaneOperation> made = new ArrayList<>();
            private final int[] position = new int[operations.size()];

            Pass(int number) {
                this.number = number;
                Arrays.fill(position, -1);
            }

            /// Stores what lies in a row from now on.
            LaneCode inBetween() {
                List<Tracker> stores = new ArrayList<>();
                for (int i = 0; i < row.length; i++) {
                    if (row[i] >= code.rows()
                            && pass[i] == number
                            && !function[i]
                            && !(operations.get(i) instanceof LaneOperation.Literal)) {
                        stores.add(new Tracker.Last(at(i), row[i]));
                    }
                }
                return new LaneCode(made, new int[0], stores, rows);
            }

            LaneCode last() {
                for (int i = 0; i < pass.length; i++) {
                    if (pass[i] == number && !function[i] && !shared[i]) {
                        at(i);
                    }
                }
                int[] next = Arrays.stream(code.next()).map(this::at).toArray();
                List<Tracker> trackers = code.trackers().stream()
                        .map(tracker -> tracker.of(this::at))
                        .toList();
                return new LaneCode(made, next, trackers, rows);
            }

            /// Where the value stands in this pass.
            private int at(int i) {
                if (position[i] < 0) {
                    LaneOperation operation = operation(i);
                    position[i] = made.size();
                    made.add(operation);
                }
                return position[i];
            }

            private LaneOperation operation(int i) {
                boolean isThere = !shared[i] && (function[i] || pass[i] < number);
                return switch (operations.get(i)) {
                    case LaneOperation.State(int at) when number < last -> new LaneOperation.Invariant(at);
                    case LaneOperation.State state -> state;
                    case LaneOperation.Invariant invariant -> invariant;
                    case LaneOperation.Literal literal -> literal;
                    case LaneOperation.Clock clock -> clock;
                    case LaneOperation.One(var operation, int a) ->
                        isThere ? new LaneOperation.Invariant(row[i]) : new LaneOperation.One(operation, at(a));
                    case LaneOperation.Two(var operation, int a, int b) ->
                        isThere ? new LaneOperation.Invariant(row[i]) : new LaneOperation.Two(operation, at(a), at(b));
                };
            }
        }
    }
}
