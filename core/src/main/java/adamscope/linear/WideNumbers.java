package adamscope.linear;

import java.math.BigDecimal;
import java.math.MathContext;

/// Real arithmetic wider than double.
///
/// @param <N> its numbers
sealed interface WideNumbers<N> {

    /// A double, exactly or to the width.
    N of(double value);

    N plus(N a, N b);

    N times(N a, N b);

    N times(N a, double factor);

    N dividedBy(N a, double divisor);

    /// The nearest double.
    double value(N a);

    /// How far an operation may be off, relative to the larger of its arguments and result.
    double unit();

    /// Pairs of doubles.
    record Pairs() implements WideNumbers<DoubleDouble> {
        @Override
        public DoubleDouble of(double value) {
            return new DoubleDouble(value, 0);
        }

        @Override
        public DoubleDouble plus(DoubleDouble a, DoubleDouble b) {
            return a.plus(b);
        }

        @Override
        public DoubleDouble times(DoubleDouble a, DoubleDouble b) {
            return a.times(b);
        }

        @Override
        public DoubleDouble times(DoubleDouble a, double factor) {
            return a.times(factor);
        }

        @Override
        public DoubleDouble dividedBy(DoubleDouble a, double divisor) {
            return a.dividedBy(divisor);
        }

        @Override
        public double value(DoubleDouble a) {
            return a.high();
        }

        @Override
        public double unit() {
            return 0x1p-101;
        }
    }

    /// Decimal numbers of so many digits.
    record Decimals(MathContext context) implements WideNumbers<BigDecimal> {
        @Override
        public BigDecimal of(double value) {
            return new BigDecimal(value, context);
        }

        @Override
        public BigDecimal plus(BigDecimal a, BigDecimal b) {
            return a.add(b, context);
        }

        @Override
        public BigDecimal times(BigDecimal a, BigDecimal b) {
            return a.multiply(b, context);
        }

        @Override
        public BigDecimal times(BigDecimal a, double factor) {
            return a.multiply(new BigDecimal(factor), context);
        }

        @Override
        public BigDecimal dividedBy(BigDecimal a, double divisor) {
            return a.divide(new BigDecimal(divisor), context);
        }

        @Override
        public double value(BigDecimal a) {
            return a.doubleValue();
        }

        @Override
        public double unit() {
            return Math.max(Math.pow(10, 1 - context.getPrecision()), 1e-290);
        }
    }
}
