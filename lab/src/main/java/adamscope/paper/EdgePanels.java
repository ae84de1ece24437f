package adamscope.paper;

import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.table.Table;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Panels that figures of sharpness share. Runs are given by what the legend calls them.
final class EdgePanels {
    private EdgePanels() {}

    /// λ₁(P⁻¹H) of each run, on a logarithmic axis, with the threshold of its rule.
    ///
    /// @param label of the thresholds, such as `38/η`
    static Panel preconditioned(String title, String label, Map<String, Table> runs) {
        return sharpness(title, "preconditionedSharpness", PanelAxis.log10("λ₁(P⁻¹H)"), label, runs);
    }

    /// Loss, preconditioned sharpness under 38/η and sharpness of Adam's runs over the steps.
    static Figure adamAtEdge(String id, String text, Map<String, Table> runs) {
        return new Figure(
                id,
                "",
                text,
                3,
                List.of(
                        over("Training loss", PanelAxis.log10("loss"), "loss", runs),
                        preconditioned("Preconditioned sharpness", "38/η", runs),
                        over("Sharpness", PanelAxis.log10("λ₁(H)"), "sharpness", runs)));
    }

    /// λ₁(H) of each run whose rule does not precondition (P = 1), with the threshold of its rule.
    static Panel raw(String title, String label, Map<String, Table> runs) {
        return sharpness(title, "preconditionedSharpness", PanelAxis.log10("sharpness λ₁(H)"), label, runs);
    }

    /// `38/η`, to four digits.
    static String label(double timesLearningRate) {
        return new BigDecimal(timesLearningRate)
                        .round(new MathContext(4))
                        .stripTrailingZeros()
                        .toPlainString()
                + "/η";
    }

    private static Panel sharpness(String title, String column, PanelAxis axis, String label, Map<String, Table> runs) {
        List<Mark> marks = new ArrayList<>(lines(column, runs));
        double[] levels = runs.values().stream()
                .mapToDouble(table -> last(table.numbers("threshold")))
                .distinct()
                .toArray();
        for (int i = 0; i < levels.length; i++) {
            marks.add(new Mark.HorizontalReference(i == 0 ? "threshold " + label : "", levels[i]));
        }
        double lowest = Arrays.stream(levels).min().orElse(1);
        double highest = Arrays.stream(levels).max().orElse(1);
        double least = runs.values().stream()
                .flatMapToDouble(table -> Arrays.stream(table.numbers(column)))
                .filter(value -> value > 0)
                .min()
                .orElse(lowest);
        double floor = Math.min(lowest / 4, Math.max(0.7 * least, lowest / 1000));
        return new Panel(title, PanelAxis.linear("step t"), axis.from(floor, 3 * highest), marks);
    }

    /// A column of each run over the steps.
    static Panel over(String title, PanelAxis axis, String column, Map<String, Table> runs) {
        return new Panel(title, PanelAxis.linear("step t"), axis, lines(column, runs));
    }

    private static List<Mark> lines(String column, Map<String, Table> runs) {
        List<Mark> lines = new ArrayList<>();
        runs.forEach((name, table) -> lines.add(Mark.line(name, table.numbers("step"), table.numbers(column))));
        return lines;
    }

    private static double last(double[] values) {
        return values[values.length - 1];
    }
}
