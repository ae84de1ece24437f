package adamscope.report;

import adamscope.experiment.Stability;
import adamscope.figure.ColourMap;
import adamscope.figure.ColourScale;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.Scale;
import adamscope.figure.Style;
import adamscope.optimizer.OptimizerRule;
import adamscope.stability.FixedPointGrid;
import adamscope.sweep.StabilityMap;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// A stability map as a figure: the spectral radius and the regimes, with the curves on which stability is lost.
final class StabilityFigure {
    private static final List<String> REGIMES =
            List.of(FixedPointGrid.STABLE, "rotation", "flip", "fold", FixedPointGrid.MARGINAL, FixedPointGrid.NONE);

    private final Stability map;
    private final Table cells;
    private final List<Mark> curves;

    private StabilityFigure(Stability map, Table cells, Table curves) {
        this.map = map;
        this.cells = cells;
        this.curves = lines(map, curves);
    }

    static Figure of(String id, Stability map, Table cells, Table curves) {
        StabilityFigure figure = new StabilityFigure(map, cells, curves);
        String rule = map.optimizer().rule().name();
        List<Panel> panels = new ArrayList<>(List.of(figure.radius(), figure.regimes()));
        return new Figure(
                id,
                rule + " on " + map.objective() + ", stability of the fixed point",
                "Spectral radius at the fixed point of " + rule + " on " + map.objective() + " and how stability is"
                        + " lost, for each pair of " + map.x().name() + " and "
                        + map.y().name(),
                2,
                panels);
    }

    /// Around 1 in the middle of the colours; nine tenths of the cells within its ends.
    private Panel radius() {
        double[] radius = cells.numbers("spectralRadius");
        double[] distances = Arrays.stream(radius)
                .filter(Double::isFinite)
                .map(r -> Math.abs(r - 1))
                .sorted()
                .toArray();
        double reach = distances.length == 0 ? 0.5 : Math.clamp(distances[distances.length * 9 / 10], 0.05, 1);
        ColourScale colours = ColourScale.of("spectral radius", Scale.LINEAR)
                .from(1 - reach, 1 + reach)
                .in(ColourMap.DIVERGING);
        return panel(
                "Spectral radius",
                List.of(new Mark.HeatMap(edges(map.x()), edges(map.y()), radius, colours)),
                List.of());
    }

    private Panel regimes() {
        List<String> words = cells.words("regime");
        List<String> present = REGIMES.stream().filter(words::contains).toList();
        int[] kinds = words.stream().mapToInt(present::indexOf).toArray();
        List<String> legend = present.stream().map(StabilityFigure::spelled).toList();
        return panel(
                "How stability is lost",
                List.of(new Mark.CategoryMap(edges(map.x()), edges(map.y()), kinds, legend)),
                names(words, present));
    }

    private static String spelled(String regime) {
        return switch (regime) {
            case "rotation", "flip", "fold" -> "unstable by " + regime;
            default -> regime;
        };
    }

    /// The regime's name at the cell nearest to the middle of its cells, where it covers a twelfth of the plane.
    private List<Mark> names(List<String> words, List<String> present) {
        int across = map.x().points();
        List<Mark> names = new ArrayList<>();
        for (String regime : present) {
            int[] own = IntStream.range(0, words.size())
                    .filter(cell -> words.get(cell).equals(regime))
                    .toArray();
            if (own.length > words.size() / 12) {
                double column = IntStream.of(own).map(c -> c % across).average().orElseThrow();
                double row = IntStream.of(own).map(c -> c / across).average().orElseThrow();
                int nearest = IntStream.of(own)
                        .boxed()
                        .min(java.util.Comparator.comparingDouble(
                                c -> Math.hypot(c % across - column, c / across - row)))
                        .orElseThrow();
                names.add(new Mark.Note(
                        regime, map.x().value(nearest % across), map.y().value(nearest / across)));
            }
        }
        return names;
    }

    private Panel panel(String title, List<Mark> below, List<Mark> above) {
        OptimizerRule rule = map.optimizer().rule();
        List<Mark> marks = new ArrayList<>(below);
        marks.addAll(curves);
        marks.addAll(above);
        return new Panel(title, PlaneAxes.of(rule, map.x()), PlaneAxes.of(rule, map.y()), marks);
    }

    private static List<Mark> lines(Stability map, Table curves) {
        List<String> kinds = curves.words("kind");
        double[] number = curves.numbers("curve");
        double[] x = curves.numbers(map.x().name());
        double[] y = curves.numbers(map.y().name());
        List<Mark> lines = new ArrayList<>();
        List<String> named = new ArrayList<>();
        for (int from = 0; from < number.length; ) {
            int to = from;
            while (to < number.length && number[to] == number[from]) {
                to++;
            }
            String kind = kinds.get(from);
            lines.add(Mark.line(
                    named.contains(kind) ? "" : kind + " curve",
                    Arrays.copyOfRange(x, from, to),
                    Arrays.copyOfRange(y, from, to),
                    style(kind)));
            named.add(kind);
            from = to;
        }
        return lines;
    }

    private static Style style(String kind) {
        return switch (kind) {
            case "flip" -> Style.of(Style.Ink.REDDISH_PURPLE, Style.Dash.DASHED);
            case "rotation" -> Style.of(Style.Ink.BLACK, Style.Dash.SOLID);
            case "fold" -> Style.of(Style.Ink.BLUISH_GREEN, Style.Dash.DASH_DOT);
            case StabilityMap.EXISTENCE -> Style.of(Style.Ink.VERMILION, Style.Dash.LONG_DASH);
            default -> throw new IllegalArgumentException("no curve is called " + kind);
        };
    }

    private static double[] edges(adamscope.sweep.Axis axis) {
        return PhaseFigure.edges(axis);
    }
}
