package adamscope.report;

import adamscope.experiment.Basin;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.table.Table;
import java.util.List;

/// Basins as a figure: which start leads to which outcome, and how far the loss falls from it.
final class BasinFigure {
    private final Basin basin;
    private final Table table;

    private BasinFigure(Basin basin, Table table) {
        this.basin = basin;
        this.table = table;
    }

    static Figure of(String id, Basin basin, Table table) {
        BasinFigure figure = new BasinFigure(basin, table);
        String rule = basin.optimizer().rule().name();
        return new Figure(
                id,
                rule + " on " + basin.objective() + ", " + basin.steps() + " steps from each start",
                "Outcome and loss of " + rule + " on " + basin.objective() + " from each start in the plane of "
                        + basin.x().name() + " and " + basin.y().name(),
                2,
                List.of(figure.outcomes(), figure.decades("Sustained minimum loss", "sustainedMinLog10Loss")));
    }

    private Panel outcomes() {
        return panel(
                "Outcome",
                new Mark.CategoryMap(
                        edges(basin.x()), edges(basin.y()), PhaseFigure.kinds(table), PhaseFigure.OUTCOMES));
    }

    private Panel decades(String title, String column) {
        return panel(
                title,
                DecadeColours.map(edges(basin.x()), edges(basin.y()), table.numbers(column), -1, "decades below 1"));
    }

    private Panel panel(String title, Mark map) {
        var rule = basin.optimizer().rule();
        return new Panel(title, PlaneAxes.of(rule, basin.x()), PlaneAxes.of(rule, basin.y()), List.of(map));
    }

    private static double[] edges(adamscope.sweep.Axis axis) {
        return PhaseFigure.edges(axis);
    }
}
