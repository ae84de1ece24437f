package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.experiment.Series;
import adamscope.experiment.Train;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.report.Claim;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/// Paper 2, Fig. 10: two Poisson problems by the deep Galerkin method, Adam at several rates a and b.
record PoissonByGalerkin() implements TrainedFigure {
    /// The groups of trainings, one for each problem.
    private static final String CUBE = "cube";

    private static final String DISK = "disk";
    /// What the trainings of a problem stand for, in order.
    private static final int USUAL = 0;

    private static final int EQUAL = 1;
    private static final int REVERSED = 2;
    private static final String LAPLACIAN = "-laplacian of the printed solution, ";
    /// What counts as a spike of these losses, in decades.
    private static final double SPIKE = 0.5;

    private static final double DIVERGED = 10;

    @Override
    public Caption caption() {
        return new Caption(
                "P2-fig10",
                "Qualitative study, Fig. 10",
                "Two Poisson problems by the deep Galerkin method: with the usual decays of Adam large spikes come"
                    + " late, with a ≈ b the loss falls smoothly and faster, and a > b is worst; the same holds of the"
                    + " error.",
                "Left: loss, right: error E(u − u*)² at 10,000 other points (the paper prints no square). Top: −Δu = 0"
                    + " on the cube (0,1)⁴, 4–100–100–1 instead of 4–200–200–1, tanh, 4,000 steps. Bottom: −Δu = 1 on"
                    + " the unit disk, 2–10–10–10–1, GELU, u* = (1 − |x|²)/4 (the paper prints the sign the other way"
                    + " round), 13,000 steps. 100 points inside and on the boundary instead of 2,000; η = 5·10⁻⁴; a ="
                    + " 2, b = 200 are the usual decays, a = b = 20 and a = 200, b = 2 are chosen here (the paper's"
                    + " are not in its text); in double precision.",
                "4–200–200–1, 2,000 points each, 20,000 steps.");
    }

    @Override
    public Cost cost() {
        return Cost.network(152);
    }

    @Override
    public Label label(String group, Train train) {
        double a = TrainedRuns.rate(train, "beta2");
        double b = TrainedRuns.rate(train, "beta1");
        return new Label(text("a = %.4g, b = %.4g", a, b), a / b);
    }

    @Override
    public Figure draw(Tables tables) {
        List<Panel> panels = new ArrayList<>();
        for (String problem : List.of(CUBE, DISK)) {
            String where = problem.equals(CUBE) ? "cube (0,1)⁴" : "unit disk";
            List<Mark> losses = new ArrayList<>();
            List<Mark> errors = new ArrayList<>();
            TrainedRuns.steps(tables, problem)
                    .forEach((label, table) -> losses.add(LossShape.of(table).line(label)));
            TrainedRuns.probes(tables, problem)
                    .forEach((label, table) -> errors.add(error(table).line(label)));
            panels.add(new Panel(where, PanelAxis.linear("step t"), clipped("loss", losses), losses));
            panels.add(new Panel(where, PanelAxis.linear("step t"), clipped("error E(u − u*)²", errors), errors));
        }
        return new Figure(
                "P2-fig10",
                "",
                "Loss and error of two Poisson problems over the steps, for three pairs of rates",
                2,
                panels);
    }

    /// From the smallest value up to 10: what lies beyond has diverged.
    private static PanelAxis clipped(String label, List<Mark> lines) {
        double lowest = lines.stream()
                .map(Mark.Line.class::cast)
                .flatMapToDouble(line -> Arrays.stream(line.y()))
                .filter(y -> y > 0)
                .min()
                .orElse(1);
        return PanelAxis.log10(label).from(Math.min(0.5 * lowest, 1), DIVERGED);
    }

