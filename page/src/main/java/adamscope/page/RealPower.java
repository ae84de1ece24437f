package adamscope.page;

/// aᵇ with the bits of `StrictMath`: 2 to the power b·log₂ a in pairs of doubles, the steps of fdlibm (Sun 1995) in
/// their order.
final class RealPower {
    private static final int MAGNITUDE = 0x7FFFFFFF;
    private static final int FRACTION = 0xFFFFF;
    private static final int EXPONENT_PLACE = 20;
    private static final int ONE = 0x3FF00000;
    private static final double LN2 = 0x1.62e42fefa39efp-1;
    private static final double LN2_HIGH = 0x1.62e43p-1;
    private static final double LN2_LOW = -0x1.05c610ca86c39p-29;

    /// log₂ ≈ high + low; `high` ends with zeros in its lower word.
    private record Pair(double high, double low) {}

    private RealPower() {}

    static double pow(double a, double b) {
        double size = Math.abs(a);
        if (b == 0) {
            return 1;
        }
        if (Double.isNaN(a) || Double.isNaN(b)) {
            return a + b;
        }
        if (b == 2) {
            return a * a;
        }
        if (b == 0.5 && a >= -Double.MAX_VALUE) {
            return Math.sqrt(a + 0.0);
        }
        if (Math.abs(b) == 1) {
            return b == 1 ? a : 1 / a;
        }
        if (Double.isInfinite(b)) {
            return size == 1 ? Double.NaN : size > 1 == b > 0 ? Double.POSITIVE_INFINITY : 0;
        }
        boolean negative = DoubleWords.high(a) < 0;
        boolean whole = Math.rint(b) == b;
        boolean odd = whole && Math.abs(b) < 0x1p53 && Math.abs(b % 2) == 1;
        if (size == 0 || size == 1 || Double.isInfinite(size)) {
            double z = b < 0 ? 1 / size : size;
            return negative && size == 1 && !whole ? Double.NaN : negative && odd ? -z : z;
        }
        if (negative && !whole) {
            return Double.NaN;
        }
        return (negative && odd ? -1 : 1) * positive(size, b);
    }

    private static double positive(double a, double b) {
        Pair log;
        if (Math.abs(b) > 0x1.00000ffffffffp31) {
            if (a < 0x1.fffff00000000p-1) {
                return b < 0 ? Double.POSITIVE_INFINITY : 0;
            }
            if (a > 0x1.00000ffffffffp0) {
                return b > 0 ? Double.POSITIVE_INFINITY : 0;
            }
            log = nearOne(a - 1);
        } else {
            log = logarithm(a);
        }
        double upper = DoubleWords.upper(b);
        double low = (b - upper) * log.high + b * log.low;
        double high = upper * log.high;
        double z = low + high;
        if (z > 1024 || z == 1024 && low + 8.0085662595372944372e-17 > z - high) {
            return Double.POSITIVE_INFINITY;
        }
        if (z < -1075 || z == -1075 && low <= z - high) {
            return 0;
        }
        return exponential(z, high, low);
    }

    private static Pair nearOne(double t) {
        double w = t * t * (0.5 - t * (0.3333333333333333333333 - t * 0.25));
        double u = 0x1.715476p0 * t;
        double v = t * 0x1.4ae0bf85ddf44p-26 - w * 0x1.71547652b82fep0;
        double high = DoubleWords.upper(u + v);
        return new Pair(high, v - (high - u));
    }

    /// a = 2ⁿ·x, and log₂ x = 2/(3 ln 2)·(s + s³/3 + …)·3/2 with s = (x − c)/(x + c), c = 1 or 3/2.
    private static Pair logarithm(double a) {
        boolean small = a < Double.MIN_NORMAL;
        double normal = small ? a * 0x1p53 : a;
        int high = DoubleWords.high(normal);
        int fraction = high & FRACTION;
        boolean between = fraction > 0x3988E && fraction < 0xBB67A;
        boolean above = fraction >= 0xBB67A;
        int upper = (fraction | ONE) - (above ? 0x00100000 : 0);
        double n = (high >> EXPONENT_PLACE) - 1023 - (small ? 53 : 0) + (above ? 1 : 0);
        double x = DoubleWords.withHigh(normal, upper);
        double center = between ? 1.5 : 1;
        double difference = x - center;
        double inverse = 1 / (x + center);
        double s = difference * inverse;
        double sHigh = DoubleWords.upper(s);
        double sumHigh = DoubleWords.of((upper >> 1 | 0x20000000) + 0x00080000 + (between ? 1 << 18 : 0), 0);
        double sumLow = x - (sumHigh - center);
        double sLow = inverse * (difference - sHigh * sumHigh - sHigh * sumLow);
        double q = s * s;
        double r = q
                * q
                * (0x1.3333333333303p-1
                        + q
                                * (0x1.b6db6db6fabffp-2
                                        + q
                                                * (0x1.55555518f264dp-2
                                                        + q
                                                                * (0x1.17460a91d4101p-2
                                                                        + q
                                                                                * (0x1.d864a93c9db65p-3
                                                                                        + q * 0x1.a7e284a454eefp-3)))));
        r += sLow * (sHigh + s);
        double square = sHigh * sHigh;
        double tHigh = DoubleWords.upper(3 + square + r);
        double tLow = r - (tHigh - 3 - square);
        double u = sHigh * tHigh;
        double v = sLow * tHigh + tLow * s;
        double pHigh = DoubleWords.upper(u + v);
        double pLow = v - (pHigh - u);
        double zHigh = 0x1.ec709ep-1 * pHigh;
        double zLow =
                -0x1.e2fe0145b01f5p-28 * pHigh + pLow * 0x1.ec709dc3a03fdp-1 + (between ? 0x1.cfdeb43cfd006p-27 : 0);
        double ofCenter = between ? 0x1.2b8034p-1 : 0;
        double result = DoubleWords.upper(zHigh + zLow + ofCenter + n);
        return new Pair(result, zLow - (result - n - ofCenter - zHigh));
    }

    /// 2 to the power z = high + low.
    private static double exponential(double z, double high, double low) {
        int word = DoubleWords.high(z);
        int size = word & MAGNITUDE;
        int n = 0;
        double rest = high;
        if (size > 0x3FE00000) {
            n = word + (0x00100000 >> (size >> EXPONENT_PLACE) - 0x3FF + 1);
            int k = ((n & MAGNITUDE) >> EXPONENT_PLACE) - 0x3FF;
            rest = high - DoubleWords.of(n & ~(FRACTION >> k), 0);
            n = (n & FRACTION | 0x00100000) >> EXPONENT_PLACE - k;
            n = word < 0 ? -n : n;
        }
        double t = DoubleWords.upper(low + rest);
        double u = t * LN2_HIGH;
        double v = (low - (t - rest)) * LN2 + t * LN2_LOW;
        double x = u + v;
        double w = v - (x - u);
        double q = x * x;
        double c = x - q * Exponentials.series(q);
        double r = x * c / (c - 2) - (w + x * w);
        double y = 1 - (r - x);
        int scaled = DoubleWords.high(y) + (n << EXPONENT_PLACE);
        return scaled >> EXPONENT_PLACE <= 0 ? Math.scalb(y, n) : DoubleWords.withHigh(y, scaled);
    }
}
