package adamscope.kernel;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/// The power of two that a register leaves out, as a linear form of the chosen exponents: Σ weightᵢ·chosenᵢ / unit.
///
/// Products add scales, quotients subtract them, roots halve them. All chosen exponents are multiples of the unit, so
/// that the form is a whole number.
///
/// @param weights one for each chosen exponent
record BinaryScale(List<Integer> weights) {

    /// The scale 0.
    static BinaryScale none(int count) {
        return new BinaryScale(Collections.nCopies(count, 0));
    }

    /// One chosen exponent itself.
    static BinaryScale chosen(int count, int index, int unit) {
        return new BinaryScale(
                IntStream.range(0, count).mapToObj(i -> i == index ? unit : 0).toList());
    }

    BinaryScale plus(BinaryScale other) {
        return new BinaryScale(IntStream.range(0, weights.size())
                .mapToObj(i -> weights.get(i) + other.weights.get(i))
                .toList());
    }

    BinaryScale minus(BinaryScale other) {
        return plus(other.negated());
    }

    BinaryScale negated() {
        return new BinaryScale(weights.stream().map(w -> -w).toList());
    }

    BinaryScale half() {
        return new BinaryScale(weights.stream().map(w -> w / 2).toList());
    }

    boolean isNone() {
        return weights.stream().allMatch(w -> w == 0);
    }

    /// Its value for the exponents chosen for a lane.
    ///
    /// @param unit a power of two, of which the sum is a multiple
    static long value(int[] weights, int unit, long[][] chosen, int lane) {
        long sum = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] != 0) {
                sum += weights[i] * chosen[i][lane];
            }
        }
        return sum >> Integer.numberOfTrailingZeros(unit);
    }

    int[] toArray() {
        return weights.stream().mapToInt(Integer::intValue).toArray();
    }
}
