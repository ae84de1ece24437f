package adamscope.linear;

/// An unevaluated sum of two doubles, about 32 decimal digits: high + low with |low| at most half a unit in the last
/// place of `high`.
///
/// Sums and products by error-free transformations [Dekker 1971; Knuth, TAOCP 2, 4.2.2]; each result is off by a few
/// units of 2⁻¹⁰⁴, relative to itself for products and to the larger argument for sums.
record DoubleDouble(double high, double low) {
    static final DoubleDouble ZERO = new DoubleDouble(0, 0);

    /// a + b exactly.
    static DoubleDouble sum(double a, double b) {
        double s = a + b;
        double ofB = s - a;
        return new DoubleDouble(s, (a - (s - ofB)) + (b - ofB));
    }

    /// a·b exactly, unless it underflows.
    static DoubleDouble product(double a, double b) {
        double p = a * b;
        return new DoubleDouble(p, Math.fma(a, b, -p));
    }

    DoubleDouble plus(DoubleDouble other) {
        DoubleDouble s = sum(high, other.high);
        DoubleDouble t = sum(low, other.low);
        return renormalised(s.high, s.low + t.high).plusLow(t.low);
    }

    DoubleDouble times(double factor) {
        DoubleDouble p = product(high, factor);
        return renormalised(p.high, Math.fma(low, factor, p.low));
    }

    DoubleDouble times(DoubleDouble other) {
        DoubleDouble p = product(high, other.high);
        return renormalised(p.high, p.low + (high * other.low + low * other.high));
    }

    DoubleDouble dividedBy(double divisor) {
        double quotient = high / divisor;
        double rest = Math.fma(-quotient, divisor, high) + low;
        return renormalised(quotient, rest / divisor);
    }

    DoubleDouble negated() {
        return new DoubleDouble(-high, -low);
    }

    private DoubleDouble plusLow(double more) {
        return renormalised(high, low + more);
    }

    private static DoubleDouble renormalised(double high, double low) {
        double sum = high + low;
        return new DoubleDouble(sum, low - (sum - high));
    }
}
