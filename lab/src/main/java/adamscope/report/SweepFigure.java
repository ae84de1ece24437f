package adamscope.report;

import adamscope.experiment.Sweep;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.figure.Scale;
import adamscope.formula.PlainText;
import adamscope.store.SweepRows;
import adamscope.sweep.Coordinate;
import adamscope.sweep.Listed;
import adamscope.sweep.Sampled;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A sweep as a figure, from its thinned rows: maps over the plane of the first two axes, curves over a single axis, or
/// the cloud of sampled points.
final class SweepFigure {
    private static final List<String> WORDS = Stream.concat(
                    PhaseFigure.OUTCOMES.stream(), Stream.of("done", "other", "interrupted"))
            .toList();
    private static final int MOST_TICKS = 12;

    private final Sweep sweep;
    private final Table picture;
    private final List<Coordinate> axes;

    private SweepFigure(Sweep sweep, Table picture) {
        this.sweep = sweep;
        this.picture = picture;
        boolean cloud = sweep.space().samples() > 0;
        List<Coordinate> beside = sweep.besideSeeds();
        boolean apart = !sweep.seeds().isEmpty() && !beside.isEmpty() && beside.size() <= 2 && !cloud;
        this.axes = (apart ? beside : sweep.space().coordinates())
                .stream().filter(c -> c instanceof Sampled == cloud).limit(2).toList();
    }

    /// The figure; cells of points that were not run yet are absent. Where seeds have means, those show the rest.
    static Figure of(String id, Sweep sweep, Table picture) {
        SweepFigure figure = new SweepFigure(sweep, picture);
        return figure.figure(
                id,
                figure.isOverSeeds()
                        ? List.of(figure.outcomePoints("Outcome of each run", figure.numeric()))
                        : figure.panels());
    }

    /// Maps of the means over seeds and their spread, over the plane of the two other axes.
    static Figure ofMeans(String id, Sweep sweep, Table seeds, List<String> measured) {
        SweepFigure figure = new SweepFigure(sweep, seeds);
        return figure.figure(
                id,
                measured.stream()
                        .flatMap(name -> Stream.of(
                                figure.map(
                                        ColumnWords.title(name) + ", mean", figure.heat(name + SweepRows.MEAN, name)),
                                figure.map(
                                        ColumnWords.title(name) + ", standard deviation",
                                        figure.heat(name + SweepRows.SD, name))))
                        .toList());
    }

    /// Whether seeds are told apart by their mean, and are no axis of a picture.
    private boolean isOverSeeds() {
        return !sweep.seeds().isEmpty()
                && axes.stream().noneMatch(axis -> axis.name().equals(Sweep.SEED));
    }

    private Figure figure(String id, List<Panel> panels) {
        return new Figure(
                id,
                SweepSections.title(sweep),
                "Results over "
                        + axes.stream()
                                .map(Coordinate::name)
                                .reduce((a, b) -> a + " and " + b)
                                .orElse(""),
                Math.min(2, panels.size()),
                panels);
    }

    private List<Panel> panels() {
        List<Panel> panels = new ArrayList<>();
        List<String> numeric = numeric();
        boolean plane = axes.size() == 2 && sweep.space().samples() == 0;
        boolean seedsAlone = axes.size() == 1 && axes.getFirst().name().equals(Sweep.SEED);
        if (seedsAlone && !numeric.isEmpty()) {
            numeric.forEach(name -> panels.add(outcomePoints(ColumnWords.title(name), List.of(name))));
            return panels;
        }
        if (sweep.keep().contains("outcome")) {
            panels.add(plane ? outcomeMap() : outcomePoints("Outcome", numeric));
        }
        for (String name : numeric) {
            if (plane) {
                panels.add(map(ColumnWords.title(name), heat(name, name)));
            } else if (axes.size() == 1) {
                panels.add(Panel.of(
                        ColumnWords.title(name),
                        along(0),
                        PanelAxis.linear(label(name)),
                        Mark.line("", at(0), shown(name))));
            }
        }
        if (panels.isEmpty()) {
            panels.add(outcomePoints("Outcome", List.of()));
        }
        return panels;
    }

    private List<String> numeric() {
        return sweep.keep().stream()
                .filter(name -> sweep.refine().equals(Sweep.EVERYWHERE))
                .filter(name -> picture.column(name) instanceof Column.Numbers)
                .filter(name -> Arrays.stream(picture.numbers(name)).anyMatch(Double::isFinite))
                .toList();
    }

    private Panel outcomeMap() {
        int[] kinds = new int[cells()];
        Arrays.fill(kinds, -1);
        List<String> words = picture.words("outcome");
        int[] cells = cellsOfRows();
        for (int row = 0; row < picture.rows(); row++) {
            kinds[cells[row]] = WORDS.indexOf(words.get(row));
        }
        return map("Outcome", new Mark.CategoryMap(edges(0), edges(1), kinds, WORDS));
    }

    /// @param column of the table
    /// @param name   of what it is about
    private Mark heat(String column, String name) {
        double[] values = new double[cells()];
        Arrays.fill(values, Double.NaN);
        double[] found = name.contains("Log10") ? picture.numbers(column) : shown(column);
        int[] cells = cellsOfRows();
        for (int row = 0; row < picture.rows(); row++) {
            values[cells[row]] = found[row];
        }
        return DecadeColours.ofLogarithms(
                edges(0),
                edges(1),
                values,
                ColumnWords.label(name, picture.column(column).unit()));
    }

