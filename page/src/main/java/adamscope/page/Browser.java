package adamscope.page;

import adamscope.kernel.GroupLoop;
import adamscope.kernel.LaneCode;
import adamscope.kernel.Magnitudes;
import adamscope.kernel.WideNumber;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSByRef;
import org.teavm.jso.typedarrays.Float64Array;
import org.teavm.jso.typedarrays.Int32Array;

/// What a browser has in place of methods of core, see [Replacements].
final class Browser {
    /// A double and its two halves, the lower first: numbers of 64 bits are slow in a browser.
    private static final Float64Array DOUBLE = new Float64Array(1);

    private static final Int32Array HALVES = new Int32Array(DOUBLE.getBuffer());
    private static final int EXPONENT_PLACE = 20;
    private static final int EXPONENT_BITS = 0x7FF00000;

    private Browser() {}

    static OptionalInt doubles() {
        return OptionalInt.empty();
    }

    static GroupLoop loop(LaneCode code) {
        return WasmLoop.of(code).orElseGet(() -> new GroupLoop(new ScriptLoop(code), 1));
    }

    static void remark(String text, Object... about) {
        // a page has no log
    }

    static <K, V> SequencedMap<K, V> unmodifiableSequencedMap(SequencedMap<K, V> map) {
        return map;
    }

    static IntStream parallel(IntStream stream) {
        return stream;
    }

    static <E> Stream<E> parallelStream(Collection<E> items) {
        return items.stream();
    }

    /// a·b + c rounded once.
    static double fma(double a, double b, double c) {
        double plain = a * b + c;
        return Double.isFinite(plain) && plain - plain == 0 && Double.isFinite(a * b)
                ? new BigDecimal(a)
                        .multiply(new BigDecimal(b))
                        .add(new BigDecimal(c))
                        .doubleValue()
                : plain;
    }

    /// √a to the digits asked for, by Newton's method.
    static BigDecimal sqrt(BigDecimal a, MathContext digits) {
        if (a.signum() == 0) {
            return BigDecimal.ZERO;
        }
        MathContext more = new MathContext(digits.getPrecision() + 4, RoundingMode.HALF_EVEN);
        int exponent = a.precision() - a.scale() - 1;
        int half = Math.floorDiv(exponent, 2);
        BigDecimal root =
                new BigDecimal(Math.sqrt(a.scaleByPowerOfTen(-2 * half).doubleValue())).scaleByPowerOfTen(half);
        for (int known = 15; known < more.getPrecision(); known *= 2) {
            root = root.add(a.divide(root, more), more).multiply(new BigDecimal("0.5"), more);
        }
        return root.round(digits);
    }

    static double exp(double a) {
        return Exponentials.exp(a);
    }

    static double log(double a) {
        return NaturalLogarithm.log(a);
    }

    static double tanh(double a) {
        return Exponentials.tanh(a);
    }

    static double pow(double a, double b) {
        return RealPower.pow(a, b);
    }

    /// Beyond 2²⁰ quarter turns the browser's own.
    static double sin(double a) {
        return Angles.covers(a) ? Angles.sin(a) : Math.sin(a);
    }

    /// Likewise.
    static double cos(double a) {
        return Angles.covers(a) ? Angles.cos(a) : Math.cos(a);
    }

    static int high(double a) {
        DOUBLE.set(0, a);
        return HALVES.get(1);
    }

    static int low(double a) {
        DOUBLE.set(0, a);
        return HALVES.get(0);
    }

    static double of(int high, int low) {
        HALVES.set(0, low);
        HALVES.set(1, high);
        return DOUBLE.get(0);
    }

    static double withHigh(double a, int high) {
        DOUBLE.set(0, a);
        HALVES.set(1, high);
        return DOUBLE.get(0);
    }

    static double upper(double a) {
        DOUBLE.set(0, a);
        HALVES.set(0, 0);
        return DOUBLE.get(0);
    }

    /// The nearest whole number, the even one of two.
    static double rint(double a) {
        double shift = 0x1p52;
        double magnitude = Math.abs(a);
        return magnitude < shift ? Math.copySign(magnitude + shift - shift, a) : a;
    }

    /// ⌊log₂|a|⌋; one less than the least, or more than the greatest, where a is no normal number.
    static int getExponent(double a) {
        DOUBLE.set(0, a);
        return ((HALVES.get(1) & EXPONENT_BITS) >> EXPONENT_PLACE) - Double.MAX_EXPONENT;
    }

    /// The number with that double's value.
    static WideNumber of(double a) {
        int exponent = getExponent(a);
        if (exponent < Double.MIN_EXPONENT || exponent > Double.MAX_EXPONENT) {
            return WideNumber.normalised(a, 0);
        }
        HALVES.set(1, HALVES.get(1) - (exponent << EXPONENT_PLACE));
        return new WideNumber(DOUBLE.get(0), exponent);
    }

    static void of(Magnitudes numbers, double[] orders) {
        MagnitudeWords.orders(numbers, orders);
    }

    static void log10(Magnitudes numbers, double[] logs, int lanes) {
        MagnitudeWords.log10(numbers, logs, lanes);
    }

    static void sort(double[] numbers, int from, int to) {
        ascending(numbers, from, to);
    }

    /// −0 before 0 and NaN last, as in Java.
    @JSBody(
            params = {"numbers", "from", "to"},
            script = "numbers.subarray(from,to).sort();")
    private static native void ascending(@JSByRef double[] numbers, int from, int to);

    /// a·2ᵏ rounded once.
    static double scalb(double a, int k) {
        if (a == 0 || Double.isNaN(a) || Double.isInfinite(a)) {
            return a;
        }
        int own = getExponent(a);
        if (own >= Double.MIN_EXPONENT
                && Math.abs(k) < 2 * Double.MAX_EXPONENT
                && own + k >= Double.MIN_EXPONENT
                && own + k <= Double.MAX_EXPONENT) {
            HALVES.set(1, HALVES.get(1) + (k << EXPONENT_PLACE));
            return DOUBLE.get(0);
        }
        boolean subnormal = Math.abs(a) < Double.MIN_NORMAL;
        long bits = Double.doubleToRawLongBits(subnormal ? a * 0x1p54 : a);
        long exponent = (bits >> 52 & 0x7FF) - 1023 - (subnormal ? 54 : 0) + k;
        if (exponent > Double.MAX_EXPONENT) {
            return Math.copySign(Double.POSITIVE_INFINITY, a);
        }
        // below the normal numbers the last factor alone rounds
        boolean below = exponent < Double.MIN_EXPONENT;
        long shifted = below ? Math.max(exponent + 1022, -200) : exponent;
        double number = Double.longBitsToDouble(bits & 0x800FFFFFFFFFFFFFL | shifted + 1023 << 52);
        return below ? number * Double.MIN_NORMAL : number;
    }

    static String format(Locale locale, String text, Object... arguments) {
        return Formatted.of(text, arguments);
    }
}
