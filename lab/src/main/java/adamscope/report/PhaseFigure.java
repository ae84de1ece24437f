package adamscope.report;

import adamscope.experiment.Phase;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.figure.Scale;
import adamscope.optimizer.OptimizerRule;
import adamscope.stability.PowerLawTheory;
import adamscope.sweep.Agreement;
import adamscope.sweep.RegimeBorder;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A phase diagram as a figure: what every cell came to, with the borders of theory drawn over it.
public final class PhaseFigure {
    /// The words of outcomes, in the order of their colours.
    public static final List<String> OUTCOMES =
            List.of("converged", "spiking", "cycling", "undecided", "diverged", "left-range");

    private final Phase phase;
    private final Table table;
    private final List<Mark> borders;

    private PhaseFigure(Phase phase, Table table) {
        this.phase = phase;
        this.table = table;
        this.borders = borders();
    }

    static List<Section> sections(String name, Phase phase, Function<String, Table> tables) {
        Table table = tables.apply(RunReport.tableName(name, "phase"));
        return List.of(
                new Section.FigureSection(
                        "Phase diagram",
                        of(RunReport.id(name, "phase"), phase, table),
                        "Each cell is one run. Sustained minimum: the lowest maximum over a window of 50 steps, so that"
                                + " a passage through zero does not count. Converged: the sustained loss falls through"
                                + " the second half of the run without a rise that matters beside the fall. "
                                + words(table)),
                MapSections.shares("Cells by outcome", "outcome", Agreement.outcomes(table), table.rows()));
    }

    /// Of what the picture has beside convergence.
    private static String words(Table table) {
        Map<String, String> known = new LinkedHashMap<>();
        known.put("spiking", "Spiking: it fell by three decades or more and rose again by as much.");
        known.put("cycling", "Cycling: it keeps its level.");
        known.put("undecided", "Undecided: none of these yet, as a rule because the run is too short to tell.");
        known.put("diverged", "Diverged: the loss grew past a thousand times its start, or a number became infinite.");
        known.put("left-range", "Left range: a state became too small for double; log-scaled arithmetic goes on.");
        known.keySet().retainAll(table.words("outcome"));
        String coupling = isCoupled(table)
                ? " Coupling ratio: the average v of the squared gradient over the squared gradient g² itself; far"
                        + " above 1 the step is held back by gradients that are gone."
                : "";
        return String.join(" ", known.values()) + coupling;
    }

    private static boolean isCoupled(Table table) {
        return Arrays.stream(table.numbers("maxLog10Coupling")).anyMatch(v -> !Double.isNaN(v));
    }

    static Figure of(String id, Phase phase, Table table) {
        return new PhaseFigure(phase, table).figure(id);
    }

    private Figure figure(String id) {
        List<Panel> panels = new ArrayList<>();
        panels.add(outcomes());
        panels.add(decades("Sustained minimum loss", "sustainedMinLog10Loss", "decades below 1", -1));
        panels.add(decades("Final loss", "finalLog10Loss", "decades below 1", -1));
        if (isCoupled(table)) {
            panels.add(decades(
                    "Coupling ratio v/g², median over time", "medianLog10Coupling", "decades of v/g² above 1", 1));
            panels.add(decades("Coupling ratio v/g², maximum", "maxLog10Coupling", "decades of v/g² above 1", 1));
        }
        if (table.words("theoryRegime").stream().anyMatch(regime -> !regime.isEmpty())) {
            panels.add(agreement());
        }
        String rule = phase.optimizer().rule().name();
        return new Figure(
                id,
                rule + " on " + phase.objective() + ", " + phase.steps() + " steps",
                "Outcome, losses and coupling ratios of " + rule + " on " + phase.objective() + " for each pair of "
                        + phase.x().name() + " and " + phase.y().name(),
                panels.size() > 4 ? 3 : 2,
                panels);
    }

