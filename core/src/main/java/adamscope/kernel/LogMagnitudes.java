package adamscope.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// log₁₀ of many magnitudes at once, to 1e-13 of a decade or 2^-52 of the result.
///
/// log₂(2^e·f) = e + 2/ln 2 · artanh(s), s = (f − 1)/(f + 1), with f in [√½, √2) and the series of artanh up to s¹⁵:
/// |s| < 0.172, so what is left out is below 0.172¹⁷/17 = 6e-15.
public final class LogMagnitudes {
    private static final double LOG10_OF_2 = Math.log10(2);
    private static final double TWICE_LOG10_OF_E = 2 / Math.log(10);
    /// Added to the bits of 1.5·2⁵², a whole number below 2⁵⁰ becomes that double plus the number.
    private static final long SHIFTER_BITS = 0x4338000000000000L;

    private static final double SHIFTER = 0x1.8p52;

    private LogMagnitudes() {}

    /// log₁₀ |mantissa·2^exponent| for each of the first `lanes`, into `logs`; arrays are padded to whole vectors here.
    static void log10(Magnitudes numbers, double[] logs, int lanes) {
        if (VectorUnit.inUse()) {
            Vectors.log10(numbers, logs, lanes);
        } else {
            for (int lane = 0; lane < lanes; lane++) {
                logs[lane] = log10(numbers.mantissa()[lane], numbers.exponent()[lane]);
            }
        }
    }

    /// One lane, with the bits of a lane of a vector.
    static double log10(double mantissa, long exponent) {
        double magnitude = Math.abs(mantissa);
        if (!(magnitude > 0 && magnitude <= Double.MAX_VALUE)) {
            return magnitude == 0 ? Double.NEGATIVE_INFINITY : magnitude;
        }
        boolean subnormal = magnitude < Double.MIN_NORMAL;
        long bits = Double.doubleToRawLongBits(subnormal ? magnitude * 0x1p60 : magnitude);
        long power = bits - 0x3FE6A09E667F3BCDL >> 52;
        double f = Double.longBitsToDouble(bits - (power << 52));
        double e = Double.longBitsToDouble(power + exponent + SHIFTER_BITS) - SHIFTER;
        e = subnormal ? e - 60 : e;
        return log10OfParts(f, e);
    }

    /// log₁₀(2^e·f) for f in [√½, √2) and whole e.
    public static double log10OfParts(double f, double e) {
        double s = (f - 1) / (f + 1);
        double q = s * s;
        double series = q * (1.0 / 15) + 1.0 / 13;
        series = series * q + 1.0 / 11;
        series = series * q + 1.0 / 9;
        series = series * q + 1.0 / 7;
        series = series * q + 1.0 / 5;
        series = series * q + 1.0 / 3;
        series = series * q + 1;
        return e * LOG10_OF_2 + s * series * TWICE_LOG10_OF_E;
    }

    /// The same by vectors, loaded only where Java has their module.
    private static final class Vectors {
        private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

        private Vectors() {}

        static void log10(Magnitudes numbers, double[] logs, int lanes) {
            double[] mantissa = numbers.mantissa();
            long[] exponent = numbers.exponent();
            int width = SPECIES.length();
            int whole = lanes - lanes % width;
            for (int lane = 0; lane < whole; lane += width) {
                log10(
                                DoubleVector.fromArray(SPECIES, mantissa, lane),
                                LongVector.fromArray(LongVector.SPECIES_PREFERRED, exponent, lane))
                        .intoArray(logs, lane);
            }
            if (whole < lanes) {
                double[] lastMantissa = new double[width];
                long[] lastExponent = new long[width];
                System.arraycopy(mantissa, whole, lastMantissa, 0, lanes - whole);
                System.arraycopy(exponent, whole, lastExponent, 0, lanes - whole);
                double[] last = log10(
                                DoubleVector.fromArray(SPECIES, lastMantissa, 0),
                                LongVector.fromArray(LongVector.SPECIES_PREFERRED, lastExponent, 0))
                        .toArray();
                System.arraycopy(last, 0, logs, whole, lanes - whole);
            }
        }

        private static DoubleVector log10(DoubleVector mantissa, LongVector exponent) {
            DoubleVector magnitude = mantissa.abs();
            VectorMask<Double> subnormal = magnitude.compare(VectorOperators.LT, Double.MIN_NORMAL);
            DoubleVector normal = magnitude.blend(magnitude.mul(0x1p60), subnormal);
            LongVector bits = normal.reinterpretAsLongs();
            // Bits of √½ subtracted, the exponent field counts from f = √½.
            LongVector power = bits.sub(0x3FE6A09E667F3BCDL).lanewise(VectorOperators.ASHR, 52);
            DoubleVector f = bits.sub(power.lanewise(VectorOperators.LSHL, 52)).reinterpretAsDoubles();
            LongVector whole = power.add(exponent);
            DoubleVector e = whole.add(SHIFTER_BITS).reinterpretAsDoubles().sub(SHIFTER);
            e = e.blend(e.sub(60), subnormal);
            DoubleVector s = f.sub(1).div(f.add(1));
            DoubleVector q = s.mul(s);
            DoubleVector series = q.mul(1.0 / 15).add(1.0 / 13);
            series = series.mul(q).add(1.0 / 11);
            series = series.mul(q).add(1.0 / 9);
            series = series.mul(q).add(1.0 / 7);
            series = series.mul(q).add(1.0 / 5);
            series = series.mul(q).add(1.0 / 3);
            series = series.mul(q).add(1);
            DoubleVector log = e.mul(LOG10_OF_2).add(s.mul(series).mul(TWICE_LOG10_OF_E));
            VectorMask<Double> special =
                    magnitude.compare(VectorOperators.LE, Double.MAX_VALUE).not();
            log = log.blend(magnitude, special);
            return log.blend(Double.NEGATIVE_INFINITY, magnitude.compare(VectorOperators.EQ, 0));
        }
    }
}
