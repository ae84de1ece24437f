package adamscope.inspection;

/// Positive numbers by size, four classes an octave: quantiles within a tenth, without sorting.
final class Histogram {
    private static final int SHIFT = 50;

    private final long[] classes = new long[1 << 13];
    private long count;

    void add(double positive) {
        classes[(int) (Double.doubleToRawLongBits(positive) >>> SHIFT)]++;
        count++;
    }

    /// The number below which this share lies, within a tenth; NaN if there are none.
    double quantile(double share) {
        long rest = Math.max(1, (long) Math.ceil(share * count));
        for (int i = 0; i < classes.length; i++) {
            rest -= classes[i];
            if (rest <= 0 && count > 0) {
                double lower = Double.longBitsToDouble((long) i << SHIFT);
                double upper = Double.longBitsToDouble((long) (i + 1) << SHIFT);
                return lower == 0 ? upper / 2 : Math.sqrt(lower * upper);
            }
        }
        return Double.NaN;
    }
}
