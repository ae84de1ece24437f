package adamscope.page;

import adamscope.kernel.LogMagnitudes;
import adamscope.kernel.Magnitudes;
import org.teavm.jso.typedarrays.BigInt64Array;
import org.teavm.jso.typedarrays.Float64Array;
import org.teavm.jso.typedarrays.Int32Array;
import org.teavm.jso.typedarrays.TypedArray;

/// Orders and logarithms of magnitudes with the bits of core's, by words of 32 bits: in a browser numbers of 64 bits
/// are slow.
final class MagnitudeWords {
    private static final int PLACE = 20;
    private static final int MANTISSA = (1 << PLACE) - 1;
    private static final double WORD = 0x1p32;

    /// The bits of √½.
    private static final int HIGH_OF_ROOT = 0x3FE6A09E;

    private static final double LOW_OF_ROOT = 0x667F3BCD;

    /// 2^(index − [#LEAST_POWER]).
    private static final double[] POWERS = new double[2 * (Double.MAX_EXPONENT + 1) + 1];

    private static final int LEAST_POWER = Double.MAX_EXPONENT + 1;

    static {
        for (int i = 0; i < POWERS.length; i++) {
            POWERS[i] = Math.pow(2, i - LEAST_POWER);
        }
    }

    private MagnitudeWords() {}

    /// −∞ for 0, +∞ for infinity, NaN for NaN.
    static void orders(Magnitudes numbers, double[] orders) {
        double[] mantissa = numbers.mantissa();
        Int32Array words = words(Float64Array.fromJavaArray(mantissa));
        Int32Array exponents = words(BigInt64Array.fromJavaArray(numbers.exponent()));
        for (int at = 0; at < mantissa.length; at++) {
            double magnitude = Math.abs(mantissa[at]);
            if (magnitude > 0 && magnitude <= Double.MAX_VALUE) {
                int high = words.get(2 * at + 1) & Integer.MAX_VALUE;
                double whole = (high >> PLACE) - Double.MAX_EXPONENT + exponent(exponents, at);
                orders[at] = whole + ((high & MANTISSA) * 0x1p-20 + unsigned(words.get(2 * at)) * 0x1p-52);
            } else {
                orders[at] = magnitude == 0 ? Double.NEGATIVE_INFINITY : magnitude;
            }
        }
    }

    /// log₁₀ |mantissa·2^exponent| for each of the first `lanes`, into `logs`.
    static void log10(Magnitudes numbers, double[] logs, int lanes) {
        double[] mantissa = numbers.mantissa();
        Int32Array words = words(Float64Array.fromJavaArray(mantissa));
        Int32Array exponents = words(BigInt64Array.fromJavaArray(numbers.exponent()));
        for (int at = 0; at < lanes; at++) {
            double magnitude = Math.abs(mantissa[at]);
            if (magnitude >= Double.MIN_NORMAL && magnitude <= Double.MAX_VALUE) {
                int high = words.get(2 * at + 1) & Integer.MAX_VALUE;
                logs[at] = log10(magnitude, high, words.get(2 * at), exponent(exponents, at));
            } else if (magnitude > 0 && magnitude <= Double.MAX_VALUE) {
                double normal = magnitude * 0x1p60;
                logs[at] =
                        log10(normal, DoubleWords.high(normal), DoubleWords.low(normal), exponent(exponents, at) - 60);
            } else {
                logs[at] = magnitude == 0 ? Double.NEGATIVE_INFINITY : magnitude;
            }
        }
    }

    private static double log10(double normal, int high, int low, double exponent) {
        int power = high - HIGH_OF_ROOT - (unsigned(low) < LOW_OF_ROOT ? 1 : 0) >> PLACE;
        double f = normal * POWERS[LEAST_POWER - power];
        return LogMagnitudes.log10OfParts(f, power + exponent);
    }

    private static double exponent(Int32Array words, int at) {
        return words.get(2 * at + 1) * WORD + unsigned(words.get(2 * at));
    }

    private static double unsigned(int word) {
        return (word ^ Integer.MIN_VALUE) + 0x1p31;
    }

    private static Int32Array words(TypedArray numbers) {
        return new Int32Array(numbers.getBuffer(), numbers.getByteOffset(), 2 * numbers.getLength());
    }
}
