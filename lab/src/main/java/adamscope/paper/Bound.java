package adamscope.paper;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a measured number may be: `≤ 1e-4`, `> 0`, `0.9 to 1.1`. NaN is never within.
///
/// @param text as it stands in the register and on the page
record Bound(String text, double low, boolean lowCounts, double high, boolean highCounts) {
    private static final String NUMBER = "([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)";
    private static final Pattern SIDE = Pattern.compile("(<=|<|>=|>) *" + NUMBER);
    private static final Pattern BETWEEN = Pattern.compile(NUMBER + " to " + NUMBER);

    /// @throws IllegalArgumentException if it is no bound; the message says what one looks like
    static Bound of(String written) {
        Matcher side = SIDE.matcher(written);
        if (side.matches()) {
            double limit = Double.parseDouble(side.group(2));
            boolean counts = side.group(1).endsWith("=");
            String text = side.group(1).replace("<=", "≤").replace(">=", "≥") + " " + side.group(2);
            return side.group(1).startsWith("<")
                    ? new Bound(text, Double.NEGATIVE_INFINITY, true, limit, counts)
                    : new Bound(text, limit, counts, Double.POSITIVE_INFINITY, true);
        }
        Matcher between = BETWEEN.matcher(written);
        if (between.matches()) {
            return new Bound(
                    written, Double.parseDouble(between.group(1)), true, Double.parseDouble(between.group(2)), true);
        }
        throw new IllegalArgumentException(String.format(
                Locale.ROOT, "'%s' is no bound; write <= 1e-4, < 1, >= 0.99, > 0 or 0.9 to 1.1", written));
    }

    /// Whether a number lies within.
    boolean holds(double value) {
        return (lowCounts ? value >= low : value > low) && (highCounts ? value <= high : value < high);
    }
}
