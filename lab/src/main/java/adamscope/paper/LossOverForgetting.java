package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.experiment.Series;
import adamscope.experiment.Train;
import adamscope.figure.ColourScale;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.figure.Scale;
import adamscope.report.Claim;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// Paper 2, Fig. 8: the late loss of Adam over the rates a and b at which it forgets, and what the loss does there.
record LossOverForgetting() implements TrainedFigure {
    private static final String PLANE = "plane";
    /// The part of a run that is looked at.
    private static final double LATE = 1.0 / 3;
    private static final List<String> KINDS = List.of("oscillation", "spikes", "divergence");
    /// Decades of a/b that are no more than rounding of the nodes.
    private static final double NEAR = 0.1;
    /// The rate b from which on the runs are long against the memory of the average gradient.
    private static final double FAST = 9.9;

    @Override
    public Caption caption() {
        return new Caption(
                "P2-fig8",
                "Qualitative study, Fig. 8",
                "Over a and b from 0.1 to 100 the late loss of Adam is small and robust around a = b, and bad for a >"
                        + " b; spikes lie on the side b > a, divergence on the side a > b.",
                "Six hidden layers of 50 units instead of 500, relu, mean squared error, the first 200 images of"
                    + " Fashion-MNIST, ten classes, full batch; Adam, η = 10⁻³, 7 × 7 rates, 1,500 steps, mean loss of"
                    + " the last 500 instead of the last 1,000. Oscillation, spikes or divergence: a rise of a decade"
                    + " or more in those steps, a mean loss above a tenth of the first.",
                "Six hidden layers of 500 units, the 5,000 images that ship with the program (the paper states no"
                        + " number), 13 × 13 rates, 5,000 steps, the last 1,000.");
    }

    @Override
    public Cost cost() {
        return Cost.network(126).medium(61);
    }

    @Override
    public Label label(String group, Train train) {
        double a = TrainedRuns.rate(train, "beta2");
        double b = TrainedRuns.rate(train, "beta1");
        return new Label("a=" + a + ",b=" + b, a);
    }

    /// The plane, of the last third of each run.
    @Override
    public List<Table> derived(Series series, Tables tables) {
        List<Cell> cells = new ArrayList<>();
        series.parts().forEach((name, part) -> {
            Train train = (Train) part;
            LossShape run = LossShape.of(tables.table(name + "-measurements"));
            double steps = train.training().ending().steps();
            double from = steps - Math.rint(LATE * steps);
            boolean ended = run.lastStep() < steps;
            cells.add(new Cell(
                    TrainedRuns.rate(train, "beta2"),
                    TrainedRuns.rate(train, "beta1"),
                    ended ? Double.NaN : Math.log10(run.mean(from)),
                    run.tallest(from),
                    ended ? Double.NaN : run.decadesTo(run.mean(from))));
        });
        return List.of(
                TrainedRuns.index(this, series),
                new Table(
                        PLANE,
                        List.of(
                                column("a", "", cells, Cell::a),
                                column("b", "", cells, Cell::b),
                                column("log10MeanLoss", "", cells, Cell::mean),
                                column("tallestRise", "decades", cells, Cell::tallest),
                                column("decadesFallen", "decades", cells, Cell::fallen))));
    }

    /// A run of the plane.
    private record Cell(double a, double b, double mean, double tallest, double fallen) {}

    private static Column column(String name, String unit, List<Cell> cells, ToDoubleFunction<Cell> value) {
        return new Column.Numbers(name, unit, cells.stream().mapToDouble(value).toArray());
    }

    private static int kind(double tallest, double fallen) {
        return !(fallen > 1) ? 2 : tallest >= LossShape.LARGE ? 1 : 0;
    }

    private static int[] kinds(Tables tables) {
        double[] tallest = tables.numbers(PLANE, "tallestRise");
        double[] fallen = tables.numbers(PLANE, "decadesFallen");
        return IntStream.range(0, tallest.length)
                .map(cell -> kind(tallest[cell], fallen[cell]))
                .toArray();
    }

