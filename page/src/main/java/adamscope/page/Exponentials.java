package adamscope.page;

/// exp, e^a − 1 and tanh with the bits of `StrictMath`: the steps of fdlibm (Sun 1995), in its order, so that a browser
/// has the program's numbers.
final class Exponentials {
    private static final double LN2_HIGH = 0x1.62e42feep-1;
    private static final double LN2_LOW = 0x1.a39ef35793c76p-33;
    private static final double PER_LN2 = 0x1.71547652b82fep0;
    private static final double OVERFLOWS = 0x1.62e42fefa39efp9;
    private static final double UNDERFLOWS = -0x1.74910d52d3051p9;
    private static final int MAGNITUDE = 0x7FFFFFFF;
    private static final int INFINITE = 0x7FF00000;
    /// Upper words of ½ ln 2, 3/2 ln 2 and 709.78.
    private static final int HALF_LN2 = 0x3FD62E42;

    private static final int THREE_HALVES_LN2 = 0x3FF0A2B2;
    private static final int FAR = 0x40862E42;
    private static final int EXPONENT_PLACE = 20;

    /// a = k·ln 2 + high − low.
    private record Reduced(int k, double high, double low) {
        static Reduced of(double a, int size) {
            double sign = a < 0 ? -1 : 1;
            if (size <= HALF_LN2) {
                return new Reduced(0, a, 0);
            }
            if (size < THREE_HALVES_LN2) {
                return new Reduced((int) sign, a - sign * LN2_HIGH, sign * LN2_LOW);
            }
            int k = (int) (PER_LN2 * a + sign * 0.5);
            return new Reduced(k, a - k * LN2_HIGH, k * LN2_LOW);
        }
    }

    private Exponentials() {}

    static double exp(double a) {
        if (Double.isNaN(a)) {
            return a;
        }
        if (a > OVERFLOWS) {
            return Double.POSITIVE_INFINITY;
        }
        if (a < UNDERFLOWS) {
            return 0;
        }
        int size = DoubleWords.high(a) & MAGNITUDE;
        if (size < 0x3E300000) {
            return 1 + a;
        }
        Reduced reduced = Reduced.of(a, size);
        int k = reduced.k;
        double x = reduced.high - reduced.low;
        double t = x * x;
        double c = x - t * series(t);
        if (k == 0) {
            return 1 - (x * c / (c - 2) - x);
        }
        double y = 1 - (reduced.low - x * c / (2 - c) - reduced.high);
        return k >= -1021
                ? DoubleWords.withHigh(y, DoubleWords.high(y) + (k << EXPONENT_PLACE))
                : DoubleWords.withHigh(y, DoubleWords.high(y) + (k + 1000 << EXPONENT_PLACE)) * 0x1p-1000;
    }

    /// The polynomial that exp and powers share.
    static double series(double t) {
        return 0x1.555555555553ep-3
                + t
                        * (-0x1.6c16c16bebd93p-9
                                + t
                                        * (0x1.1566aaf25de2cp-14
                                                + t * (-0x1.bbd41c5d26bf1p-20 + t * 0x1.6376972bea4d0p-25)));
    }

    static double expm1(double a) {
        int size = DoubleWords.high(a) & MAGNITUDE;
        if (Double.isNaN(a) || a == Double.POSITIVE_INFINITY) {
            return a;
        }
        if (size >= 0x4043687A && a < 0) {
            return -1;
        }
        if (size >= FAR && a > OVERFLOWS) {
            return Double.POSITIVE_INFINITY;
        }
        if (size < 0x3C900000) {
            return a;
        }
        Reduced reduced = Reduced.of(a, size);
        double x = reduced.high - reduced.low;
        double half = 0.5 * x;
        double square = x * half;
        double r = 1
                + square
                        * (-0x1.11111111110f4p-5
                                + square
                                        * (0x1.a01a019fe5585p-10
                                                + square
                                                        * (-0x1.4ce199eaadbb7p-14
                                                                + square
                                                                        * (0x1.0cfca86e65239p-18
                                                                                + square * -0x1.afdb76e09c32dp-23))));
        double t = 3 - r * half;
        // the quotient first: TeaVM writes a·(b/c) as a·b/c
        double e = (r - t) / (6 - x * t) * square;
        if (reduced.k == 0) {
            return x - (x * e - square);
        }
        double c = reduced.high - x - reduced.low;
        return scaled(x, x * (e - c) - c - square, reduced.k);
    }

    /// 2ᵏ·(1 + x − e) − 1.
    private static double scaled(double x, double e, int k) {
        if (k == -1) {
            return 0.5 * (x - e) - 0.5;
        }
        if (k == 1) {
            return x < -0.25 ? -2 * (e - (x + 0.5)) : 1 + 2 * (x - e);
        }
        if (k <= -2 || k > 56) {
            double y = 1 - (e - x);
            return DoubleWords.withHigh(y, DoubleWords.high(y) + (k << EXPONENT_PLACE)) - 1;
        }
        double y = k < EXPONENT_PLACE
                ? DoubleWords.of(0x3FF00000 - (0x200000 >> k), 0) - (e - x)
                : x - (e + DoubleWords.of(0x3FF - k << EXPONENT_PLACE, 0)) + 1;
        return DoubleWords.withHigh(y, DoubleWords.high(y) + (k << EXPONENT_PLACE));
    }

    static double tanh(double a) {
        int size = DoubleWords.high(a) & MAGNITUDE;
        if (size >= INFINITE) {
            return Double.isNaN(a) ? a : Math.signum(a);
        }
        if (size < 0x3C800000) {
            return a * (1 + a);
        }
        double z = 1;
        if (size >= 0x3FF00000 && size < 0x40360000) {
            z = 1 - 2 / (expm1(2 * Math.abs(a)) + 2);
        } else if (size < 0x3FF00000) {
            double t = expm1(-2 * Math.abs(a));
            z = -t / (t + 2);
        }
        return a < 0 ? -z : z;
    }
}
