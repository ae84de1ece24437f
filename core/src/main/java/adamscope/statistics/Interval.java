package adamscope.statistics;

import adamscope.formula.PlainText;
import java.util.Arrays;
import org.hipparchus.distribution.continuous.TDistribution;

/// All numbers from `low` to `high`, both included.
public record Interval(double low, double high) {
    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("an interval from " + new PlainText().number(low) + " to "
                    + new PlainText().number(high) + " is empty");
        }
    }

    /// Where the mean of a law lies, from independent draws of it: Student's interval, exact for normal draws.
    ///
    /// @param draws      at least 2
    /// @param confidence such as 0.95
    public static Interval ofMean(double[] draws, double confidence) {
        if (draws.length < 2) {
            throw new IllegalArgumentException(draws.length + " draws: an interval needs at least 2");
        }
        double mean = Arrays.stream(draws).average().orElseThrow();
        double squares = Arrays.stream(draws).map(x -> (x - mean) * (x - mean)).sum();
        double error = Math.sqrt(squares / (draws.length - 1) / draws.length);
        double half = error * new TDistribution(draws.length - 1).inverseCumulativeProbability(0.5 + confidence / 2);
        return new Interval(mean - half, mean + half);
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