    /// Losses over a single axis, or the second sampled coordinate over the first; a colour for each outcome.
    private Panel outcomePoints(String title, List<String> numeric) {
        String up = axes.size() > 1
                ? axes.get(1).name()
                : numeric.isEmpty() ? axes.getFirst().name() : numeric.getFirst();
        double[] x = at(0);
        double[] y = axes.size() > 1 ? at(1) : shown(up);
        List<String> words = sweep.keep().contains("outcome")
                ? picture.words("outcome")
                : java.util.Collections.nCopies(picture.rows(), "");
        List<Mark> marks = new ArrayList<>();
        for (String word : words.stream().distinct().sorted().toList()) {
            int[] rows = IntStream.range(0, x.length)
                    .filter(row -> words.get(row).equals(word))
                    .toArray();
            marks.add(Mark.points(
                    word,
                    IntStream.of(rows).mapToDouble(row -> x[row]).toArray(),
                    IntStream.of(rows).mapToDouble(row -> y[row]).toArray()));
        }
        PanelAxis upwards = axes.size() > 1 ? along(1) : PanelAxis.linear(label(up));
        return new Panel(title, along(0), upwards, marks);
    }

    private Panel map(String title, Mark map) {
        return new Panel(title, along(0), along(1), List.of(map));
    }

    /// Infinite decades are absent from curves and clouds: a loss of exactly 0 has none.
    private double[] shown(String name) {
        return Arrays.stream(picture.numbers(name))
                .map(v -> Double.isInfinite(v) ? Double.NaN : v)
                .toArray();
    }

    private String label(String name) {
        return axes.stream().anyMatch(axis -> axis.name().equals(name))
                ? PlaneAxes.label(sweep.rules().getFirst(), name)
                : ColumnWords.label(name, picture.column(name).unit());
    }

    private int cells() {
        return SweepRows.shownCount(count(0)) * SweepRows.shownCount(count(1));
    }

    /// Which cell of the plane each row of the picture fills.
    private int[] cellsOfRows() {
        int across = count(0);
        if (isOverSeeds()) {
            int[] right = positionsOfRows(0);
            int[] up = positionsOfRows(1);
            return IntStream.range(0, picture.rows())
                    .map(row -> up[row] * SweepRows.shownCount(across) + right[row])
                    .toArray();
        }
        return Arrays.stream(picture.numbers(SweepRows.POINT))
                .mapToInt(number -> {
                    long point = (long) number;
                    long up = point / across / SweepRows.stride(count(1));
                    return (int) (up * SweepRows.shownCount(across) + point % across / SweepRows.stride(across));
                })
                .toArray();
    }

    /// Which of the drawn positions of an axis each row is at: the nearest, as axes are worked out in two places.
    private int[] positionsOfRows(int axis) {
        double[] centres = centres(axis);
        return Arrays.stream(at(axis))
                .mapToInt(value -> {
                    int nearest = 0;
                    for (int i = 1; i < centres.length; i++) {
                        nearest = Math.abs(centres[i] - value) < Math.abs(centres[nearest] - value) ? i : nearest;
                    }
                    return nearest;
                })
                .toArray();
    }

    private int count(int axis) {
        return switch (axes.get(axis)) {
            case adamscope.sweep.Axis a -> a.points();
            case Listed list -> list.values().size();
            case Sampled _ -> throw new IllegalStateException("a sampled coordinate has no positions");
        };
    }

    private int[] positions(int axis) {
        return SweepRows.shown(count(axis));
    }

    /// The values of a coordinate in the rows; of a list the positions.
    private double[] at(int axis) {
        double[] values = picture.numbers(axes.get(axis).name());
        return axes.get(axis) instanceof Listed list
                ? Arrays.stream(values).map(v -> list.values().indexOf(v)).toArray()
                : values;
    }

    private double[] edges(int axis) {
        Scale scale = axes.get(axis) instanceof adamscope.sweep.Axis swept ? PlaneAxes.scale(swept) : Scale.LINEAR;
        return PlaneAxes.edges(scale, centres(axis));
    }

    /// The drawn values of a coordinate; of a list the positions.
    private double[] centres(int axis) {
        IntStream positions = IntStream.of(positions(axis));
        return switch (axes.get(axis)) {
            case adamscope.sweep.Axis a -> positions.mapToDouble(a::value).toArray();
            case Listed _ -> positions.asDoubleStream().toArray();
            case Sampled _ -> throw new IllegalStateException("a sampled coordinate has no cells");
        };
    }

    private PanelAxis along(int axis) {
        Coordinate coordinate = axes.get(axis);
        String label = PlaneAxes.label(sweep.rules().getFirst(), coordinate.name());
        return switch (coordinate) {
            case adamscope.sweep.Axis a ->
                axes.size() == 2
                        ? PanelAxis.of(label, PlaneAxes.scale(a))
                                .from(edges(axis)[0], edges(axis)[positions(axis).length])
                        : PanelAxis.of(label, PlaneAxes.scale(a));
            case Sampled s -> PanelAxis.of(label, PlaneAxes.scale((Coordinate) s));
            case Listed list -> {
                int every = Math.ceilDiv(list.values().size(), MOST_TICKS);
                yield PanelAxis.linear(label)
                        .withTicks(IntStream.range(0, list.values().size())
                                .filter(i -> i % every == 0)
                                .mapToObj(i -> new PanelAxis.Tick(
                                        i, new PlainText().number(list.values().get(i))))
                                .toList());
            }
        };
    }
}
