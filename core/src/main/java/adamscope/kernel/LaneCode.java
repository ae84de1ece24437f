package adamscope.kernel;

import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.UnaryOperation;
import java.util.List;

/// What a generated loop does in one step, and where it keeps its numbers: rows of one double per lane.
///
/// @param operations straight-line code; an operation is named by its position
/// @param next       for each state row, the operation that gives its next value
/// @param trackers   what is recorded over the steps of a call
/// @param rows       the number of rows; state rows come first
record LaneCode(List<Operation> operations, int[] next, List<Tracker> trackers, int rows) {

    /// One operation of a step.
    sealed interface Operation {
        /// A state row, before the step.
        record State(int row) implements Operation {}

        /// A row that no step changes.
        record Invariant(int row) implements Operation {}

        /// A number known now.
        record Literal(double number) implements Operation {}

        /// The step, counted from 1.
        record Clock() implements Operation {}

        /// An operation on an earlier value.
        record One(UnaryOperation operation, int a) implements Operation {}

        /// An operation on two earlier values.
        record Two(BinaryOperation operation, int a, int b) implements Operation {}
    }

    /// Something recorded in rows over the steps of a call.
    sealed interface Tracker {
        /// The least magnitude, NaN left out; +∞ before the first step.
        record Least(int value, int row) implements Tracker {}

        /// The greatest magnitude, NaN the greatest of all; 0 before the first step.
        record Greatest(int value, int row) implements Tracker {}

        /// The value where it is greatest, NaN and negative numbers left out; 0 before the first step.
        record GreatestNumber(int value, int row) implements Tracker {}

        /// Two non-negative numbers a, b where a/b is greatest, found by a·b' > a'·b; 0 and 1 before the first step.
        record GreatestQuotient(int a, int b, int rowA, int rowB) implements Tracker {}

        /// The value at the last step.
        record Last(int value, int row) implements Tracker {}
    }

    LaneCode {
        operations = List.copyOf(operations);
        trackers = List.copyOf(trackers);
    }

    /// For each operation, whether it is the same for all lanes of a step: made of literals and the clock.
    boolean[] shared() {
        boolean[] shared = new boolean[operations.size()];
        for (int i = 0; i < shared.length; i++) {
            shared[i] = switch (operations.get(i)) {
                case Operation.State _, Operation.Invariant _ -> false;
                case Operation.Literal _, Operation.Clock _ -> true;
                case Operation.One(var _, int a) -> shared[a];
                case Operation.Two(var _, int a, int b) -> shared[a] && shared[b];
            };
        }
        return shared;
    }
}
