package adamscope.figure;

import java.util.Arrays;
import java.util.Optional;

/// How the numbers of a heat map become colours, and the labelled bar that says so.
///
/// @param label    the quantity with its unit
/// @param scale    between number and place on the bar
/// @param range    numbers at both ends of the bar; empty: what the cells need
/// @param map      colours along the bar
/// @param infinite what a cell of infinity is, for the legend, such as `exactly 0`; empty: nothing to say
public record ColourScale(String label, Scale scale, Optional<Range> range, ColourMap map, String infinite) {
    /// The share of the cells at each end that may lie beyond the bar.
    private static final double OUTLYING = 0.01;

    /// They do where the bar would be so many times longer with them.
    private static final double LONGER = 3;

    /// A sequential scale that follows the cells.
    public static ColourScale of(String label, Scale scale) {
        return new ColourScale(label, scale, Optional.empty(), ColourMap.SEQUENTIAL, "");
    }

    /// The same scale from `lower` to `upper`; cells beyond get the colour of the end, which the bar leaves open.
    public ColourScale from(double lower, double upper) {
        return new ColourScale(label, scale, Optional.of(new Range(lower, upper)), map, infinite);
    }

    /// The same scale from the least to the greatest finite value, without those few that alone would make it several
    /// times longer.
    ///
    /// @param shortest what it spans at least
    public ColourScale spanning(double[] values, double shortest) {
        double[] sorted =
                Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
        if (sorted.length == 0) {
            return from(0, 1);
        }
        int few = sorted.length < 10 ? 0 : (int) Math.ceil(OUTLYING * sorted.length);
        double lower = sorted[0];
        double upper = sorted[sorted.length - 1];
        double innerLower = sorted[few];
        double innerUpper = sorted[sorted.length - 1 - few];
        double inner = innerUpper - innerLower;
        if (inner > 0) {
            boolean below = innerLower - lower > (LONGER - 1) * inner;
            boolean above = upper - innerUpper > (LONGER - 1) * inner;
            lower = below ? innerLower : lower;
            upper = above ? innerUpper : upper;
        }
        return from(lower, Math.max(upper, lower + shortest));
    }

    /// The same scale in other colours.
    public ColourScale in(ColourMap colours) {
        return new ColourScale(label, scale, range, colours, infinite);
    }

    /// The same scale, on which infinity has the colour of the upper end and these words in the legend.
    public ColourScale infinite(String words) {
        return new ColourScale(label, scale, range, map, words);
    }
}
