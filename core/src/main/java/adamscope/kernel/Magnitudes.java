package adamscope.kernel;

import java.util.function.IntConsumer;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

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
    public WideNumber at(int lane) {
        return WideNumber.normalised(mantissa[lane], exponent[lane]);
    }

    /// The numbers of some lanes, in that order.
    Magnitudes kept(int[] lanes) {
        return new Magnitudes(kept(mantissa, lanes), kept(exponent, lanes));
    }

    // Plain loops: a stream takes several times as long for the few hundred lanes of a tile.
    static double[] kept(double[] numbers, int[] lanes) {
        double[] kept = new double[lanes.length];
        for (int at = 0; at < lanes.length; at++) {
            kept[at] = numbers[lanes[at]];
        }
        return kept;
    }

    static long[] kept(long[] numbers, int[] lanes) {
        long[] kept = new long[lanes.length];
        for (int at = 0; at < lanes.length; at++) {
            kept[at] = numbers[lanes[at]];
        }
        return kept;
    }

    static int[] kept(int[] numbers, int[] lanes) {
        int[] kept = new int[lanes.length];
        for (int at = 0; at < lanes.length; at++) {
            kept[at] = numbers[lanes[at]];
        }
        return kept;
    }

    /// Calls with each position that holds 0, a subnormal number, infinity or NaN.
    static void forEachAbnormal(double[] numbers, IntConsumer found) {
        int whole = VectorUnit.inUse() ? Vectors.forEachAbnormal(numbers, found) : 0;
        for (int at = whole; at < numbers.length; at++) {
            double magnitude = Math.abs(numbers[at]);
            if (!(magnitude >= Double.MIN_NORMAL && magnitude <= Double.MAX_VALUE)) {
                found.accept(at);
            }
        }
    }

    /// Sets the lane's number.
    void set(int lane, WideNumber value) {
        mantissa[lane] = value.mantissa();
        exponent[lane] = value.exponent();
    }

    /// Whether |a| of lane is below |b| of lane; false if either is NaN.
    static boolean isLess(WideNumber a, WideNumber b) {
        double left = Math.abs(a.mantissa());
        double right = Math.abs(b.mantissa());
        boolean plain = left == 0 || right == 0 || !a.isFinite() || !b.isFinite() || a.exponent() == b.exponent();
        return plain ? left < right : a.exponent() < b.exponent();
    }

    /// Whole vectors at a time, loaded only where Java has their module.
    static final class Vectors {
        private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

        private Vectors() {}

        /// Looks at all whole vectors, and returns how many numbers they have.
        static int forEachAbnormal(double[] numbers, IntConsumer found) {
            int whole = SPECIES.loopBound(numbers.length);
            for (int first = 0; first < whole; first += SPECIES.length()) {
                DoubleVector magnitude =
                        DoubleVector.fromArray(SPECIES, numbers, first).abs();
                for (long rest = abnormal(magnitude); rest != 0; rest &= rest - 1) {
                    found.accept(first + Long.numberOfTrailingZeros(rest));
                }
            }
            return whole;
        }

        /// The lanes where a magnitude is 0, subnormal, infinite or NaN.
        static long abnormal(DoubleVector magnitude) {
            return magnitude
                    .compare(VectorOperators.GE, Double.MIN_NORMAL)
                    .and(magnitude.compare(VectorOperators.LE, Double.MAX_VALUE))
                    .not()
                    .toLong();
        }
    }
}
