package adamscope.report;

import adamscope.figure.PanelAxis;
import adamscope.figure.Scale;
import adamscope.optimizer.OptimizerRule;
import adamscope.sweep.Coordinate;
import adamscope.sweep.Listed;
import adamscope.sweep.Sampled;
import java.util.Collections;

/// Swept axes as axes of a figure: the symbol and name of the hyper-parameter, its scale, cells centred on its values.
final class PlaneAxes {
    private PlaneAxes() {}

    /// The axis of a hyper-parameter, or of a variable or state, from the outer edge of its first cell to that of its
    /// last.
    static PanelAxis of(OptimizerRule rule, adamscope.sweep.Axis swept) {
        double[] edges = PhaseFigure.edges(swept);
        return PanelAxis.of(label(rule, swept.name()), scale(swept)).from(edges[0], edges[edges.length - 1]);
    }

    static String label(OptimizerRule rule, String name) {
        String symbol = rule.symbols().getOrDefault(name, name);
        return symbol.equals(name) ? name : symbol + " (" + name + ")";
    }

    /// Half-way between neighbouring values on the scale, and as far beyond the ends.
    static double[] edges(Scale scale, double[] values) {
        double[] at = scale.positions(values);
        double[] edges = new double[at.length + 1];
        for (int i = 1; i < at.length; i++) {
            edges[i] = value(scale, 0.5 * (at[i - 1] + at[i]));
        }
        edges[0] = value(scale, at[0] - 0.5 * (at[1] - at[0]));
        edges[at.length] = value(scale, at[at.length - 1] + 0.5 * (at[at.length - 1] - at[at.length - 2]));
        return edges;
    }

    private static double value(Scale scale, double position) {
        return switch (scale) {
            case LINEAR, LOG10_VALUES -> position;
            case LOG10 -> Math.pow(10, position);
            case ONE_MINUS_LOG10 -> 1 - Math.pow(10, -position);
        };
    }

    /// A list of values is logarithmic where it spans a decade.
    static Scale scale(Coordinate swept) {
        return switch (swept) {
            case adamscope.sweep.Axis axis -> scale(axis);
            case Listed list -> {
                double least = Collections.min(list.values());
                yield least > 0 && Collections.max(list.values()) >= 10 * least ? Scale.LOG10 : Scale.LINEAR;
            }
            case Sampled sampled ->
                scale(new adamscope.sweep.Axis(sampled.name(), sampled.from(), sampled.to(), 2, sampled.scale()));
        };
    }

    static Scale scale(adamscope.sweep.Axis swept) {
        return switch (swept.scale()) {
            case LINEAR -> Scale.LINEAR;
            case LOG -> Scale.LOG10;
            case ONE_MINUS_LOG -> Scale.ONE_MINUS_LOG10;
        };
    }
}
