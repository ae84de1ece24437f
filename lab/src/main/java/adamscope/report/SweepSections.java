package adamscope.report;

import adamscope.experiment.Simulation;
import adamscope.experiment.Sweep;
import adamscope.shape.Decimal;
import adamscope.store.SweepRows;
import adamscope.sweep.Axis;
import adamscope.sweep.Coordinate;
import adamscope.sweep.Listed;
import adamscope.sweep.Sampled;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The parts of the report of a sweep.
final class SweepSections {
    private SweepSections() {}

    static String title(Sweep sweep) {
        String on = sweep.base() instanceof Simulation run ? " on " + run.objective() : " on a network";
        return "Sweep of " + sweep.rules().getFirst().name() + on + " over "
                + sweep.space().coordinates().stream()
                        .map(Coordinate::name)
                        .reduce((a, b) -> a + ", " + b)
                        .orElse("");
    }

    static List<String> described(Sweep sweep, List<String> base) {
        List<String> sentences = new ArrayList<>(base);
        List<String> axes = sweep.space().coordinates().stream()
                .map(coordinate -> switch (coordinate) {
                    case Axis axis ->
                        words(axis.name(), axis.from(), axis.to(), axis.points() + " values", axis.scale());
                    case Listed list ->
                        list.name() + " in "
                                + list.values().stream()
                                        .map(Decimal::written)
                                        .collect(Collectors.joining(", ", "[", "]"));
                    case Sampled s -> words(s.name(), s.from(), s.to(), "sampled", s.scale());
                })
                .toList();
        sentences.add(String.format(
                Locale.ROOT,
                "The same at %,d points, with these in place of the values above: %s%s.",
                sweep.space().points(),
                String.join("; ", axes),
                sweep.derive().isEmpty()
                        ? ""
                        : sweep.derive().entrySet().stream()
                                .map(derived -> derived.getKey() + " = " + derived.getValue())
                                .collect(Collectors.joining(", ", "; with ", ""))));
        return sentences;
    }

    private static String words(String name, double from, double to, String how, Axis.Spacing scale) {
        return name + " from " + ShortNumber.of(from, 10) + " to " + ShortNumber.of(to, 10) + ", " + how
                + (scale == Axis.Spacing.LINEAR ? "" : " (" + scale.word() + ")");
    }

    private static Section areas(Table areas) {
        return new Section.TableSection(
                "Areas",
                "Share of the plane on the scales of its axes. Error: each crossing of the boundary lies anywhere"
                    + " between two points; bound: all of them at the same end. Where it crosses stands in the table"
                    + " boundary.",
                List.of("outcome", "area", "standard error", "bound"),
                IntStream.range(0, areas.rows())
                        .mapToObj(row -> List.of(
                                areas.words("outcome").get(row),
                                String.format(Locale.ROOT, "%.6f", areas.numbers("area")[row]),
                                String.format(Locale.ROOT, "%.6f", areas.numbers("areaError")[row]),
                                String.format(Locale.ROOT, "%.6f", areas.numbers("areaBound")[row])))
                        .toList());
    }

    /// What the axis of learning-rate curves shows.
    private static String reached(Sweep sweep, String column) {
        if (!(sweep.base() instanceof Simulation run)) {
            return ColumnWords.label(column, "");
        }
        return sweep.parameters().isEmpty()
                ? SimulationFigure.lossLabel(run.formula(), run.x0())
                : "loss (over its minimum)";
    }

    /// Which points the figure shows: those at the first values of the axes that it has no room for, and where these
    /// are too many every n-th.
    static String drawn(Sweep sweep, Table picture) {
        boolean cloud = sweep.space().samples() > 0;
        List<Coordinate> sampled = sweep.space().coordinates().stream()
                .filter(Sampled.class::isInstance)
                .toList();
        List<Coordinate> held = sweep.space().coordinates().stream()
                .filter(axis -> !(axis instanceof Sampled))
                .skip(cloud ? 0 : 2)
                .toList();
        String others = sampled.size() > 2
                ? " Beside the two axes of the figure the points differ in "
                        + sampled.stream().skip(2).map(Coordinate::name).collect(Collectors.joining(", ")) + "."
                : "";
        if (!sweep.refine().equals(Sweep.EVERYWHERE)) {
            return "Where more points were run than a picture can show, every n-th is drawn; the table holds them all.";
        }
        if (picture.rows() >= sweep.space().points() || picture.rows() == 0) {
            return others.strip();
        }
        long there = sweep.space().points()
                / held.stream().mapToLong(SweepSections::values).reduce(1, (a, b) -> a * b);
        return String.format(
                Locale.ROOT,
                "%,d of %,d points are drawn%s%s; the table holds them all.%s",
                picture.rows(),
                sweep.space().points(),
                held.isEmpty()
                        ? ""
                        : held.stream()
                                .map(axis -> axis.name() + " = " + first(picture, axis))
                                .collect(Collectors.joining(" and ", ", those with ", "")),
                picture.rows() < there ? ", as many as a picture can show" : "",
                others);
    }

    private static long values(Coordinate axis) {
        return switch (axis) {
            case Axis a -> a.points();
            case Listed list -> list.values().size();
            case Sampled _ -> 1;
        };
    }

    private static String first(Table picture, Coordinate axis) {
        return picture.column(axis.name()) instanceof Column.Words(var _, List<String> words)
                ? words.getFirst()
                : ShortNumber.of(picture.numbers(axis.name())[0], 6);
    }

    static List<Section> of(Sweep sweep, Function<String, Table> tables) {
        List<Section> sections = new ArrayList<>();
        if (!sweep.seeds().isEmpty()) {
            sections.addAll(SeedSections.of(sweep, tables.apply(SweepRows.SEEDS)));
        }
        SweptRates.column(sweep)
                .ifPresent(column -> sections.addAll(
                        SideBySidePage.rates(SweptRates.of(sweep, tables.apply("sweep")), reached(sweep, column))));
        sections.add(new Section.FigureSection(
                "Sweep",
                SweepFigure.of("sweep", sweep, tables.apply("picture")),
                drawn(sweep, tables.apply("picture"))));
        if (sweep.keep().contains("outcome")) {
            Table outcomes = tables.apply("outcomes");
            sections.add(new Section.TableSection(
                    "",
                    "Points by outcome",
                    List.of("outcome", "points", "share"),
                    IntStream.range(0, outcomes.rows())
                            .mapToObj(row -> List.of(
                                    outcomes.words("outcome").get(row),
                                    String.format(Locale.ROOT, "%.0f", outcomes.numbers("points")[row]),
                                    String.format(
                                            Locale.ROOT,
                                            "%.2f %%",
                                            100
                                                    * outcomes.numbers("points")[row]
                                                    / sweep.space().points())))
                            .toList()));
        }
        if (!sweep.refine().equals(Sweep.EVERYWHERE)) {
            sections.add(areas(tables.apply("areas")));
        }
        return sections;
    }
}
