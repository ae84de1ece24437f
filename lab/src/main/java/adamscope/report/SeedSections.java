package adamscope.report;

import adamscope.experiment.Sweep;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.figure.Style;
import adamscope.store.SweepRows;
import adamscope.sweep.Coordinate;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/// What a sweep over seeds tells apart from chance: mean and standard deviation at each point of the other axes.
public final class SeedSections {
    private static final int MOST_ROWS = 200;

    private SeedSections() {}

    /// The table of a sweep's means.
    ///
    /// @param sample some of its rows, for the types of the columns
    public static Table table(Sweep sweep, SweepRows rows, Table sample) {
        return rows.overSeeds(
                sweep.besideSeeds().stream().map(Coordinate::name).toList(),
                sweep.keep().stream()
                        .filter(name -> sample.column(name) instanceof Column.Numbers)
                        .toList());
    }

    static List<Section> of(Sweep sweep, Table seeds) {
        List<String> measured = seeds.columns().stream()
                .map(column -> column.name())
                .filter(name -> name.endsWith(SweepRows.MEAN))
                .map(name -> name.substring(0, name.length() - SweepRows.MEAN.length()))
                .toList();
        List<String> axes = sweep.besideSeeds().stream().map(Coordinate::name).toList();
        List<Section> sections = new ArrayList<>();
        if (axes.size() == 1 && !measured.isEmpty()) {
            sections.add(new Section.FigureSection(
                    "Over seeds",
                    figure(sweep, sweep.besideSeeds().getFirst(), seeds, measured),
                    "Line: mean over " + sweep.seeds().size() + " seeds; band: one standard deviation to each side."));
        }
        boolean drawnAsMaps = axes.size() == 2 && sweep.space().samples() == 0 && !measured.isEmpty();
        if (drawnAsMaps) {
            sections.add(new Section.FigureSection(
                    "Over seeds",
                    SweepFigure.ofMeans("seeds", sweep, seeds, measured),
                    "Mean and standard deviation over " + sweep.seeds().size() + " seeds."));
        }
        sections.add(new Section.TableSection(
                axes.size() == 1 || drawnAsMaps ? "" : "Over seeds",
                "Mean ± standard deviation over the seeds " + sweep.seeds()
                        + (seeds.rows() > MOST_ROWS ? ", the first " + MOST_ROWS + " rows of the table `seeds`" : ""),
                header(axes, measured),
                IntStream.range(0, Math.min(MOST_ROWS, seeds.rows()))
                        .mapToObj(row -> row(seeds, row, axes, measured))
                        .toList()));
        return sections;
    }

    private static List<String> header(List<String> axes, List<String> measured) {
        List<String> header = new ArrayList<>(axes);
        header.add("seeds");
        measured.forEach(name -> header.add(ColumnWords.label(name, "")));
        return header;
    }

    private static List<String> row(Table seeds, int row, List<String> axes, List<String> measured) {
        List<String> cells = new ArrayList<>();
        axes.forEach(axis -> cells.add(ShortNumber.of(seeds.numbers(axis)[row], 6)));
        cells.add(String.format(Locale.ROOT, "%.0f", seeds.numbers("seeds")[row]));
        for (String name : measured) {
            cells.add(ShortNumber.of(seeds.numbers(name + SweepRows.MEAN)[row], 4) + " ± "
                    + ShortNumber.of(seeds.numbers(name + SweepRows.SD)[row], 2));
        }
        return cells;
    }

    private static Figure figure(Sweep sweep, Coordinate axis, Table seeds, List<String> measured) {
        double[] x = seeds.numbers(axis.name());
        String label = PlaneAxes.label(sweep.rules().getFirst(), axis.name());
        PanelAxis along = PanelAxis.of(label, PlaneAxes.scale(axis));
        List<Panel> panels = measured.stream()
                .map(name -> {
                    double[] mean = seeds.numbers(name + SweepRows.MEAN);
                    double[] sd = Arrays.stream(seeds.numbers(name + SweepRows.SD))
                            .map(s -> Double.isNaN(s) ? 0 : s)
                            .toArray();
                    return Panel.of(
                            ColumnWords.title(name),
                            along,
                            PanelAxis.linear(ColumnWords.label(name, "")),
                            new Mark.Band(
                                    "± 1 standard deviation",
                                    x,
                                    shifted(mean, sd, -1),
                                    shifted(mean, sd, 1),
                                    Optional.of(Style.of(Style.Ink.BLUE, Style.Dash.SOLID))),
                            new Mark.Line("mean", x, mean, Optional.of(Style.of(Style.Ink.BLUE, Style.Dash.SOLID))));
                })
                .toList();
        return new Figure(
                "seeds",
                "Mean over " + sweep.seeds().size() + " seeds",
                "Mean and spread over seeds along " + axis.name(),
                Math.min(2, panels.size()),
                panels);
    }

    private static double[] shifted(double[] mean, double[] sd, double by) {
        return IntStream.range(0, mean.length)
                .mapToDouble(i -> mean[i] + by * sd[i])
                .toArray();
    }
}
