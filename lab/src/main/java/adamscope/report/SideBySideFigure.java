package adamscope.report;

import adamscope.diagnosis.ComparedRun;
import adamscope.diagnosis.SideBySide;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.figure.Style;
import adamscope.regime.Quantity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Runs on one axis: a panel for each quantity that two of them measured.
final class SideBySideFigure {
    private static final int MOST_LINES = 24;

    /// What is drawn, those first that say most; others follow in the order of the tables.
    private static final Map<String, String> LABELS = Map.of(
            Quantity.LOSS,
            "loss",
            Quantity.VALIDATION_LOSS,
            "validation loss",
            ComparedRun.OVER_THRESHOLD,
            "λ₁(P⁻¹H) over its threshold",
            Quantity.couplingRatio(50),
            "v/g², median",
            Quantity.GRADIENT_NORM,
            "‖g‖",
            Quantity.SHARPNESS,
            "λ₁(H)",
            Quantity.LR,
            "learning rate lr");

    private static final Set<String> DRAWN = drawn();

    private SideBySideFigure() {}

    private static Set<String> drawn() {
        Set<String> drawn = new HashSet<>(LABELS.keySet());
        drawn.addAll(List.of("accuracy", "validationAccuracy", "perplexity"));
        return drawn;
    }

    static Optional<Figure> of(SideBySide compared) {
        List<Panel> panels =
                drawn(compared).map(quantity -> panel(compared, quantity)).toList();
        return panels.isEmpty()
                ? Optional.empty()
                : Optional.of(new Figure(
                        "compare",
                        "",
                        "Runs side by side over " + compared.by().label() + ": "
                                + panels.stream()
                                        .map(panel -> panel.y().label())
                                        .collect(Collectors.joining(", ")),
                        Math.min(2, panels.size()),
                        panels));
    }

    /// What is not drawn, as a sentence; empty if nothing.
    static String leftOut(SideBySide compared) {
        return Shown.of(
                "the first",
                MOST_LINES,
                drawn(compared)
                        .mapToLong(quantity -> curves(compared, quantity).size())
                        .max()
                        .orElse(0),
                "curves are drawn");
    }

    /// The quantities of the panels.
    private static Stream<String> drawn(SideBySide compared) {
        return compared.quantities().stream()
                .filter(quantity -> DRAWN.contains(quantity)
                        || quantity.equals(Quantity.LOG10_LOSS)
                                && !compared.quantities().contains(Quantity.LOSS))
                .filter(quantity -> !quantity.equals(Quantity.LR) || changes(compared));
    }

    /// One curve of a panel.
    ///
    /// @param runs by their place; several share all but the seed
    private record DrawnCurve(List<Integer> runs, String name) {}

    private static List<DrawnCurve> curves(SideBySide compared, String quantity) {
        List<DrawnCurve> curves = new ArrayList<>();
        Set<Integer> grouped = new HashSet<>();
        for (SideBySide.Seeds seeds : compared.seeds()) {
            List<Integer> having = seeds.runs().stream()
                    .filter(run -> compared.runs().get(run).log().has(quantity))
                    .toList();
            if (having.size() > 1) {
                grouped.addAll(having);
                curves.add(new DrawnCurve(having, label(compared, seeds, having.size())));
            }
        }
        for (int i = 0; i < compared.runs().size(); i++) {
            ComparedRun run = compared.runs().get(i);
            if (!grouped.contains(i) && run.log().has(quantity)) {
                curves.add(new DrawnCurve(List.of(i), run.name()));
            }
        }
        return curves;
    }

    private static boolean changes(SideBySide compared) {
        return compared.runs().stream().anyMatch(run -> {
            double[] values = run.log().numbers(Quantity.LR).orElse(new double[0]);
            return Arrays.stream(values)
                            .filter(v -> !Double.isNaN(v))
                            .distinct()
                            .count()
                    > 1;
        });
    }

