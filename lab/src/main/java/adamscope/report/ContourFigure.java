package adamscope.report;

import adamscope.figure.ColourScale;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.figure.Scale;
import adamscope.figure.Style;
import adamscope.formula.Evaluation;
import adamscope.objective.FormulaObjective;
import adamscope.objective.Minimum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An objective of two variables as a landscape, with the paths of runs over it.
final class ContourFigure {
    /// Paths that can be told apart over a map.
    static final int MOST = 4;

    private static final int CELLS = 240;
    /// Bands of equal colour, so that their borders are contours.
    private static final int LEVELS = 16;

    private static final double MARGIN = 0.15;

    /// Further away than so many widths of the rest, a path has left the picture.
    private static final double FAR = 1e3;

    private ContourFigure() {}

    /// The paths up to a share of their steps.
    static List<Path> until(double share, List<Path> paths) {
        return paths.stream()
                .map(path -> {
                    int steps = Math.max(1, (int) Math.ceil(share * path.x().length));
                    return new Path(path.name(), Arrays.copyOf(path.x(), steps), Arrays.copyOf(path.y(), steps));
                })
                .toList();
    }

    /// Where a run went.
    ///
    /// @param name in the legend
    /// @param x    of its steps
    /// @param y    of its steps
    record Path(String name, double[] x, double[] y) {}

    /// The landscape around the paths: log₁₀ of the loss above its least value, and the paths, each from its start (a
    /// point).
    ///
    /// @param x0 the start of a run
    static Panel panel(FormulaObjective objective, List<Double> x0, List<Path> paths) {
        return over(landscape(objective, x0, paths), paths);
    }

    /// The same panel with other paths.
    static Panel over(Panel landscape, List<Path> paths) {
        List<Mark> marks = new ArrayList<>(landscape.marks().subList(0, 1));
        List<Style.Ink> inks = List.of(Style.Ink.BLACK, Style.Ink.VERMILION, Style.Ink.WHITE, Style.Ink.REDDISH_PURPLE);
        for (int k = 0; k < Math.min(MOST, paths.size()); k++) {
            Path path = paths.get(k);
            Style style = Style.of(inks.get(k), Style.Dash.SOLID);
            int last = path.x().length - 1;
            marks.add(new Mark.Line(path.name(), path.x(), path.y(), Optional.of(style)));
            marks.add(new Mark.Points(
                    "",
                    new double[] {path.x()[0], path.x()[last]},
                    new double[] {path.y()[0], path.y()[last]},
                    Optional.of(style)));
        }
        return new Panel(landscape.title(), landscape.x(), landscape.y(), marks);
    }

    private static Panel landscape(FormulaObjective objective, List<Double> x0, List<Path> paths) {
        double[] across = range(paths.stream().map(Path::x).toList());
        double[] up = range(paths.stream().map(Path::y).toList());
        double[] xEdges = edges(across);
        double[] yEdges = edges(up);
        double[] values = new double[CELLS * CELLS];
        for (int j = 0; j < CELLS; j++) {
            for (int i = 0; i < CELLS; i++) {
                double x = 0.5 * (xEdges[i] + xEdges[i + 1]);
                double y = 0.5 * (yEdges[j] + yEdges[j + 1]);
                values[j * CELLS + i] = Evaluation.value(
                        objective.loss(),
                        name -> name.equals(objective.variables().getFirst()) ? x : y);
            }
        }
        Minimum found = objective.minimum(x0, Map.of());
        double least = found.isKnown()
                ? found.value()
                : Arrays.stream(values).filter(Double::isFinite).min().orElse(0);
        double smallest = Arrays.stream(values)
                .map(v -> v - least)
                .filter(v -> v > 0 && Double.isFinite(v))
                .min()
                .orElse(1);
        double[] logs = Arrays.stream(values)
                .map(v -> Math.log10(Math.max(v - least, smallest)))
                .toArray();
        double bottom = Arrays.stream(logs).filter(Double::isFinite).min().orElse(0);
        double top = Arrays.stream(logs).filter(Double::isFinite).max().orElse(1);
        double height = Math.max(1e-12, (top - bottom) / LEVELS);
        Arrays.setAll(
                logs, i -> bottom + height * (Math.floor(Math.min((logs[i] - bottom) / height, LEVELS - 0.5)) + 0.5));
        Mark map = new Mark.HeatMap(
                xEdges, yEdges, logs, ColourScale.of("loss above its least value", Scale.LOG10_VALUES));
        return new Panel(
                "",
                PanelAxis.linear(objective.variables().getFirst()).from(across[0], across[1]),
                PanelAxis.linear(objective.variables().getLast()).from(up[0], up[1]),
                List.of(map));
    }

    /// What the paths need, with a margin; a path that leaves by far does not widen it.
    private static double[] range(List<double[]> coordinates) {
        double[] all = coordinates.stream()
                .flatMapToDouble(Arrays::stream)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (all.length == 0) {
            return new double[] {-1, 1};
        }
        double starts = coordinates.stream()
                .filter(path -> path.length > 0)
                .mapToDouble(path -> Math.abs(path[0]))
                .max()
                .orElse(1);
        double far = FAR * Math.max(1, starts);
        double low = Math.max(all[0], -far);
        double high = Math.min(all[all.length - 1], far);
        double margin = high > low ? MARGIN * (high - low) : 1;
        return new double[] {low - margin, high + margin};
    }

    private static double[] edges(double[] range) {
        double[] edges = new double[CELLS + 1];
        Arrays.setAll(edges, i -> range[0] + (range[1] - range[0]) * i / CELLS);
        return edges;
    }
}
