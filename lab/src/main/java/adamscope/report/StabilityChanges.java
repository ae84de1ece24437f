package adamscope.report;

import adamscope.experiment.Bifurcation;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;

/// Where along a bifurcation diagram the fixed point gains or loses stability.
public final class StabilityChanges {
    private StabilityChanges() {}

    /// Values of the hyper-parameter at which the spectral radius passes 1, by linear interpolation between neighbours.
    public static List<Double> of(Bifurcation diagram, Table exponents) {
        double[] at = exponents.numbers(diagram.x().name());
        double[] radius = exponents.numbers("spectralRadius");
        List<Double> changes = new ArrayList<>();
        for (int i = 1; i < at.length; i++) {
            double a = radius[i - 1] - 1;
            double b = radius[i] - 1;
            if (a < 0 != b < 0 && !Double.isNaN(a + b)) {
                changes.add(at[i - 1] + (at[i] - at[i - 1]) * a / (a - b));
            }
        }
        return changes;
    }
}
