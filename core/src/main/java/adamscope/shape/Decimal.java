package adamscope.shape;

import adamscope.formula.PlainText;
import java.util.regex.Pattern;

/// Numbers as a person writes them: `0.9`, `1e-3`, `inf`.
public final class Decimal {
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern INFINITY = Pattern.compile("[+-]?\\.?(inf|Inf|INF|infinity|Infinity)");

    private Decimal() {}

    /// The number; `named` says in an error what it was meant for.
    ///
    /// @throws IllegalArgumentException if the text is no number, or one too large or too small for double
    public static double read(String named, String text) {
        if (INFINITY.matcher(text).matches()) {
            return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException(named + " = '" + text + "' is no number; write one as 0.9, 1e-3 or inf");
        }
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                    named + " = " + text + " is larger than a double can hold; for no bound write inf");
        }
        if (value == 0 && text.matches("[^eE]*[1-9].*[eE].*|[^eE]*[1-9][^eE]*")) {
            throw new IllegalArgumentException(named + " = " + text + " is smaller than a double can hold");
        }
        return value;
    }

    /// A whole number from `least` to `most`; a form such as `2e4` is welcome.
    ///
    /// @throws IllegalArgumentException if the text is none
    public static long whole(String named, String text, long least, long most) {
        double value = read(named, text);
        if (value != Math.rint(value) || value < least || value > most) {
            throw new IllegalArgumentException(named + " = " + text + " is no whole number"
                    + (least == Long.MIN_VALUE ? "" : " from " + least)
                    + (most == Long.MAX_VALUE ? "" : " to " + most));
        }
        return Math.abs(value) < 1L << 53 ? (long) value : wholeExactly(named, text);
    }

    /// The number as [#read] reads it with every bit. `1.0e-8` has a point: what YAML 1.1 reads as a number has one.
    public static String written(double value) {
        boolean negative = value < 0 || 1 / value < 0;
        String number = new PlainText().number(Math.abs(value));
        int exponent = number.indexOf('e');
        boolean bare = exponent > 0 && number.indexOf('.') < 0;
        return (negative ? "-" : "")
                + (bare ? number.substring(0, exponent) + ".0" + number.substring(exponent) : number);
    }

    private static long wholeExactly(String named, String text) {
        try {
            return new java.math.BigDecimal(text).longValueExact();
        } catch (ArithmeticException _) {
            throw new IllegalArgumentException(named + " = " + text + " is no whole number that a long can hold");
        }
    }
}
