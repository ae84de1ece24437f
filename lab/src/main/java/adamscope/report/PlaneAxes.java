package adamscope.report;

import adamscope.figure.Axis;
import adamscope.figure.Scale;
import adamscope.optimizer.OptimizerRule;

/// Swept axes as axes of a figure: the symbol and name of the hyper-parameter, its scale, cells centred on its values.
final class PlaneAxes {
    private PlaneAxes() {}

    /// The axis of a hyper-parameter, or of a variable or state, from the outer edge of its first cell to that of its
    /// last.
    static Axis of(OptimizerRule rule, adamscope.sweep.Axis swept) {
        double[] edges = PhaseFigure.edges(swept);
        return Axis.of(label(rule, swept.name()), scale(swept)).from(edges[0], edges[edges.length - 1]);
    }

    private static String label(OptimizerRule rule, String name) {
        String symbol = rule.symbols().getOrDefault(name, name);
        return symbol.equals(name) ? name : symbol + " (" + name + ")";
    }

    private static Scale scale(adamscope.sweep.Axis swept) {
        return switch (swept.scale()) {
            case LINEAR -> Scale.LINEAR;
            case LOG -> Scale.LOG10;
            case ONE_MINUS_LOG -> Scale.ONE_MINUS_LOG10;
        };
    }
}
