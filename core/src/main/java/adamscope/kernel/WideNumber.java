package adamscope.kernel;

import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.UnaryOperation;

/// A double whose exponent has no end in practice: mantissa · 2^exponent with 1 ≤ |mantissa| < 2.
///
/// This is log-scaled arithmetic: the significand rounds as IEEE double does, and the exponent is a `long`. Wherever
/// double stays in its normal range, every operation gives the same number bit for bit; beyond it, nothing underflows
/// until |log2| exceeds 2^50. Zero, infinities and NaN carry exponent 0. exp, log and non-integer powers have a
/// relative error below |log of the result|·2^-52.
public record WideNumber(double mantissa, long exponent) {

    /// Zero.
    public static final WideNumber ZERO = new WideNumber(0, 0);

    /// Exponents beyond this are infinite, or zero.
    public static final long LARGEST_EXPONENT = 1L << 50;

    private static final int NEGLIGIBLE = 55;

    /// The bits of a double that hold its exponent, and how they are in [1, 2).
    private static final long EXPONENT = 0x7ff0_0000_0000_0000L;

    private static final long ONE = 0x3ff0_0000_0000_0000L;

    /// The number with that double's value; a subnormal is exact too.
    public static WideNumber of(double value) {
        return normalised(value, 0);
    }

    /// value · 2^exponent, brought to the normal form.
    public static WideNumber normalised(double value, long exponent) {
        if (value == 0 || !Double.isFinite(value)) {
            return new WideNumber(value, 0);
        }
        if (Math.abs(value) < Double.MIN_NORMAL) {
            return normalised(value * 0x1p200, exponent - 200);
        }
        int shift = Math.getExponent(value);
        long moved = exponent + shift;
        if (moved > LARGEST_EXPONENT) {
            return new WideNumber(Math.copySign(Double.POSITIVE_INFINITY, value), 0);
        }
        if (moved < -LARGEST_EXPONENT) {
            return new WideNumber(Math.copySign(0, value), 0);
        }
        return new WideNumber(Double.longBitsToDouble(Double.doubleToRawLongBits(value) & ~EXPONENT | ONE), moved);
    }

    /// 2^exponent, which is a normal double.
    private static double powerOfTwo(long exponent) {
        return Double.longBitsToDouble((exponent + Double.MAX_EXPONENT) << 52);
    }

    /// The nearest double: infinite or zero where double ends.
    public double toDouble() {
        if (exponent > 2000) {
            return mantissa * Double.POSITIVE_INFINITY;
        }
        return exponent < -2000 ? Math.copySign(0, mantissa) : Math.scalb(mantissa, (int) exponent);
    }

    /// log₁₀|a|: −∞ for zero, NaN for NaN. Error below 2^-52 of the result, or 1e-16.
    public double log10Magnitude() {
        if (exponent == 0 || Math.abs(exponent) < 1000) {
            return Math.log10(Math.abs(toDouble()));
        }
        return exponent * Math.log10(2) + Math.log10(Math.abs(mantissa));
    }

    /// Whether it is neither infinite nor NaN.
    public boolean isFinite() {
        return Double.isFinite(mantissa);
    }

    /// Whether a double could hold it as a normal number, or it is zero.
    public boolean fitsDouble() {
        return isFinite() && exponent >= Double.MIN_EXPONENT && exponent <= Double.MAX_EXPONENT;
    }

    /// One operation.
    public static WideNumber apply(UnaryOperation operation, WideNumber a) {
        return switch (operation) {
            case NEGATE -> new WideNumber(-a.mantissa, a.exponent);
            case SQRT -> root(a);
            case ABS -> new WideNumber(Math.abs(a.mantissa), a.exponent);
            case SIGN -> new WideNumber(Math.signum(a.mantissa), 0);
            case EXP -> exp(a);
            case LOG -> log(a);
            case SIN -> nearlyItself(a) ? a : of(StrictMath.sin(a.toDouble()));
            case COS -> of(StrictMath.cos(a.toDouble()));
            case TANH -> nearlyItself(a) ? a : of(StrictMath.tanh(a.toDouble()));
        };
    }

