package adamscope.log;

import adamscope.formula.PlainText;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// Numbers as the programs of this world write them: `nan`, `inf`, `tensor(0.5)` are among them.
final class WrittenNumber {
    /// The largest whole number up to which every whole number is a double.
    private static final double EXACT = 0x1p53;

    private static final Pattern GROUPED = Pattern.compile("[+-]?\\d{1,3}(,\\d{3})+(\\.\\d*)?(e[+-]?\\d+)?");
    private static final Pattern GROUPED_POINT = Pattern.compile("[+-]?\\d{1,3}(\\.\\d{3})+");

    private WrittenNumber() {}

    /// The number that a text stands for; empty if none. A blank text is none, `nan` is one.
    static OptionalDouble number(String text) {
        if (text.isEmpty() || text.length() > 400) {
            return OptionalDouble.empty();
        }
        char first = text.charAt(0);
        if (first >= '0' && first <= '9' || first == '-' || first == '+' || first == '.') {
            try {
                return OptionalDouble.of(Double.parseDouble(text));
            } catch (NumberFormatException _) {
                return word(text);
            }
        }
        return word(text);
    }

    private static OptionalDouble word(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "nan", "-nan", "+nan", "nan(ind)", "-nan(ind)" -> OptionalDouble.of(Double.NaN);
            case "inf", "+inf", "infinity", "+infinity" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
            case "-inf", "-infinity" -> OptionalDouble.of(Double.NEGATIVE_INFINITY);
            default -> inner(text.strip());
        };
    }

    /// `tensor(0.5, grad_fn=…)` and `"0.5"`.
    private static OptionalDouble inner(String text) {
        String bare = text;
        if (bare.startsWith("tensor(")) {
            int end = Math.max(bare.indexOf(','), bare.indexOf(')'));
            bare = bare.substring(7, end < 7 ? bare.length() : Math.min(end, bare.length()));
            int comma = bare.indexOf(',');
            bare = comma < 0 ? bare : bare.substring(0, comma);
        } else if (bare.length() > 1
                && bare.charAt(0) == bare.charAt(bare.length() - 1)
                && "\"'".indexOf(bare.charAt(0)) >= 0) {
            bare = bare.substring(1, bare.length() - 1);
        }
        return plain(bare);
    }

    private static OptionalDouble plain(String text) {
        if (text.isEmpty() || "+-.0123456789".indexOf(text.charAt(0)) < 0) {
            return OptionalDouble.empty();
        }
        try {
            return OptionalDouble.of(Double.parseDouble(text));
        } catch (NumberFormatException _) {
            return OptionalDouble.empty();
        }
    }

    /// The step that a text stands for: a whole number, also written as `12.0`.
    static OptionalLong step(String text) {
        if (text.length() <= 18 && !text.isEmpty()) {
            long step = 0;
            for (int i = 0; i < text.length(); i++) {
                int digit = text.charAt(i) - '0';
                if (digit < 0 || digit > 9) {
                    step = -1;
                    break;
                }
                step = 10 * step + digit;
            }
            if (step >= 0) {
                return OptionalLong.of(step);
            }
        }
        OptionalDouble number = number(text);
        return number.isPresent() ? step(number.getAsDouble()) : OptionalLong.empty();
    }

    /// The step that a number stands for.
    static OptionalLong step(double number) {
        return number == Math.rint(number) && Math.abs(number) <= EXACT
                ? OptionalLong.of((long) number)
                : OptionalLong.empty();
    }

    /// Whether points may stand between thousands: `1.000`.
    static boolean mayBeGrouped(String text) {
        return GROUPED_POINT.matcher(text).matches();
    }

    /// A number for a message, without zeros at its end.
    static String brief(double number) {
        return new PlainText().number(number);
    }

    /// A number as people of this world and of others write it: `1,234.5`, `1 234,5` with a decimal comma, `1_000`.
    ///
    /// @param decimalComma whether a comma stands before the fraction
    static OptionalDouble number(String text, boolean decimalComma) {
        String plain = text.strip();
        OptionalDouble direct = decimalComma && plain.indexOf(',') >= 0 ? OptionalDouble.empty() : number(plain);
        if (direct.isPresent() && !(decimalComma && mayBeGrouped(plain))) {
            return direct;
        }
        if (plain.length() > 40) {
            return OptionalDouble.empty();
        }
        String bare = plain.replaceAll("(?<=\\d)[\u00a0\u202f '_](?=\\d{3})", "");
        if (decimalComma) {
            return number(bare.replaceAll("\\.(?=\\d{3}(\\D|$))", "").replace(',', '.'));
        }
        return GROUPED.matcher(bare).matches() ? number(bare.replace(",", "")) : number(bare);
    }

    /// A word of a log for a message: at most 80 characters, none of them a control character.
    static String shortened(String word) {
        return shortened(word, 80);
    }

    static String shortened(String word, int most) {
        String plain = word.replaceAll("\\p{Cntrl}", "?");
        return plain.length() > most ? plain.substring(0, most - 1) + "…" : plain;
    }
}
