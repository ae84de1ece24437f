package adamscope.regime;

import java.util.ArrayList;
import java.util.List;

/// Where a curve of readings crosses a level, by linear interpolation between the two readings around it.
///
/// @param step    of the crossing, between two readings
/// @param upwards whether the curve is above the level afterwards
public record Crossing(double step, boolean upwards) {

    /// All crossings, in order; readings that are NaN are passed over, a reading at the level counts as above it.
    ///
    /// @param steps  increasing
    /// @param values one for each step
    public static List<Crossing> of(double[] steps, double[] values, double level) {
        List<Crossing> crossings = new ArrayList<>();
        int before = -1;
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                continue;
            }
            boolean above = values[i] >= level;
            if (before >= 0 && above != values[before] >= level) {
                double share = (level - values[before]) / (values[i] - values[before]);
                crossings.add(new Crossing(steps[before] + share * (steps[i] - steps[before]), above));
            }
            before = i;
        }
        return crossings;
    }
}
