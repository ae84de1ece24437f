package adamscope.page;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Formatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `String.format` with the conversions %e, %f and %g, which TeaVM lacks or rounds in another way than Java.
final class Formatted {
    private static final Pattern CONVERSION = Pattern.compile("%([-+ ,0]*)(\\d*)(?:\\.(\\d+))?([a-zA-Z%])");
    private static final double LEAST_PLAIN = 1e-4;

    private Formatted() {}

    /// The text with its arguments, in the root locale.
    static String of(String text, Object... arguments) {
        StringBuilder out = new StringBuilder();
        Matcher found = CONVERSION.matcher(text);
        int from = 0;
        int next = 0;
        while (found.find(from)) {
            out.append(text, from, found.start());
            String word = found.group(4);
            if (word.equals("%")) {
                out.append('%');
            } else if (word.equals("n")) {
                out.append('\n');
            } else if ("efg".contains(word) && arguments[next] instanceof Double number) {
                int precision = found.group(3) == null ? 6 : Integer.parseInt(found.group(3));
                String plain = number(word, number, precision);
                String signed = found.group(1).contains("+") && !plain.startsWith("-") ? "+" + plain : plain;
                out.append(padded(signed, found.group(1), found.group(2)));
                next++;
            } else {
                out.append(new Formatter(Locale.ROOT).format(found.group(), arguments[next]));
                next++;
            }
            from = found.end();
        }
        return out.append(text.substring(from)).toString();
    }

    private static String padded(String number, String flags, String width) {
        int wanted = width.isEmpty() ? 0 : Integer.parseInt(width);
        String space = " ".repeat(Math.max(0, wanted - number.length()));
        return flags.contains("-") ? number + space : space + number;
    }

    private static String number(String conversion, double number, int precision) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return Double.isNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
        }
        BigDecimal exact = new BigDecimal(Double.toString(number));
        String sign = number < 0 || number == 0 && 1 / number < 0 ? "-" : "";
        return sign
                + switch (conversion) {
                    case "e" -> scientific(exact.abs(), precision);
                    case "f" ->
                        exact.abs().setScale(precision, RoundingMode.HALF_UP).toPlainString();
                    default -> general(exact.abs(), Math.max(1, precision));
                };
    }

    private static String general(BigDecimal number, int digits) {
        BigDecimal rounded = number.round(new MathContext(digits, RoundingMode.HALF_UP));
        boolean plain = rounded.signum() == 0
                || rounded.compareTo(BigDecimal.valueOf(LEAST_PLAIN)) >= 0
                        && rounded.compareTo(BigDecimal.ONE.scaleByPowerOfTen(digits)) < 0;
        if (!plain) {
            return scientific(number, digits - 1);
        }
        int exponent = rounded.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        return number.setScale(Math.max(0, digits - exponent - 1), RoundingMode.HALF_UP)
                .toPlainString();
    }

    private static String scientific(BigDecimal number, int decimals) {
        BigDecimal rounded = number.round(new MathContext(decimals + 1, RoundingMode.HALF_UP));
        int exponent = rounded.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        String mantissa = rounded.scaleByPowerOfTen(-exponent)
                .setScale(decimals, RoundingMode.HALF_UP)
                .toPlainString();
        String power = Integer.toString(Math.abs(exponent));
        return mantissa + "e" + (exponent < 0 ? "-" : "+") + (power.length() < 2 ? "0" + power : power);
    }
}
