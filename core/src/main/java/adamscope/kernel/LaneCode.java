package adamscope.kernel;

import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.UnaryOperation;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.IntUnaryOperator;

/// What a generated loop does in one step, and where it keeps its numbers: rows of one double per lane.
///
/// @param operations straight-line code; an operation is named by its position
/// @param next       for each state row, the operation that gives its next value
/// @param trackers   what is recorded over the steps of a call
/// @param rows       the number of rows; state rows come first
public record LaneCode(List<LaneOperation> operations, int[] next, List<Tracker> trackers, int rows) {

    /// One operation of a step.
    public sealed interface LaneOperation {
        /// A state row, before the step.
        record State(int row) implements LaneOperation {}

        /// A row that no step changes.
        record Invariant(int row) implements LaneOperation {}

        /// A number known now.
        record Literal(double number) implements LaneOperation {}

        /// The step, counted from 1.
        record Clock() implements LaneOperation {}

        /// An operation on an earlier value.
        record One(UnaryOperation operation, int a) implements LaneOperation {}

        /// An operation on two earlier values.
        record Two(BinaryOperation operation, int a, int b) implements LaneOperation {}
    }

    /// Something recorded in rows over the steps since its start.
    public sealed interface Tracker {
        /// The least magnitude, NaN left out; +∞ at the start.
        record Least(int value, int row) implements Tracker {}

        /// The greatest magnitude, NaN the greatest of all; 0 at the start.
        record Greatest(int value, int row) implements Tracker {}

        /// The value where it is greatest, NaN and negative numbers left out; 0 at the start.
        record GreatestNumber(int value, int row) implements Tracker {}

        /// Two non-negative numbers a, b where a/b is greatest, found by a·b' > a'·b; 0 and 1 at the start.
        record GreatestQuotient(int a, int b, int rowA, int rowB) implements Tracker {}

        /// The value at the last step.
        record Last(int value, int row) implements Tracker {}

        /// Whether any of some values was 0, NaN or further from 1 than by its power of two: then the row is
        /// negative, −0 or a negative NaN; 0 at the start.
        ///
        /// @param bits for each value, how many bits its magnitude may be away from 1
        record Outside(SequencedMap<Integer, Integer> bits, int row) implements Tracker {}

        /// Sets its rows, of `stride` numbers each, to what they are before anything was recorded.
        default void start(double[] rows, int stride) {
            switch (this) {
                case Least(var _, int row) -> fill(rows, stride, row, Double.POSITIVE_INFINITY);
                case Greatest(var _, int row) -> fill(rows, stride, row, 0);
                case GreatestNumber(var _, int row) -> fill(rows, stride, row, 0);
                case GreatestQuotient(var _, var _, int rowA, int rowB) -> {
                    fill(rows, stride, rowA, 0);
                    fill(rows, stride, rowB, 1);
                }
                case Last(var _, int row) -> fill(rows, stride, row, 0);
                case Outside(var _, int row) -> fill(rows, stride, row, 0);
            }
        }

        /// The values that it looks at.
        default int[] values() {
            return switch (this) {
                case Least(int value, int _) -> new int[] {value};
                case Greatest(int value, int _) -> new int[] {value};
                case GreatestNumber(int value, int _) -> new int[] {value};
                case GreatestQuotient(int a, int b, int _, int _) -> new int[] {a, b};
                case Last(int value, int _) -> new int[] {value};
                case Outside(var bits, int _) ->
                    bits.keySet().stream().mapToInt(Integer::intValue).toArray();
            };
        }

        /// The same of values that stand elsewhere.
        default Tracker of(IntUnaryOperator place) {
            return switch (this) {
                case Least(int value, int row) -> new Least(place.applyAsInt(value), row);
                case Greatest(int value, int row) -> new Greatest(place.applyAsInt(value), row);
                case GreatestNumber(int value, int row) -> new GreatestNumber(place.applyAsInt(value), row);
                case GreatestQuotient(int a, int b, int rowA, int rowB) ->
                    new GreatestQuotient(place.applyAsInt(a), place.applyAsInt(b), rowA, rowB);
                case Last(int value, int row) -> new Last(place.applyAsInt(value), row);
                case Outside(var bits, int row) -> {
                    SequencedMap<Integer, Integer> moved = new LinkedHashMap<>();
                    bits.forEach((value, may) -> moved.put(place.applyAsInt(value), may));
                    yield new Outside(moved, row);
                }
            };
        }

        private static void fill(double[] rows, int stride, int row, double number) {
            Arrays.fill(rows, row * stride, (row + 1) * stride, number);
        }
    }

    public LaneCode {
        operations = List.copyOf(operations);
        trackers = List.copyOf(trackers);
    }

    /// The same, without what is recorded at the last step alone.
    LaneCode withoutLast() {
        List<Tracker> others = trackers.stream()
                .filter(tracker -> !(tracker instanceof Tracker.Last))
                .toList();
        return new LaneCode(operations, next, others, rows);
    }

    /// The operations that an operation takes its operands from.
    int[] operands(int i) {
        return switch (operations.get(i)) {
            case LaneOperation.State _, LaneOperation.Invariant _, LaneOperation.Literal _, LaneOperation.Clock _ ->
                new int[0];
            case LaneOperation.One(var _, int a) -> new int[] {a};
            case LaneOperation.Two(var _, int a, int b) -> new int[] {a, b};
        };
    }

    /// For each operation, whether it is the same for all lanes of a step: made of literals and the clock.
    public boolean[] shared() {
        boolean[] shared = new boolean[operations.size()];
        for (int i = 0; i < shared.length; i++) {
            shared[i] = switch (operations.get(i)) {
                case LaneOperation.State _, LaneOperation.Invariant _ -> false;
                case LaneOperation.Literal _, LaneOperation.Clock _ -> true;
                case LaneOperation.One(var _, int a) -> shared[a];
                case LaneOperation.Two(var _, int a, int b) -> shared[a] && shared[b];
            };
        }
        return shared;
    }
}
