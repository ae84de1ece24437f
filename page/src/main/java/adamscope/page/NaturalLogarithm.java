package adamscope.page;

/// The natural logarithm with the bits of `StrictMath`: the steps of fdlibm (Sun 1995), in its order.
///
/// a = 2ᵏ·(1 + f), √½ < 1 + f < √2, and log(1 + f) by a series of s = f/(2 + f).
final class NaturalLogarithm {
    private static final double LN2_HIGH = 0x1.62e42feep-1;
    private static final double LN2_LOW = 0x1.a39ef35793c76p-33;
    private static final int FRACTION = 0xFFFFF;
    private static final int EXPONENT_PLACE = 20;

    private NaturalLogarithm() {}

    static double log(double a) {
        if (a == 0) {
            return Double.NEGATIVE_INFINITY;
        }
        if (!(a > 0)) {
            return Double.NaN;
        }
        if (a == Double.POSITIVE_INFINITY) {
            return a;
        }
        boolean small = a < Double.MIN_NORMAL;
        double normal = small ? a * 0x1p54 : a;
        int high = DoubleWords.high(normal);
        int fraction = high & FRACTION;
        int carry = fraction + 0x95F64 & 0x100000;
        double f = DoubleWords.withHigh(normal, fraction | carry ^ 0x3FF00000) - 1;
        double k = (high >> EXPONENT_PLACE) - 1023 + (carry >> EXPONENT_PLACE) - (small ? 54 : 0);
        return k * LN2_HIGH - (rest(f, fraction, k * LN2_LOW) - f);
    }

    /// f − log(1 + f) − low, in the order of the branch that the fraction takes.
    private static double rest(double f, int fraction, double low) {
        if ((fraction + 2 & FRACTION) < 3) {
            return f * f * (0.5 - 0.3333333333333333 * f) - low;
        }
        double s = f / (2 + f);
        double z = s * s;
        double w = z * z;
        double even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
        double odd = z
                * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
        double r = odd + even;
        if ((fraction - 0x6147A | 0x6B851 - fraction) > 0) {
            double half = 0.5 * f * f;
            return half - (s * (half + r) + low);
        }
        return s * (f - r) - low;
    }
}
