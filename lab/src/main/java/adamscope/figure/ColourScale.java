package adamscope.figure;

import java.util.Optional;

/// How the numbers of a heat map become colours, and the labelled bar that says so.
///
/// @param label the quantity with its unit
/// @param scale between number and place on the bar
/// @param range numbers at both ends of the bar; empty: what the cells need
/// @param map colours along the bar
public record ColourScale(String label, Scale scale, Optional<Range> range, ColourMap map) {
    /// A sequential scale that follows the cells.
    public static ColourScale of(String label, Scale scale) {
        return new ColourScale(label, scale, Optional.empty(), ColourMap.SEQUENTIAL);
    }

    /// The same scale from `lower` to `upper`; cells beyond get the colour of the end.
    public ColourScale from(double lower, double upper) {
        return new ColourScale(label, scale, Optional.of(new Range(lower, upper)), map);
    }

    /// The same scale in other colours.
    public ColourScale in(ColourMap colours) {
        return new ColourScale(label, scale, range, colours);
    }
}
