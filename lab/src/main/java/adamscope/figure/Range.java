package adamscope.figure;

import adamscope.formula.PlainText;

/// A closed range `lower < upper` of finite numbers.
public record Range(double lower, double upper) {
    public Range {
        if (!(lower < upper) || !Double.isFinite(upper - lower)) {
            throw new IllegalArgumentException("range " + new PlainText().number(lower) + " to "
                    + new PlainText().number(upper) + ": finite, lower < upper is allowed");
        }
    }

    /// `upper − lower`.
    public double length() {
        return upper - lower;
    }

    /// Whether the value lies in the range, up to 1e-9 of its length: ticks computed from its own ends count as inside.
    public boolean contains(double value) {
        double slack = 1e-9 * length();
        return value >= lower - slack && value <= upper + slack;
    }

    /// The smallest range that holds the finite ones of `values`, widened by `margin` of its length on both sides.
    /// A single value gets one unit around it; no value at all gives 0 to 1. Magnitudes above 1e300 count as infinite.
    static Range around(double[] values, double margin) {
        double lower = Double.POSITIVE_INFINITY;
        double upper = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            if (drawable(value)) {
                lower = Math.min(lower, value);
                upper = Math.max(upper, value);
            }
        }
        if (lower > upper) {
            return new Range(0, 1);
        }
        double spread = upper - lower;
        // below a few ulp of the values the ticks could not be told apart
        if (spread <= 1e-12 * Math.max(Math.abs(lower), Math.abs(upper))) {
            double half = lower == 0 ? 0.5 : 0.1 * Math.abs(lower);
            return new Range(lower - half, upper + half);
        }
        return new Range(lower - margin * spread, upper + margin * spread);
    }

    /// Whether a position can be drawn: a number, and no larger than 1e300, so that lengths stay finite.
    static boolean drawable(double position) {
        return Math.abs(position) <= 1e300;
    }
}