    /// One operation.
    public static WideNumber apply(BinaryOperation operation, WideNumber a, WideNumber b) {
        return switch (operation) {
            case ADD -> add(a, b);
            case SUBTRACT -> add(a, new WideNumber(-b.mantissa, b.exponent));
            case MULTIPLY -> normalised(a.mantissa * b.mantissa, a.exponent + b.exponent);
            case DIVIDE -> normalised(a.mantissa / b.mantissa, a.exponent - b.exponent);
            case POWER -> power(a, b);
            case MIN -> !Double.isNaN(b.mantissa) && compare(a, b) <= 0 || Double.isNaN(a.mantissa) ? a : b;
            case MAX -> !Double.isNaN(b.mantissa) && compare(a, b) >= 0 || Double.isNaN(a.mantissa) ? a : b;
        };
    }

    /// −1, 0 or 1 as a < b, a = b, a > b; neither is NaN.
    private static int compare(WideNumber a, WideNumber b) {
        boolean comparable = a.mantissa != 0 && b.mantissa != 0 && a.isFinite() && b.isFinite();
        if (comparable && Math.signum(a.mantissa) == Math.signum(b.mantissa) && a.exponent != b.exponent) {
            return (a.exponent < b.exponent) == (a.mantissa > 0) ? -1 : 1;
        }
        return Double.compare(a.mantissa, b.mantissa);
    }

    private static WideNumber add(WideNumber a, WideNumber b) {
        if (a.mantissa == 0 || b.mantissa == 0 || !a.isFinite() || !b.isFinite()) {
            if (a.mantissa == 0 && b.mantissa != 0) {
                return b;
            }
            return b.mantissa == 0 && a.mantissa != 0 ? a : normalised(a.mantissa + b.mantissa, 0);
        }
        long apart = a.exponent - b.exponent;
        if (apart >= NEGLIGIBLE) {
            return a;
        }
        if (apart <= -NEGLIGIBLE) {
            return b;
        }
        return apart >= 0
                ? normalised(a.mantissa + b.mantissa * powerOfTwo(-apart), a.exponent)
                : normalised(a.mantissa * powerOfTwo(apart) + b.mantissa, b.exponent);
    }

    private static WideNumber root(WideNumber a) {
        boolean odd = (a.exponent & 1) != 0;
        return normalised(Math.sqrt(odd ? 2 * a.mantissa : a.mantissa), (odd ? a.exponent - 1 : a.exponent) / 2);
    }

    /// So near 0 that sin a and tanh a round to a: a²/3 is below half a last bit.
    private static boolean nearlyItself(WideNumber a) {
        return a.isFinite() && (a.mantissa == 0 || a.exponent < -28);
    }

    private static WideNumber exp(WideNumber a) {
        double value = a.toDouble();
        if (Math.abs(value) < 700 || !Double.isFinite(value)) {
            return of(StrictMath.exp(value));
        }
        double powerOfTwo = Math.rint(value / Math.log(2));
        return Math.abs(powerOfTwo) > 2.0 * LARGEST_EXPONENT
                ? of(StrictMath.exp(value))
                : normalised(StrictMath.exp(value - powerOfTwo * Math.log(2)), (long) powerOfTwo);
    }

    private static WideNumber log(WideNumber a) {
        return a.fitsDouble() || !a.isFinite()
                ? of(StrictMath.log(a.toDouble()))
                : of(StrictMath.log(a.mantissa) + a.exponent * Math.log(2));
    }

    private static WideNumber power(WideNumber a, WideNumber b) {
        double direct = StrictMath.pow(a.toDouble(), b.toDouble());
        boolean inside = a.fitsDouble() && Math.abs(direct) >= Double.MIN_NORMAL && Double.isFinite(direct);
        if (inside || a.mantissa <= 0 || !a.isFinite() || !b.isFinite() || b.mantissa == 0) {
            return of(direct);
        }
        return exp(of(b.toDouble() * log(a).toDouble()));
    }
}