    @Override
    public List<Claim> claims(Tables tables) {
        return List.of(claim("P2-21", CUBE, tables), claim("P2-22", DISK, tables), solutions(tables));
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "a learning rate of 10⁻⁷, at which nothing moves, 60 steps",
                Set.of("P2-21", "P2-22"),
                effort -> ControlRuns.ofAll(this, effort, train -> ControlRuns.standingStill(train, 60))));
    }

    @Override
    public List<Table> derived(Series series, Tables tables) {
        return List.of(
                TrainedRuns.index(this, series),
                new SingleNumbers()
                        .put(LAPLACIAN + CUBE, laplacian(4, x -> x[0] * x[1] + x[2] * x[3]))
                        .put(LAPLACIAN + DISK, laplacian(2, x -> (x[0] * x[0] + x[1] * x[1] - 1) / 4))
                        .table());
    }

    /// −Δu at an inner point by central differences, exact for a quadratic.
    private static double laplacian(int dimension, ToDoubleFunction<double[]> u) {
        double h = 1e-3;
        double[] x = new double[dimension];
        Arrays.setAll(x, k -> 0.2 + 0.1 * k);
        double sum = 0;
        for (int k = 0; k < dimension; k++) {
            double[] before = x.clone();
            double[] after = x.clone();
            before[k] -= h;
            after[k] += h;
            sum -= (u.applyAsDouble(after) - 2 * u.applyAsDouble(x) + u.applyAsDouble(before)) / (h * h);
        }
        return sum;
    }

    /// The printed solutions put into the printed equations.
    private static Claim solutions(Tables tables) {
        double cube = tables.value(LAPLACIAN + CUBE);
        double disk = tables.value(LAPLACIAN + DISK);
        return Register.of("P2-24")
                .ran("−Δu* of the printed solutions at a point, central differences")
                .got("cube, off f = 0", Math.abs(cube))
                .got("disk, off f = 1", Math.abs(disk - 1))
                .claim(
                        "0 and 1",
                        text("%.6f and %.6f", cube, disk),
                        "(|x|² − 1)/4 solves −Δu = −1: the sign is the other way round. Trained and judged here is"
                                + " u* = (1 − |x|²)/4.");
    }

    private static Claim claim(String id, String problem, Tables tables) {
        List<LossShape> losses = LossShape.all(tables, problem);
        LossShape usual = losses.get(USUAL);
        LossShape equal = losses.get(EQUAL);
        LossShape reversed = losses.get(REVERSED);
        double late = 0.5 * usual.lastStep();
        boolean spiking = usual.tallest(late) >= SPIKE;
        double worst = Math.max(usual.mean(late), equal.mean(late));
        List<String> errors = TrainedRuns.probes(tables, problem).values().stream()
                .map(table -> text("%.2g", error(table).last()))
                .toList();
        return Register.of(id)
                .ran(text("one run each of %.0f steps, second half", usual.lastStep()))
                .got("tallest rise with the usual decays, decades", usual.tallest(late))
                .gotIf(spiking, "tallest rise with a = b less that", equal.tallest(late) - usual.tallest(late))
                .gotIf(
                        spiking,
                        "decades climbed with a = b less with the usual",
                        equal.roughness(late) - usual.roughness(late))
                .gotIf(spiking, "mean loss with a = b over the usual", equal.mean(late) / usual.mean(late))
                .gotIf(
                        spiking,
                        "mean loss with a > b over the larger of both, decades",
                        decadesOver(reversed.mean(late), worst))
                .claim(
                        "the usual decays spike; a = b is smoother and lower; a > b is worst",
                        text(
                                "tallest rise %.2f decades against %.2f; mean loss %.2g (2, 200), %.2g (20, 20), %.2g"
                                        + " (200, 2); last error %s",
                                usual.tallest(late),
                                equal.tallest(late),
                                usual.mean(late),
                                equal.mean(late),
                                reversed.mean(late),
                                String.join(", ", errors)));
    }

    /// A loss past the range of numbers counts as its end.
    private static double decadesOver(double loss, double other) {
        return Math.log10(Math.min(loss, Double.MAX_VALUE)) - Math.log10(other);
    }

    private static Curve error(Table probes) {
        return new Curve(probes.numbers("step"), probes.numbers("solutionError"));
    }
}
