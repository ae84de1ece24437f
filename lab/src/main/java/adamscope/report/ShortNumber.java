package adamscope.report;

import adamscope.formula.PlainText;
import java.math.BigDecimal;
import java.math.MathContext;

/// Numbers in sentences and tables of pages, in the one style of this program: `3`, `0.0031`, `1e-8`, `2.5e14`.
public final class ShortNumber {
    private ShortNumber() {}

    /// A number of so many digits at most, without zeros at its end.
    public static String of(double value, int digits) {
        if (Double.isNaN(value)) {
            return "none";
        }
        return Double.isInfinite(value)
                ? (value < 0 ? "-" : "") + "inf"
                : signed(new BigDecimal(value).round(new MathContext(digits)).doubleValue());
    }

    private static String signed(double value) {
        return (value < 0 ? "-" : "") + written(Math.abs(value));
    }

    /// From 0.0001 on without an exponent.
    private static String written(double value) {
        return value >= 1e-4 && value < 1e-3 && value != Math.rint(value)
                ? new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString()
                : new PlainText().number(value);
    }
}
