package adamscope.sweep;

/// A quantity that takes values between two ends, spread as the scale says, at points of a low-discrepancy sequence
/// that all sampled quantities of a sweep share.
public record Sampled(String name, double from, double to, Axis.Spacing scale) implements Coordinate {

    public Sampled {
        new Axis(name, from, to, 2, scale);
    }

    /// The value at s from 0 to 1.
    public double at(double s) {
        return new Axis(name, from, to, 2, scale).at(s);
    }

    @Override
    public double least() {
        return from;
    }

    @Override
    public double greatest() {
        return to;
    }
}
