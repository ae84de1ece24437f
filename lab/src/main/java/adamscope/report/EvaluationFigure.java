package adamscope.report;

import adamscope.experiment.Train;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.formula.PlainText;
import adamscope.probe.SolutionErrorProbe;
import adamscope.probe.ValidationProbe;
import adamscope.regime.Quantity;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// How a model does where its training does not look: validation samples, or the error of the solution of an equation.
final class EvaluationFigure {
    private static final String AVERAGED = "Averaged";

    private EvaluationFigure() {}

    /// @param name of the part in a series; empty outside one
    static List<Section> sections(String name, Train train, Function<String, Table> tables) {
        boolean validated = train.task().validation().isPresent();
        if (!validated && train.watch().evaluate().isEmpty()) {
            return List.of();
        }
        String of = name.isEmpty() ? "" : " of " + name;
        Table probes = tables.apply(RunReport.tableName(name, "probes"));
        if (!validated) {
            Table looks = probes.measured(SolutionErrorProbe.SOLUTION_ERROR);
            Panel error = Panel.of(
                    "Error of the solution",
                    PanelAxis.linear("step t"),
                    PanelAxis.log10("E(u − u*)²"),
                    line("error", looks, SolutionErrorProbe.SOLUTION_ERROR));
            return List.of(section(
                    "Solution" + of,
                    new Figure(RunReport.id(name, "solution"), "", "Error at points of the domain", 1, List.of(error)),
                    "The mean over other points of the domain than those of the loss."));
        }
        Table looks = probes.measured(ValidationProbe.LOSS);
        Table live = tables.apply(RunReport.tableName(name, "measurements"));
        List<Mark> losses = new ArrayList<>(
                List.of(Mark.line("training", live.numbers(Quantity.STEP), live.numbers(Quantity.LOSS))));
        losses.addAll(lines("validation", looks, ValidationProbe.LOSS));
        List<Panel> panels = new ArrayList<>(
                List.of(new Panel("Loss", PanelAxis.linear("step t"), PanelAxis.log10("loss"), losses)));
        if (has(looks, ValidationProbe.ACCURACY)) {
            panels.add(new Panel(
                    "Validation accuracy",
                    PanelAxis.linear("step t"),
                    PanelAxis.linear("accuracy"),
                    lines("accuracy", looks, ValidationProbe.ACCURACY)));
        }
        if (has(looks, ValidationProbe.PERPLEXITY)) {
            panels.add(new Panel(
                    "Validation perplexity",
                    PanelAxis.linear("step t"),
                    PanelAxis.log10("perplexity"),
                    lines("perplexity", looks, ValidationProbe.PERPLEXITY)));
        }
        return List.of(section(
                "Validation" + of,
                new Figure(
                        RunReport.id(name, "validation"),
                        "",
                        "Loss on samples that are trained on and on others",
                        2,
                        panels),
                best(looks, train)));
    }

    private static Section section(String title, Figure figure, String words) {
        return new Section.FigureSection(title, figure, words);
    }

    private static String best(Table looks, Train train) {
        String where = train.task()
                .validation()
                .flatMap(plan -> plan.ema())
                .map(decay -> " Averaged: an exponential average of the parameters with decay "
                        + new PlainText().number(decay) + ".")
                .orElse(
                        has(looks, ValidationProbe.LOSS + AVERAGED)
                                ? " Averaged: the point that the rule names by its line evaluate = …."
                                : "");
        double[] losses = looks.numbers(ValidationProbe.LOSS);
        double least = Arrays.stream(losses).min().orElse(Double.NaN);
        for (int row = 0; row < losses.length; row++) {
            if (losses[row] == least) {
                return String.format(
                        Locale.ROOT,
                        "The validation loss is least, %.4g, at step %.0f; it is %.4g at step %.0f.%s",
                        least,
                        looks.numbers(Quantity.STEP)[row],
                        losses[losses.length - 1],
                        looks.numbers(Quantity.STEP)[losses.length - 1],
                        where);
            }
        }
        return "No validation loss is a number." + where;
    }

    private static List<Mark> lines(String word, Table looks, String column) {
        List<Mark> lines = new ArrayList<>(List.of(line(word, looks, column)));
        if (has(looks, column + AVERAGED)) {
            lines.add(line(word + ", averaged", looks, column + AVERAGED));
        }
        return lines;
    }

    private static Mark line(String word, Table looks, String column) {
        return Mark.line(word, looks.numbers(Quantity.STEP), looks.numbers(column));
    }

    private static boolean has(Table table, String name) {
        return table.columns().stream().map(Column::name).anyMatch(name::equals);
    }
}