    @Override
    public Figure draw(Tables tables) {
        double[] nodes = Arrays.stream(tables.numbers(PLANE, "a")).distinct().toArray();
        double half = Math.sqrt(nodes[1] / nodes[0]);
        double[] edges = new double[nodes.length + 1];
        Arrays.setAll(edges, i -> i < nodes.length ? nodes[i] / half : nodes[nodes.length - 1] * half);
        double[] ends = {edges[0], edges[nodes.length]};
        double[] shown = Arrays.stream(tables.numbers(PLANE, "log10MeanLoss"))
                .map(loss -> loss < 0 ? loss : 0)
                .toArray();
        double lowest = Math.floor(Arrays.stream(shown).min().orElseThrow());
        PanelAxis a = PanelAxis.log10("a = (1 − β₂)/η").from(ends[0], ends[1]);
        PanelAxis b = PanelAxis.log10("b = (1 − β₁)/η").from(ends[0], ends[1]);
        return new Figure(
                "P2-fig8",
                "",
                "Late mean loss of Adam over the rates a and b, and the kind of behaviour",
                2,
                List.of(
                        Panel.of(
                                "mean loss of the last steps",
                                a,
                                b,
                                new Mark.HeatMap(
                                        edges,
                                        edges,
                                        shown,
                                        ColourScale.of("log₁₀ mean loss, 1 and more in one colour", Scale.LINEAR)
                                                .from(lowest, 0)),
                                Mark.line("a = b", ends, ends)),
                        Panel.of(
                                "behaviour",
                                a,
                                b,
                                new Mark.CategoryMap(edges, edges, kinds(tables), KINDS),
                                Mark.line("a = b", ends, ends))));
    }

    @Override
    public List<Claim> claims(Tables tables) {
        double[] a = tables.numbers(PLANE, "a");
        double[] b = tables.numbers(PLANE, "b");
        double[] loss = tables.numbers(PLANE, "log10MeanLoss");
        int[] kinds = kinds(tables);
        double[] ratio = new double[a.length];
        Arrays.setAll(ratio, i -> Math.log10(a[i] / b[i]));
        int best = IntStream.range(0, loss.length).reduce(0, (i, j) -> loss[j] < loss[i] ? j : i);
        long divergent = count(kinds, 2, i -> true);
        long divergentAbove = count(kinds, 2, i -> ratio[i] > NEAR);
        long spiking = count(kinds, 1, i -> true);
        long spikingBelow = count(kinds, 1, i -> ratio[i] < -NEAR);
        double onLine = mean(tables, (x, y) -> Math.abs(Math.log10(x / y)) < NEAR && y >= FAST);
        double above = mean(tables, (x, y) -> x > y);
        double below = mean(tables, (x, y) -> x < y && y >= FAST);
        return List.of(Register.of("P2-19")
                .ran(a.length + " pairs of rates, one run each; L: mean over cells of log₁₀ of the late mean loss")
                .got("decades of a/b of the lowest loss", Math.abs(ratio[best]))
                .got("divergent cells", divergent)
                .got("share of them at a > b", (double) divergentAbove / divergent)
                .got("spiking cells", spiking)
                .got("share of them at b > a", (double) spikingBelow / spiking)
                .got("L on a = b less that of either side", onLine - Math.min(above, below))
                .claim(
                        "the lowest loss near a = b; all divergence at a > b, all spikes at b > a",
                        text(
                                "lowest at a = %.2g, b = %.2g; %d of %d divergent cells at a > b, %d of %d spiking at"
                                        + " b > a; L = %.2f on a = b ≥ 10, %.2f at a > b, %.2f at b > a with b ≥ 10",
                                a[best],
                                b[best],
                                divergentAbove,
                                divergent,
                                spikingBelow,
                                spiking,
                                onLine,
                                above,
                                below)));
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "a learning rate of 10⁻⁷, at which nothing moves, 20 steps",
                Set.of("P2-19"),
                effort -> ControlRuns.ofAll(this, effort, train -> ControlRuns.standingStill(train, 20))));
    }

    private static long count(int[] kinds, int kind, IntPredicate where) {
        return IntStream.range(0, kinds.length)
                .filter(i -> kinds[i] == kind && where.test(i))
                .count();
    }

    /// Mean of log₁₀ of the late loss over the cells where a and b are so; a run that ended early counts as a loss of
    /// 1.
    private static double mean(Tables tables, BiPredicate<Double, Double> where) {
        double[] a = tables.numbers(PLANE, "a");
        double[] b = tables.numbers(PLANE, "b");
        double[] loss = tables.numbers(PLANE, "log10MeanLoss");
        return IntStream.range(0, a.length)
                .filter(i -> where.test(a[i], b[i]))
                .mapToDouble(i -> Double.isNaN(loss[i]) ? 0 : loss[i])
                .average()
                .orElse(Double.NaN);
    }
}
