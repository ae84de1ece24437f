package adamscope.diagnosis;

import java.util.Locale;

/// A floating-point format in which a run keeps its numbers, with what can be lost in it.
///
/// @see <a href="https://en.wikipedia.org/wiki/IEEE_754">IEEE 754, binary16, binary32, binary64; bfloat16; the two
/// 8-bit
///     formats of the Open Compute Project, OFP8 revision 1.0</a>
public enum FloatFormat {
    FLOAT64(Double.MIN_VALUE, Double.MIN_NORMAL, Double.MAX_VALUE, 53),
    FLOAT32(Float.MIN_VALUE, Float.MIN_NORMAL, Float.MAX_VALUE, 24),
    BFLOAT16(0x1p-133, 0x1p-126, 0x1.fep127, 8),
    FLOAT16(0x1p-24, 0x1p-14, 65504, 11),
    FLOAT8_E4M3(0x1p-9, 0x1p-6, 448, 4),
    FLOAT8_E5M2(0x1p-16, 0x1p-14, 57344, 3);

    private final double least;
    private final double leastNormal;
    private final double largest;
    private final int digits;

    FloatFormat(double least, double leastNormal, double largest, int digits) {
        this.least = least;
        this.leastNormal = leastNormal;
        this.largest = largest;
        this.digits = digits;
    }

    /// The format of that name: `float16`, `fp16`, `half`, `bf16`, `bfloat16`, `float32`, `fp32`, `float`, `float64`…
    ///
    /// @throws IllegalArgumentException if there is none; the message lists the names
    public static FloatFormat of(String name) {
        return switch (name.toLowerCase(Locale.ROOT).replace("torch.", "")) {
            case "float64", "fp64", "double" -> FLOAT64;
            case "float32", "fp32", "float", "single" -> FLOAT32;
            case "bfloat16", "bf16" -> BFLOAT16;
            case "float16", "fp16", "half" -> FLOAT16;
            case "float8_e4m3", "float8_e4m3fn", "fp8_e4m3" -> FLOAT8_E4M3;
            case "float8_e5m2", "fp8_e5m2" -> FLOAT8_E5M2;
            default ->
                throw new IllegalArgumentException("dtype '" + name
                        + "' is not one of float64, float32, bfloat16, float16, float8_e4m3," + " float8_e5m2");
        };
    }

    /// `float16`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The smallest positive number.
    public double least() {
        return least;
    }

    /// The smallest number with all its digits; below it some hardware gives 0.
    public double leastNormal() {
        return leastNormal;
    }

    /// The largest finite number.
    public double largest() {
        return largest;
    }

    /// Binary digits of the significand, the leading one included.
    public int digits() {
        return digits;
    }

    /// The last bit of numbers of that size: from one of them to the next larger in magnitude.
    public double lastBit(double value) {
        return this == FLOAT64
                ? Math.ulp(value)
                : Math.max(Math.scalb(1.0, Math.getExponent(value) - digits + 1), least);
    }

    /// A number rounded to the format, to nearest; numbers below [#leastNormal()] become 0 if `flushed`.
    public double round(double value, boolean flushed) {
        if (this == FLOAT64 || value == 0 || !Double.isFinite(value)) {
            return value;
        }
        double magnitude = Math.abs(value);
        if (flushed && magnitude < leastNormal) {
            return Math.copySign(0, value);
        }
        double unit = lastBit(magnitude);
        double rounded = Math.rint(value / unit) * unit;
        return Math.abs(rounded) > largest ? Math.copySign(Double.POSITIVE_INFINITY, value) : rounded;
    }
}
