package adamscope.kernel;

import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.UnaryOperation;
import adamscope.kernel.LaneCode.LaneOperation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/// Which numbers of a step must be well within the range of double so that it gives the bits of log-scaled arithmetic.
///
/// Products, quotients, powers and exp may leave the range; log and powers of a subnormal number are rounded otherwise.
/// Sums and roots of numbers within it need no watching: where a sum is subnormal it is exact.
final class WatchedRange {
    private static final int BITS = (int) RegisterBounds.BITS;

    private WatchedRange() {}

    /// The operations to watch, each with the bits that its result may be away from 1.
    ///
    /// @param a        numerator of the recorded quotient, which the search for its greatest multiplies with
    ///                 denominators; or −1
    /// @param b        denominator; or −1
    static SequencedMap<Integer, Integer> of(List<LaneOperation> operations, int[] next, int a, int b) {
        SequencedMap<Integer, Integer> watched = new LinkedHashMap<>();
        IntStream.of(next).forEach(at -> watched.put(at, BITS));
        for (int i = 0; i < operations.size(); i++) {
            int watch = watched(operations.get(i), i);
            if (watch >= 0) {
                watched.put(watch, BITS);
            }
            if (operations.get(i) instanceof LaneOperation.Two(var operation, int base, int _)
                    && operation == BinaryOperation.POWER) {
                watched.put(base, BITS);
            }
        }
        IntStream.of(a, b).filter(at -> at >= 0).forEach(at -> watched.put(at, BITS / 2));
        return watched;
    }

    /// The result of the operation at `i`, or what it is made of, or −1.
    private static int watched(LaneOperation operation, int i) {
        return switch (operation) {
            case LaneOperation.State _, LaneOperation.Invariant _, LaneOperation.Literal _, LaneOperation.Clock _ -> -1;
            case LaneOperation.One(UnaryOperation one, int of) ->
                switch (one) {
                    case EXP -> i;
                    case LOG -> of;
                    case NEGATE, SQRT, ABS, SIGN, SIN, COS, TANH -> -1;
                };
            case LaneOperation.Two(BinaryOperation two, int _, int _) ->
                switch (two) {
                    case MULTIPLY, DIVIDE, POWER -> i;
                    case ADD, SUBTRACT, MIN, MAX -> -1;
                };
        };
    }
}
