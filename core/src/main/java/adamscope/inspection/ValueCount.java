package adamscope.inspection;

import adamscope.diagnosis.FloatFormat;
import java.util.Optional;

/// The numbers of one tensor, counted as they pass.
final class ValueCount {
    /// So many numbers that are no powers of two tell the format: the chance that one of 24 digits has 8 is 2⁻¹⁶.
    private static final int TELLING = 3;

    private static final double LARGEST_HALF = 65504;

    private final FloatFormat format;
    private final Optional<FloatFormat> target;
    private long emptied;
    private long overflown;
    private long count;
    private long nan;
    private long infinite;
    private long negative;
    private long zeros;
    private long firstBroken = -1;
    private long firstNegative = -1;
    private double least = Double.POSITIVE_INFINITY;
    private double largest = Double.NEGATIVE_INFINITY;
    private long order = 0x243f6a8885a308d3L;
    private long set;
    private long telling;
    private long inBfloat16;
    private long inFloat16;
    private long inFloat32;

    /// @param target a format that the numbers may be rounded to
    ValueCount(FloatFormat format, Optional<FloatFormat> target) {
        this.format = format;
        this.target = target;
    }

    void add(double[] values) {
        for (int i = 0; i < values.length; i++) {
            add(values[i], count + i);
        }
        count += values.length;
    }

    private void add(double value, long at) {
        long bits = Double.doubleToRawLongBits(value == 0 ? 0.0 : value);
        long mixed = mixed(bits);
        set += mixed;
        order = Long.rotateLeft(order, 5) * 0x9e3779b97f4a7c15L + mixed;
        if (!Double.isFinite(value)) {
            nan += Double.isNaN(value) ? 1 : 0;
            infinite += Double.isNaN(value) ? 0 : 1;
            firstBroken = firstBroken < 0 ? at : firstBroken;
            return;
        }
        if (value < 0) {
            negative++;
            firstNegative = firstNegative < 0 ? at : firstNegative;
        }
        least = Math.min(least, value);
        largest = Math.max(largest, value);
        if (value == 0) {
            zeros++;
            return;
        }
        if (target.isPresent()) {
            double rounded = target.get().round(value, false);
            emptied += rounded == 0 ? 1 : 0;
            overflown += Double.isInfinite(rounded) ? 1 : 0;
        }
        if ((bits & 0xf_ffff_ffff_ffffL) != 0) {
            tell(bits, value);
        }
    }

    private void tell(long bits, double value) {
        telling++;
        if ((bits & (1L << 29) - 1) == 0) {
            inFloat32++;
            inBfloat16 += (bits & (1L << 45) - 1) == 0 ? 1 : 0;
            inFloat16 += (bits & (1L << 42) - 1) == 0
                            && Math.abs(value) <= LARGEST_HALF
                            && value * 0x1p24 == Math.rint(value * 0x1p24)
                    ? 1
                    : 0;
        }
    }

    private static long mixed(long bits) {
        long z = (bits ^ bits >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    /// The format that the numbers have, where one of 24 digits or more is declared and it is shorter.
    FloatFormat actual() {
        if (telling < TELLING || format.digits() <= FloatFormat.FLOAT16.digits()) {
            return format;
        }
        FloatFormat shortest = inBfloat16 == telling
                ? FloatFormat.BFLOAT16
                : inFloat16 == telling
                        ? FloatFormat.FLOAT16
                        : inFloat32 == telling ? FloatFormat.FLOAT32 : FloatFormat.FLOAT64;
        return shortest.digits() < format.digits() ? shortest : format;
    }

    /// Whether the same numbers stand in the same order.
    boolean same(ValueCount other) {
        return count == other.count && order == other.order && set == other.set;
    }

    /// Whether the same numbers stand in any order.
    boolean permuted(ValueCount other) {
        return count == other.count && set == other.set;
    }

    /// Whether the numbers tell this tensor from others by chance.
    boolean tells() {
        return count > 1 && least < largest && telling >= TELLING;
    }

    long set() {
        return set;
    }

    FloatFormat format() {
        return format;
    }

    long count() {
        return count;
    }

    long broken() {
        return nan + infinite;
    }

    long infinite() {
        return infinite;
    }

    long firstBroken() {
        return firstBroken;
    }

    long negative() {
        return negative;
    }

    long firstNegative() {
        return firstNegative;
    }

    boolean allZero() {
        return count > 0 && zeros == count;
    }

    double least() {
        return least;
    }

    double largest() {
        return largest;
    }

    /// The largest magnitude; 0 if no number is finite.
    double magnitude() {
        return least > largest ? 0 : Math.max(Math.abs(least), Math.abs(largest));
    }

    /// How many are not 0.
    long nonZero() {
        return count - zeros;
    }

    /// How many of them would be 0 in the other format.
    long emptied() {
        return emptied;
    }

    /// How many would be infinite there.
    long overflown() {
        return overflown;
    }
}
