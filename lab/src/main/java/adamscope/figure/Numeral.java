package adamscope.figure;

import adamscope.formula.PlainText;
import java.math.BigDecimal;

/// Numbers in the words of a legend: plain digits from 0.001 to 99999, else a mantissa times a power of ten.
public final class Numeral {
    private Numeral() {}

    /// `0.05`, `3×10⁻⁴`, `10⁻⁸`; the digits are those that tell the double from its neighbours.
    public static String of(double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return value == 0 ? "0" : new PlainText().number(value);
        }
        BigDecimal exact = BigDecimal.valueOf(value).stripTrailingZeros();
        int exponent = exact.precision() - exact.scale() - 1;
        if (exponent >= -3 && exponent < 5) {
            return signed(exact.toPlainString());
        }
        String mantissa =
                signed(exact.movePointLeft(exponent).stripTrailingZeros().toPlainString());
        return mantissa.equals("1") ? powerOfTen(exponent) : mantissa + "×" + powerOfTen(exponent);
    }

    /// `10` with a raised exponent.
    static String powerOfTen(long exponent) {
        StringBuilder text = new StringBuilder("10");
        for (char c : Long.toString(exponent).toCharArray()) {
            text.append(c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(c - '0'));
        }
        return text.toString();
    }

    static String signed(String number) {
        return number.replace('-', '−');
    }
}