    private Panel outcomes() {
        Panel outcomes =
                panel("Outcome", new Mark.CategoryMap(edges(phase.x()), edges(phase.y()), kinds(table), OUTCOMES));
        List<Mark> marks = new ArrayList<>(outcomes.marks());
        marks.addAll(regimeNames());
        return new Panel(outcomes.title(), outcomes.x(), outcomes.y(), marks);
    }

    /// The place of each row's outcome among the words.
    public static int[] kinds(Table table) {
        return table.words("outcome").stream().mapToInt(OUTCOMES::indexOf).toArray();
    }

    private Panel agreement() {
        int[] kinds = Agreement.byCell(table).stream()
                .mapToInt(Agreement.Cell::ordinal)
                .toArray();
        List<String> names =
                Stream.of(Agreement.Cell.values()).map(PhaseFigure::words).toList();
        return panel("Agreement with theory", new Mark.CategoryMap(edges(phase.x()), edges(phase.y()), kinds, names));
    }

    private static String words(Agreement.Cell cell) {
        return switch (cell) {
            case AGREES -> "outcome as theory says";
            case DISAGREES -> "not as theory says";
            case NOT_JUDGED -> "not judged";
            case UNDECIDED -> "undecided";
        };
    }

    /// The regime's name in the middle of its cells.
    private List<Mark> regimeNames() {
        List<String> regimes = table.words("theoryRegime");
        double[] x = table.numbers(phase.x().name());
        double[] y = table.numbers(phase.y().name());
        List<Mark> names = new ArrayList<>();
        for (PowerLawTheory.Regime regime : PowerLawTheory.Regime.values()) {
            int[] cells = IntStream.range(0, x.length)
                    .filter(cell -> regimes.get(cell).equals(regime.name()))
                    .toArray();
            if (cells.length > x.length / 100) {
                names.add(new Mark.Note(
                        regime.name(),
                        IntStream.of(cells)
                                .mapToDouble(cell -> x[cell])
                                .average()
                                .orElseThrow(),
                        IntStream.of(cells)
                                .mapToDouble(cell -> y[cell])
                                .average()
                                .orElseThrow()));
            }
        }
        return names;
    }

    private Panel decades(String title, String column, String label, int sign) {
        return panel(title, DecadeColours.map(edges(phase.x()), edges(phase.y()), table.numbers(column), sign, label));
    }

    private Panel panel(String title, Mark map) {
        List<Mark> marks = new ArrayList<>(List.of(map));
        marks.addAll(borders);
        return new Panel(title, axis(phase.x()), axis(phase.y()), marks);
    }

    private PanelAxis axis(adamscope.sweep.Axis swept) {
        OptimizerRule rule = phase.optimizer().rule();
        String symbol = rule.hyper(swept.name()).symbol();
        String label = symbol.equals(swept.name()) ? symbol : symbol + " (" + swept.name() + ")";
        double[] edges = edges(swept);
        return PanelAxis.of(label, scale(swept)).from(edges[0], edges[edges.length - 1]);
    }

    private static Scale scale(adamscope.sweep.Axis swept) {
        return switch (swept.scale()) {
            case LINEAR -> Scale.LINEAR;
            case LOG -> Scale.LOG10;
            case ONE_MINUS_LOG -> Scale.ONE_MINUS_LOG10;
        };
    }

    /// Half-way between neighbours on the scale of the axis, and as far beyond the ends.
    static double[] edges(adamscope.sweep.Axis swept) {
        return PlaneAxes.edges(scale(swept), swept.values());
    }

    private List<Mark> borders() {
        return RegimeBorder.of(
                        phase.optimizer().rule(), phase.optimizer().values(), phase.formula(), phase.x(), phase.y())
                .stream()
                .<Mark>map(border ->
                        Mark.line(border.name(), inside(border.x(), phase.x()), inside(border.y(), phase.y())))
                .toList();
    }

    /// NaN for what lies beyond the ends of an axis.
    private static double[] inside(double[] values, adamscope.sweep.Axis axis) {
        double[] ends = edges(axis);
        return Arrays.stream(values)
                .map(v -> v < ends[0] || v > ends[ends.length - 1] ? Double.NaN : v)
                .toArray();
    }
}
