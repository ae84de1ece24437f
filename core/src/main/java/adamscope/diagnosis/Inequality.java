package adamscope.diagnosis;

import java.util.Locale;

/// What a cause rests on: a measured number on the left against a bound on the right.
///
/// @param left     what was measured, in words or symbols
/// @param measured its value
/// @param relation `>` or `<`: how the two sides stand if the cause is at work
/// @param right    the bound, in words or symbols
/// @param bound    its value
/// @param source   where the bound comes from
public record Inequality(String left, double measured, String relation, String right, double bound, String source) {

    /// Whether the sides stand as the cause needs.
    public boolean holds() {
        return switch (relation) {
            case ">" -> measured > bound;
            case "<" -> measured < bound;
            default -> throw new IllegalStateException("relation " + relation);
        };
    }

    /// `η·λ₁(P⁻¹H) = 45.2 > 38 = 2(1+β₁)/(1−β₁)`; with `not` where it does not hold.
    public String text() {
        return String.format(
                Locale.ROOT,
                "%s = %s %s %s = %s",
                left,
                number(measured),
                holds() ? relation : relation.equals(">") ? "≤" : "≥",
                number(bound),
                right);
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value)
                .replaceAll("(\\.\\d*?)0+(e|$)", "$1$2")
                .replaceAll("\\.(e|$)", "$1");
    }
}
