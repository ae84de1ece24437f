package adamscope.log;

import java.nio.charset.StandardCharsets;

/// Reads a decimal number from bytes, exactly as [Double#parseDouble] does.
///
/// Up to 2^53 and 10^±22 significand and power of ten are exact, so that one multiplication or division rounds as it
/// should; the rest goes to [Double#parseDouble].
final class NumberScan {
    private static final double[] POWERS = new double[23];

    static {
        double power = 1;
        for (int i = 0; i < POWERS.length; i++) {
            POWERS[i] = power;
            power *= 10;
        }
    }

    private double value;
    private boolean whole;
    private boolean commas;

    /// The number that was read last.
    double value() {
        return value;
    }

    /// Whether it was written without point and exponent.
    boolean whole() {
        return whole;
    }

    /// Reads a number that begins at a place.
    ///
    /// @param listed whether a comma parts two numbers
    /// @return the place behind it
    int scan(byte[] line, int from, int end, boolean listed) {
        int at = from;
        boolean minus = line[at] == '-';
        if (minus || line[at] == '+') {
            at++;
        }
        long digits = 0;
        int count = 0;
        int scale = 0;
        boolean point = false;
        whole = true;
        int first = at;
        while (at < end) {
            byte c = line[at];
            if (c >= '0' && c <= '9') {
                if (count < 19 || digits == 0) {
                    digits = 10 * digits + (c - '0');
                    count += digits == 0 ? 0 : 1;
                    scale -= point ? 1 : 0;
                } else {
                    count++;
                    scale += point ? 0 : 1;
                }
            } else if (c == '.' && !point) {
                point = true;
                whole = false;
            } else if (c == ',' && !point && !listed && group(line, first, at, end)) {
                if (decimal(line, first, at, end)) {
                    point = true;
                    whole = false;
                    commas = true;
                }
            } else if (c == '_' && at + 1 < end && digit(line[at + 1]) && digit(line[at - 1])) {
                at++;
                continue;
            } else {
                break;
            }
            at++;
        }
        int power = exponent(line, at, end);
        if (exponentEnd > at) {
            at = exponentEnd;
            whole = false;
        }
        int exponent = scale + power;
        if (count < 16 && Math.abs(exponent) < POWERS.length) {
            value = exponent < 0 ? digits / POWERS[-exponent] : digits * POWERS[exponent];
            value = minus ? -value : value;
        } else {
            value = slowly(line, from, at);
        }
        return at;
    }

    private int exponentEnd;

    private int exponent(byte[] line, int from, int end) {
        exponentEnd = from;
        if (from >= end || (line[from] | 0x20) != 'e') {
            return 0;
        }
        int at = from + 1;
        boolean minus = at < end && line[at] == '-';
        if (at < end && (minus || line[at] == '+')) {
            at++;
        }
        int power = 0;
        int begin = at;
        while (at < end && digit(line[at])) {
            power = Math.min(100_000, 10 * power + (line[at] - '0'));
            at++;
        }
        if (at == begin) {
            return 0;
        }
        exponentEnd = at;
        return minus ? -power : power;
    }

    private static boolean digit(byte c) {
        return c >= '0' && c <= '9';
    }

    /// Whether a comma belongs to the number: a digit follows at once.
    private static boolean group(byte[] line, int first, int comma, int end) {
        return comma > first && comma + 1 < end && digit(line[comma + 1]);
    }

    /// Whether it is a decimal comma, not one between thousands, of which three digits follow.
    private boolean decimal(byte[] line, int first, int comma, int end) {
        int behind = comma + 1;
        while (behind < end && digit(line[behind])) {
            behind++;
        }
        boolean thousands = behind - comma == 4 && comma - first <= 3 && !(comma - first == 1 && line[first] == '0');
        return !thousands || commas && !(behind < end && (line[behind] == ',' || line[behind] == '.'));
    }

    private static double slowly(byte[] line, int from, int to) {
        String text = new String(line, from, to - from, StandardCharsets.ISO_8859_1).replace("_", "");
        int comma = text.indexOf(',');
        if (comma >= 0) {
            boolean several = text.indexOf(',', comma + 1) >= 0 || text.indexOf('.') >= 0;
            text = several ? text.replace(",", "") : text.replace(',', '.');
        }
        return WrittenNumber.number(text).orElse(Double.NaN);
    }
}
