package adamscope.regime;

import java.util.Arrays;

/// The middle value of a stretch of a curve; of an even number the upper of the two.
public final class MiddleValue {
    private MiddleValue() {}

    /// Of the values with `from` ≤ index < `to`, at least one.
    public static double of(double[] values, int from, int to) {
        double[] sorted = Arrays.copyOfRange(values, from, to);
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
