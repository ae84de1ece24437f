package adamscope.page;

import adamscope.optimizer.HyperParameter;
import adamscope.optimizer.OptimizerRule;
import adamscope.sweep.Axis;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Comparator;
import java.util.List;

/// A first range of a hyper-parameter on an axis of a plane: the whole of the unit interval, four decades around a
/// default.
record PlaneAxis(double from, double to, Axis.Spacing spacing) {
    private static final double NEAR_END = 0.01;
    private static final double DECADES = 100;
    private static final double SMALL = 1e-6;
    private static final MathContext CLEAN = new MathContext(12);

    static PlaneAxis of(HyperParameter hyper) {
        if (isShare(hyper)) {
            return new PlaneAxis(NEAR_END, 1 - NEAR_END, Axis.Spacing.LINEAR);
        }
        if (hyper.domain().low() < 0) {
            return new PlaneAxis(-1, 1, Axis.Spacing.LINEAR);
        }
        double defaultValue = hyper.defaultValue();
        double middle = defaultValue > 0 && Double.isFinite(defaultValue * DECADES) ? defaultValue : SMALL;
        return new PlaneAxis(clean(middle / DECADES), clean(middle * DECADES), Axis.Spacing.LOG);
    }

    /// Hyper-parameters in the order in which they become axes: averages, lr, others.
    static List<HyperParameter> order(OptimizerRule rule) {
        return rule.hyperParameters().stream()
                .sorted(Comparator.comparingInt(
                        hyper -> isShare(hyper) ? 0 : hyper.name().equals("lr") ? 1 : 2))
                .toList();
    }

    private static boolean isShare(HyperParameter hyper) {
        return hyper.domain().low() >= 0 && hyper.domain().high() <= 1;
    }

    private static double clean(double value) {
        return new BigDecimal(value).round(CLEAN).doubleValue();
    }
}
