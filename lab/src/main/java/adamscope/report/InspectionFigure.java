package adamscope.report;

import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.inspection.Layer;
import adamscope.inspection.PostMortem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// An inspected checkpoint as a figure: √v̂ of each tensor beside ε, and |m|/√v beside its bound.
final class InspectionFigure {
    private static final int MOST = 2000;

    private InspectionFigure() {}

    /// Tensors with v, in the order of the file.
    static List<Layer> withRoots(PostMortem inspection) {
        return inspection.layers().stream()
                .filter(layer -> layer.root().median() > 0)
                .toList();
    }

    /// Those of them that are drawn.
    static List<Layer> drawn(PostMortem inspection) {
        return withRoots(inspection).stream().limit(MOST).toList();
    }

    static Figure of(PostMortem inspection) {
        List<Layer> layers = drawn(inspection);
        List<Panel> panels = new ArrayList<>();
        panels.add(roots(layers));
        if (layers.stream().anyMatch(layer -> layer.ratio() > 0)) {
            panels.add(ratios(layers));
        }
        return new Figure(
                "scales", "", "Root of v and ratio of m to it in each tensor, in the order of the file", 1, panels);
    }

    private static Panel roots(List<Layer> layers) {
        double[] places = places(layers);
        List<Mark> marks = new ArrayList<>();
        if (layers.size() > 1) {
            marks.add(Mark.band(
                    "5 % to 95 %",
                    places,
                    values(layers, layer -> layer.root().low()),
                    values(layers, layer -> layer.root().high())));
        }
        marks.add(Mark.points(
                "median", places, values(layers, layer -> layer.root().median())));
        double[] epsilons = layers.stream()
                .mapToDouble(Layer::eps)
                .filter(eps -> eps > 0)
                .distinct()
                .sorted()
                .toArray();
        for (double eps : epsilons) {
            String name = epsilons.length == 1 ? "eps" : "eps = " + ShortNumber.of(eps, 3);
            marks.add(new Mark.HorizontalReference(name, eps));
        }
        return new Panel("", PanelAxis.linear("tensor"), PanelAxis.log10("√v̂"), marks);
    }

    private static Panel ratios(List<Layer> layers) {
        double[] places = places(layers);
        List<Mark> marks = new ArrayList<>();
        marks.add(Mark.points("root mean square", places, positive(values(layers, Layer::ratio))));
        marks.add(Mark.points("largest |m|/√v", places, positive(values(layers, Layer::largest))));
        layers.stream()
                .mapToDouble(Layer::bound)
                .filter(Double::isFinite)
                .max()
                .ifPresent(bound -> marks.add(new Mark.HorizontalReference("bound R", bound)));
        return new Panel("", PanelAxis.linear("tensor"), PanelAxis.log10("m̂/√v̂"), marks);
    }

    private static double[] places(List<Layer> layers) {
        double[] places = new double[layers.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = i + 1;
        }
        return places;
    }

    private static double[] values(List<Layer> layers, ToDoubleFunction<Layer> value) {
        return layers.stream().mapToDouble(value).toArray();
    }

    private static double[] positive(double[] values) {
        double[] positive = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            positive[i] = values[i] > 0 && Double.isFinite(values[i]) ? values[i] : Double.NaN;
        }
        return positive;
    }
}
