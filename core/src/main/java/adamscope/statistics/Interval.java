package adamscope.statistics;

/// All numbers from `low` to `high`, both included.
public record Interval(double low, double high) {
    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("an interval from " + low + " to " + high + " is empty");
        }
    }

    /// Whether a number lies in it.
    public boolean contains(double value) {
        return low <= value && value <= high;
    }

    /// high − low.
    public double width() {
        return high - low;
    }
}
