package adamscope.kernel;

import java.util.Arrays;

/// One number per lane as mantissa · 2^exponent, the mantissa any double.
///
/// @param mantissa one double per lane
/// @param exponent one power of two per lane; all 0 in double arithmetic
public record Magnitudes(double[] mantissa, long[] exponent) {

    /// Room for a number of lanes, all zero.
    public static Magnitudes of(int lanes) {
        return new Magnitudes(new double[lanes], new long[lanes]);
    }

    /// The lane's number in normal form.
    public Wide at(int lane) {
        return Wide.normalised(mantissa[lane], exponent[lane]);
    }

    /// The numbers of some lanes, in that order.
    Magnitudes kept(int[] lanes) {
        return new Magnitudes(
                kept(mantissa, lanes),
                Arrays.stream(lanes).mapToLong(lane -> exponent[lane]).toArray());
    }

    static double[] kept(double[] numbers, int[] lanes) {
        return Arrays.stream(lanes).mapToDouble(lane -> numbers[lane]).toArray();
    }

    /// Sets the lane's number.
    void set(int lane, Wide value) {
        mantissa[lane] = value.mantissa();
        exponent[lane] = value.exponent();
    }

    /// Whether |a| of lane is below |b| of lane; false if either is NaN.
    static boolean isLess(Wide a, Wide b) {
        double left = Math.abs(a.mantissa());
        double right = Math.abs(b.mantissa());
        boolean plain = left == 0 || right == 0 || !a.isFinite() || !b.isFinite() || a.exponent() == b.exponent();
        return plain ? left < right : a.exponent() < b.exponent();
    }
}
