package adamscope.sweep;

import adamscope.formula.PlainText;
import adamscope.optimizer.Domain;
import adamscope.shape.Forms;
import adamscope.shape.Key;
import adamscope.shape.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The values that one hyper-parameter takes in a sweep, from the first to the last, both included.
///
/// @param name the hyper-parameter
public record Axis(String name, double from, double to, int points, Spacing scale) implements Coordinate {
    private static final Pattern WRITTEN = Pattern.compile("([^=:]+)=([^:]+):([^:]+):([^:]+)(?::([^:]+))?");

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    /// How the values are spread; with s running evenly from 0 to 1:
    public enum Spacing {
        /// from + s·(to − from)
        LINEAR("linear"),
        /// from·(to/from)ˢ: evenly in the logarithm
        LOG("log"),
        /// 1 − (1 − from)·((1 − to)/(1 − from))ˢ: evenly in the logarithm of the distance to 1
        ONE_MINUS_LOG("one-minus-log");

        private final String word;

        Spacing(String word) {
            this.word = word;
        }

        /// How the scale is written.
        public String word() {
            return word;
        }

        /// The scale of that word.
        public static Spacing read(String word) {
            return Arrays.stream(values())
                    .filter(scale -> scale.word.equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("scale = '" + word + "' is none of "
                            + Arrays.stream(values()).map(Spacing::word).collect(Collectors.joining(", "))));
        }
    }

    public Axis {
        if (points < 2) {
            throw new IllegalArgumentException(
                    "axis " + name + ": points = " + points + "; an axis has at least 2" + oneValue(name, from));
        }
        if (!Double.isFinite(from) || !Double.isFinite(to) || !(from < to)) {
            throw new IllegalArgumentException("axis " + name + ": from = " + shown(from) + " must lie below to = "
                    + shown(to) + ", both finite" + (from == to ? oneValue(name, from) : ""));
        }
        if (scale == Spacing.LOG && !(from > 0)) {
            throw new IllegalArgumentException("axis " + name + ": a log scale needs from above 0, not " + shown(from));
        }
        if (scale == Spacing.ONE_MINUS_LOG && !(to < 1)) {
            throw new IllegalArgumentException(
                    "axis " + name + ": a one-minus-log scale needs to below 1, not " + shown(to));
        }
    }

    /// What to do with a quantity that is to have one value.
    static String oneValue(String name, double value) {
        return "; one value is no axis but a setting, " + name + " = " + shown(value)
                + " (a sweep may have a single axis)";
    }

    /// An axis as a mapping.
    ///
    /// @param domain of its values
    public static Shape<Axis> shape(String name, Domain domain) {
        return Shape.of(keys -> {
            var from = keys.add(Key.of("from", Forms.number(domain), "the first value"), Axis::from);
            var to = keys.add(Key.of("to", Forms.number(domain), "the last value"), Axis::to);
            var points = keys.add(Key.of("points", Forms.count(2), "how many"), Axis::points);
            var scale = keys.add(scaleKey(), Axis::scale);
            return in -> new Axis(name, in.get(from), in.get(to), in.get(points), in.get(scale));
        });
    }

    static Key<Spacing> scaleKey() {
        return Key.of("scale", Forms.word(List.of(Spacing.values()), Spacing::word), "how values are spread")
                .orElse(Spacing.LINEAR);
    }

    /// Reads `beta1=0.003:0.99:200`, with `:log` or `:one-minus-log` appended where the scale is not linear.
    ///
    /// @throws IllegalArgumentException if the text is no axis; the message says what it should look like
    public static Axis read(String text) {
        Matcher parts = WRITTEN.matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no axis; write NAME=FROM:TO:POINTS, such as beta1=0.003:0.99:200, and :log or"
                            + " :one-minus-log after it for another scale than linear");
        }
        String name = parts.group(1).strip();
        Spacing scale = parts.group(5) == null
                ? Spacing.LINEAR
                : Spacing.read(parts.group(5).strip());
        return new Axis(
                name,
                number(name, "from", parts.group(2)),
                number(name, "to", parts.group(3)),
                count(name, parts.group(4)),
                scale);
    }

    /// The value at a position from 0 to points − 1.
    public double value(int position) {
        return at((double) position / (points - 1));
    }

    /// The value at s, from 0 at the first value to 1 at the last, spread as the scale says; the same bits everywhere.
    public double at(double s) {
        if (s == 0) {
            return from;
        }
        if (s == 1) {
            return to;
        }
        return switch (scale) {
            case LINEAR -> from + s * (to - from);
            case LOG -> from * StrictMath.exp(s * StrictMath.log(to / from));
            case ONE_MINUS_LOG -> 1 - (1 - from) * StrictMath.exp(s * StrictMath.log((1 - to) / (1 - from)));
        };
    }

    @Override
    public double least() {
        return from;
    }

    @Override
    public double greatest() {
        return to;
    }

    /// Every value, ascending.
    public double[] values() {
        double[] values = new double[points];
        Arrays.setAll(values, this::value);
        return values;
    }

    /// The axis as [#read(String)] reads it.
    @Override
    public String toString() {
        return name + "=" + shown(from) + ":" + shown(to) + ":" + points
                + (scale == Spacing.LINEAR ? "" : ":" + scale.word());
    }

    private static double number(String name, String part, String text) {
        if (!NUMBER.matcher(text.strip()).matches()) {
            throw new IllegalArgumentException("axis " + name + ": " + part + " = '" + text + "' is no number");
        }
        return Double.parseDouble(text.strip());
    }

    private static int count(String name, String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException(
                    "axis " + name + ": points = '" + text + "' is no whole number up to " + Integer.MAX_VALUE);
        }
    }

    private static String shown(double value) {
        return (value < 0 ? "-" : "") + new PlainText().number(Math.abs(value));
    }
}
