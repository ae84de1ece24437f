package adamscope.figure;

import java.util.Arrays;

/// Where a value lies on an axis or on a colour scale: the map from value to position.
///
/// - `LINEAR`: the value itself
/// - `LOG10`: log₁₀ of a positive value; 0 lies at −∞, a negative value nowhere (NaN)
/// - `LOG10_VALUES`: the datum is log₁₀ of the value already; ticks print the value, also 10⁻⁴⁰⁰⁰
/// - `ONE_MINUS_LOG10`: −log₁₀(1 − value) for decay rates, so that 0.9, 0.99, 0.999 are equally far apart
public enum Scale {
    LINEAR,
    LOG10,
    LOG10_VALUES,
    ONE_MINUS_LOG10;

    /// The position of a value.
    public double position(double value) {
        return switch (this) {
            case LINEAR, LOG10_VALUES -> value;
            case LOG10 -> Math.log10(value);
            case ONE_MINUS_LOG10 -> -Math.log10(1 - value);
        };
    }

    /// The positions of all values.
    public double[] positions(double[] values) {
        return Arrays.stream(values).map(this::position).toArray();
    }

    /// The positions of both ends of a range.
    Range positions(Range range) {
        return new Range(position(range.lower()), position(range.upper()));
    }
}