    private static Panel panel(SideBySide compared, String quantity) {
        List<Mark> bands = new ArrayList<>();
        List<Mark> lines = new ArrayList<>();
        List<DrawnCurve> curves = curves(compared, quantity);
        for (int series = 0; series < Math.min(MOST_LINES, curves.size()); series++) {
            DrawnCurve curve = curves.get(series);
            if (curve.runs().size() > 1) {
                spread(compared, quantity, curve.runs(), curve.name(), series, bands, lines);
            } else {
                ComparedRun run = compared.runs().get(curve.runs().getFirst());
                double[][] present = present(
                        compared.positions(run), run.log().numbers(quantity).orElseThrow());
                lines.add(new Mark.Line(curve.name(), present[0], present[1], Optional.of(Style.ofSeries(series))));
            }
        }
        if (quantity.equals(ComparedRun.OVER_THRESHOLD)) {
            lines.add(new Mark.HorizontalReference("threshold", 1));
        }
        List<Mark> marks = new ArrayList<>(bands);
        marks.addAll(lines);
        String label = LABELS.getOrDefault(quantity, quantity);
        boolean positive = compared.runs().stream()
                .filter(run -> run.log().has(quantity))
                .flatMapToDouble(
                        run -> Arrays.stream(run.log().numbers(quantity).orElseThrow()))
                .allMatch(value -> !(value < 0));
        PanelAxis up = quantity.equals(Quantity.LOG10_LOSS)
                ? PanelAxis.log10Values("loss")
                : positive ? PanelAxis.log10(label) : PanelAxis.linear(label);
        return new Panel("", PanelAxis.linear(compared.by().label()), up, marks);
    }

    /// The mean over seeds, and a band from the smallest to the largest, at the places that all have.
    private static void spread(
            SideBySide compared,
            String quantity,
            List<Integer> runs,
            String name,
            int series,
            List<Mark> bands,
            List<Mark> lines) {
        TreeMap<Double, double[]> at = new TreeMap<>();
        for (int k = 0; k < runs.size(); k++) {
            ComparedRun run = compared.runs().get(runs.get(k));
            double[][] present =
                    present(compared.positions(run), run.log().numbers(quantity).orElseThrow());
            for (int row = 0; row < present[0].length; row++) {
                at.computeIfAbsent(present[0][row], _ -> missing(runs.size()))[k] = present[1][row];
            }
        }
        at.values().removeIf(values -> Arrays.stream(values).anyMatch(Double::isNaN));
        double[] x = at.keySet().stream().mapToDouble(Double::doubleValue).toArray();
        double[][] values = at.values().toArray(double[][]::new);
        Style style = Style.ofSeries(series);
        bands.add(new Mark.Band(
                "",
                x,
                over(values, row -> Arrays.stream(row).min().orElseThrow()),
                over(values, row -> Arrays.stream(row).max().orElseThrow()),
                Optional.of(style)));
        lines.add(new Mark.Line(
                name, x, over(values, row -> Arrays.stream(row).average().orElseThrow()), Optional.of(style)));
    }

    private static double[] over(double[][] rows, java.util.function.ToDoubleFunction<double[]> value) {
        return Arrays.stream(rows).mapToDouble(value).toArray();
    }

    private static double[] missing(int runs) {
        double[] values = new double[runs];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    private static String label(SideBySide compared, SideBySide.Seeds seeds, int runs) {
        String shared = seeds.shared().entrySet().stream()
                .map(entry -> entry.getKey().equals("optimizer")
                        ? entry.getValue()
                        : entry.getKey() + " = " + entry.getValue())
                .collect(Collectors.joining(", "));
        boolean own =
                seeds.runs().stream().allMatch(run -> compared.runs().get(run).own());
        return (shared.isEmpty() ? "mean" : shared) + " (" + runs + (own ? " seeds)" : " runs)");
    }

    private static double[][] present(double[] x, double[] y) {
        int[] rows = IntStream.range(0, y.length)
                .filter(row -> !Double.isNaN(y[row]))
                .toArray();
        return new double[][] {
            Arrays.stream(rows).mapToDouble(row -> x[row]).toArray(),
            Arrays.stream(rows).mapToDouble(row -> y[row]).toArray()
        };
    }
}
