package adamscope.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// A number that sorts magnitudes m·2^e as their logarithms do, at the cost of one conversion.
///
/// The bits of a double, read as an integer, grow with its magnitude: 2⁻⁵² of them is log₂ but for the mantissa, which
/// enters linearly. Two magnitudes of different order differ in the same direction; those whose orders are closer than
/// [#CLOSE] may have rounded to one another. Infinity and NaN of every exponent stay above all numbers in double
/// arithmetic only.
final class Order {
    /// Orders below 2²⁰ are this exact.
    static final double CLOSE = 1e-9;

    private static final double STEP = 0x1p-52;
    private static final int BIAS = 1023;
    private static final int MANTISSA_BITS = 52;
    private static final long MANTISSA = (1L << MANTISSA_BITS) - 1;

    private Order() {}

    /// −∞ for 0, +∞ for infinity, NaN for NaN. However a normal mantissa and the exponent share a magnitude, its order
    /// has the same bits: the sum of the whole and the fraction is rounded once.
    static double of(double mantissa, long exponent) {
        double magnitude = Math.abs(mantissa);
        if (magnitude > 0 && magnitude <= Double.MAX_VALUE) {
            long bits = Double.doubleToRawLongBits(magnitude);
            return (bits >>> MANTISSA_BITS) - BIAS + exponent + (bits & MANTISSA) * STEP;
        }
        return magnitude == 0 ? Double.NEGATIVE_INFINITY : magnitude;
    }

    /// The order of each, to the front of `orders`; NaN counts as infinite.
    static void of(Magnitudes numbers, double[] orders) {
        int whole = VectorUnit.inUse() ? Vectors.of(numbers, orders) : 0;
        for (int at = whole; at < numbers.mantissa().length; at++) {
            orders[at] = withoutNaN(numbers, at);
        }
    }

    private static double withoutNaN(Magnitudes numbers, int at) {
        double order = of(numbers.mantissa()[at], numbers.exponent()[at]);
        return order == order ? order : Double.POSITIVE_INFINITY;
    }

    /// The order of the magnitude with that log₁₀.
    static double ofLog10(double log10) {
        double log2 = log10 / Math.log10(2);
        double whole = Math.floor(log2);
        return Double.isFinite(log2) ? whole + Math.pow(2, log2 - whole) - 1 : log2;
    }

    /// log₁₀ of the magnitude of a normal number with that order, to 1e-9 of a decade below 2²⁰.
    static double log10(double order) {
        double whole = Math.floor(order);
        return Double.isFinite(order) ? (whole + Math.log1p(order - whole) / Math.log(2)) * Math.log10(2) : order;
    }

    /// Orders of whole vectors, loaded only where Java has their module.
    static final class Vectors {
        private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
        private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
        private static final long BITS_OF_ONE = 0x3FF0000000000000L;
        /// Added to the bits of 1.5·2⁵², a whole number below 2⁵⁰ becomes that double plus the number.
        private static final long SHIFTER_BITS = 0x4338000000000000L;

        private static final double SHIFTER = 0x1.8p52;

        private Vectors() {}

        /// Of all whole vectors, and returns how many numbers they have.
        static int of(Magnitudes numbers, double[] orders) {
            int whole = DOUBLES.loopBound(numbers.mantissa().length);
            for (int at = 0; at < whole; at += DOUBLES.length()) {
                DoubleVector magnitudes =
                        DoubleVector.fromArray(DOUBLES, numbers.mantissa(), at).abs();
                of(magnitudes, LongVector.fromArray(LONGS, numbers.exponent(), at))
                        .intoArray(orders, at);
                for (long rest = Magnitudes.Vectors.abnormal(magnitudes); rest != 0; rest &= rest - 1) {
                    int abnormal = at + Long.numberOfTrailingZeros(rest);
                    orders[abnormal] = withoutNaN(numbers, abnormal);
                }
            }
            return whole;
        }

        /// The same for positive finite magnitudes. Whole numbers become doubles by way of their bits: without AVX-512
        /// there is no instruction for it.
        static DoubleVector of(DoubleVector magnitudes, LongVector exponents) {
            LongVector bits = magnitudes.reinterpretAsLongs();
            DoubleVector fraction =
                    bits.and(MANTISSA).or(BITS_OF_ONE).reinterpretAsDoubles().sub(1);
            DoubleVector whole = bits.lanewise(VectorOperators.LSHR, MANTISSA_BITS)
                    .add(exponents)
                    .add(SHIFTER_BITS - BIAS)
                    .reinterpretAsDoubles()
                    .sub(SHIFTER);
            return whole.add(fraction);
        }
    }
}
