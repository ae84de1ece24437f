package adamscope.optimizer;

import adamscope.formula.PlainText;

/// An interval of allowed values, such as `[0, 1)`.
public record Domain(double low, boolean lowIncluded, double high, boolean highIncluded) {

    /// Every number.
    public static final Domain ALL = new Domain(Double.NEGATIVE_INFINITY, false, Double.POSITIVE_INFINITY, false);

    /// Every number, and both infinities.
    public static final Domain ALL_AND_INFINITE =
            new Domain(Double.NEGATIVE_INFINITY, true, Double.POSITIVE_INFINITY, true);

    /// Whether the value lies inside; NaN lies in no domain.
    public boolean contains(double value) {
        return (lowIncluded ? value >= low : value > low) && (highIncluded ? value <= high : value < high);
    }

    @Override
    public String toString() {
        return (lowIncluded ? "[" : "(") + shown(low) + ", " + shown(high) + (highIncluded ? "]" : ")");
    }

    private static String shown(double value) {
        return (value < 0 ? "-" : "") + new PlainText().number(Math.abs(value));
    }
}
