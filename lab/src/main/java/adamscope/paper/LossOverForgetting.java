package adamscope.paper;

import adamscope.data.Subset;
import adamscope.figure.Axis;
import adamscope.figure.ColourScale;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.Scale;
import adamscope.flow.MemoryRates;
import adamscope.report.Claim;
import adamscope.table.Column;
import adamscope.table.Table;
import adamscope.training.Task;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// Paper 2, Fig. 8: the late loss of Adam over the rates a and b at which it forgets, and what the loss does there.
record LossOverForgetting() implements ComputedFigure {
    private static final double LR = 1e-3;
    private static final String PLANE = "plane";
    private static final List<String> KINDS = List.of("oscillation", "spikes", "divergence");
    /// Decades of a/b that are no more than rounding of the nodes.
    private static final double NEAR = 0.1;
    /// Decades of a/b within which a and b are of one order.
    private static final double FAR = 0.6;
    /// The rate b from which on the runs are long against the memory of the average gradient.
    private static final double FAST = 9.9;

    /// What is trained.
    ///
    /// @param points of each rate, evenly in its logarithm from 0.1 to 100
    /// @param late   how many last steps are looked at
    record Size(Task task, int points, long steps, long late) {
        static final Size STANDARD = new Size(
                ClassifiedImages.squareLoss(
                        List.of(50, 50, 50, 50, 50, 50), ClassifiedImages.fashion(Subset.first(200))),
                7,
                1500,
                500);

        static Size full() {
            return new Size(
                    ClassifiedImages.squareLoss(
                            List.of(500, 500, 500, 500, 500, 500), ClassifiedImages.fashion(Subset.ALL)),
                    13,
                    5000,
                    1000);
        }

        double[] nodes() {
            return IntStream.range(0, points)
                    .mapToDouble(i -> Math.pow(10, -1 + 3.0 * i / (points - 1)))
                    .toArray();
        }
    }

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
        return Cost.network(126);
    }

    @Override
    public List<Table> measure(Effort effort) {
        return measure(effort.full() ? Size.full() : Size.STANDARD, effort);
    }

    static List<Table> measure(Size size, Effort effort) {
        double[] nodes = size.nodes();
        Map<String, MeasuredTraining> runs = new LinkedHashMap<>();
        for (double b : nodes) {
            for (double a : nodes) {
                MemoryRates rates = new MemoryRates(a, b);
                Map<String, Double> hyper = Map.of("lr", LR, "beta1", rates.beta1(LR), "beta2", rates.beta2(LR));
                runs.put(name(a, b), MeasuredTraining.of(size.task(), "adam", hyper, size.steps()));
            }
        }
        Map<String, MeasuredRun> trained = effort.trained(runs);
        Tables tables = new Tables(name -> LossShape.table(name, trained.get(name)));
        int points = size.points();
        double[] a = new double[points * points];
        double[] b = new double[points * points];
        double[] mean = new double[points * points];
        double[] tallest = new double[points * points];
        double[] fallen = new double[points * points];
        for (int cell = 0; cell < a.length; cell++) {
            a[cell] = nodes[cell % points];
            b[cell] = nodes[cell / points];
            LossShape run = LossShape.of(tables, name(a[cell], b[cell]));
            double from = size.steps() - size.late();
            boolean ended = run.lastStep() < size.steps();
            mean[cell] = ended ? Double.NaN : Math.log10(run.mean(from));
            tallest[cell] = run.tallest(from);
            fallen[cell] = ended ? Double.NaN : run.decadesTo(run.mean(from));
        }
        return List.of(new Table(
                PLANE,
                List.of(
                        new Column.Numbers("a", "", a),
                        new Column.Numbers("b", "", b),
                        new Column.Numbers("log10MeanLoss", "", mean),
                        new Column.Numbers("tallestRise", "decades", tallest),
                        new Column.Numbers("decadesFallen", "decades", fallen))));
    }

    private static String name(double a, double b) {
        return "a=" + a + ",b=" + b;
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
        Axis a = Axis.log10("a = (1 − β₂)/η").from(ends[0], ends[1]);
        Axis b = Axis.log10("b = (1 − β₁)/η").from(ends[0], ends[1]);
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
        boolean agrees = Math.abs(ratio[best]) < FAR
                && divergent > 0
                && divergentAbove == divergent
                && spiking > 0
                && spikingBelow == spiking
                && onLine < Math.min(above, below);
        return List.of(new Statement(
                        "P2-19",
                        "Qualitative study, Fig. 8",
                        "The late loss is small and robust around a = b, and large for a > b",
                        a.length + " pairs of rates, one run each; L: mean over cells of log₁₀ of the late mean loss")
                .judged(
                        "lowest loss within a factor 4 of a = b; all divergence at a > b, all spikes at b > a, some of"
                                + " both; L on a = b ≥ 10 below L at a > b and at b > a",
                        "qualitative",
                        Statement.format(
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
                                below),
                        agrees,
                        agrees ? "" : "One of these does not hold on this plane."));
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
