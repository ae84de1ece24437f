package adamscope.paper;

import adamscope.figure.Axis;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.flow.MemoryRates;
import adamscope.model.Activation;
import adamscope.model.ModelSource;
import adamscope.model.PoissonProblem;
import adamscope.report.Claim;
import adamscope.report.Claim.Verdict;
import adamscope.table.Table;
import adamscope.tensor.Place;
import adamscope.training.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Paper 2, Fig. 10: two Poisson problems by the deep Galerkin method, Adam at several rates a and b.
record PoissonByGalerkin() implements ComputedFigure {
    private static final double LR = 5e-4;
    private static final double[] USUAL = {2, 200};
    private static final double[] EQUAL = {20, 20};
    private static final double[] REVERSED = {200, 2};
    private static final List<double[]> RATES = List.of(USUAL, EQUAL, REVERSED);
    private static final double DIVERGED = 10;
    private static final int EVERY = 20;
    private static final int POINTS = 10_000;

    /// What is trained.
    ///
    /// @param hidden widths for the cube
    /// @param points inside, and as many on the boundary
    /// @param cube   steps on the cube
    /// @param disk   steps on the disk
    record Size(List<Integer> hidden, int points, long cube, long disk) {
        static final Size STANDARD = new Size(List.of(100, 100), 100, 4000, 13_000);

        static final Size FULL = new Size(List.of(200, 200), 2000, 20_000, 20_000);

        long steps(PoissonProblem problem) {
            return switch (problem) {
                case CUBE -> cube;
                case DISK -> disk;
            };
        }

        Task task(PoissonProblem problem) {
            return new Task(
                    switch (problem) {
                        case CUBE -> new ModelSource.Galerkin(problem, hidden, Activation.TANH, points);
                        case DISK -> new ModelSource.Galerkin(problem, List.of(10, 10, 10), Activation.GELU, points);
                    },
                    Optional.empty(),
                    Optional.empty());
        }
    }

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
    public List<Table> measure(Effort effort) {
        return measure(effort.full() ? Size.FULL : Size.STANDARD, effort);
    }

    static List<Table> measure(Size size, Effort effort) {
        Map<String, MeasuredTraining> runs = new LinkedHashMap<>();
        for (PoissonProblem problem : PoissonProblem.values()) {
            for (double[] rates : RATES) {
                MemoryRates memory = new MemoryRates(rates[0], rates[1]);
                Map<String, Double> hyper = Map.of("lr", LR, "beta1", memory.beta1(LR), "beta2", memory.beta2(LR));
                runs.put(
                        name(problem, rates),
                        MeasuredTraining.of(size.task(problem), "adam", hyper, size.steps(problem))
                                .at(Place.CPU_FLOAT64)
                                .inspected(new Inspection.SolutionError(problem, EVERY, POINTS)));
            }
        }
        List<Table> tables = new ArrayList<>();
        effort.trained(runs).forEach((name, run) -> {
            tables.add(LossShape.table(name, run));
            tables.add(new Table(error(name), run.probes().columns()));
        });
        return tables;
    }

    private static String name(PoissonProblem problem, double[] rates) {
        return Statement.format("%s-a%.0f-b%.0f", problem.word(), rates[0], rates[1]);
    }

    private static String error(String name) {
        return name + "-error";
    }

    @Override
    public Figure draw(Tables tables) {
        List<Panel> panels = new ArrayList<>();
        for (PoissonProblem problem : PoissonProblem.values()) {
            String where = problem == PoissonProblem.CUBE ? "cube (0,1)⁴" : "unit disk";
            List<Mark> losses = new ArrayList<>();
            List<Mark> errors = new ArrayList<>();
            for (double[] rates : RATES) {
                String legend = Statement.format("a = %.0f, b = %.0f", rates[0], rates[1]);
                String name = name(problem, rates);
                losses.add(LossShape.of(tables, name).line(legend));
                errors.add(Curve.of(tables, error(name), "solutionError").line(legend));
            }
            panels.add(new Panel(where, Axis.linear("step t"), clipped("loss", losses), losses));
            panels.add(new Panel(where, Axis.linear("step t"), clipped("error E(u − u*)²", errors), errors));
        }
        return new Figure(
                "P2-fig10",
                "",
                "Loss and error of two Poisson problems over the steps, for three pairs of rates",
                2,
                panels);
    }

    /// From the smallest value up to 10: what lies beyond has diverged.
    private static Axis clipped(String label, List<Mark> lines) {
        double lowest = lines.stream()
                .map(Mark.Line.class::cast)
                .flatMapToDouble(line -> Arrays.stream(line.y()))
                .filter(y -> y > 0)
                .min()
                .orElse(1);
        return Axis.log10(label).from(Math.min(0.5 * lowest, 1), DIVERGED);
    }

    @Override
    public List<Claim> claims(Tables tables) {
        return List.of(
                claim("P2-21", "top", PoissonProblem.CUBE, tables),
                claim("P2-22", "bottom", PoissonProblem.DISK, tables));
    }

    private static Claim claim(String id, String row, PoissonProblem problem, Tables tables) {
        LossShape usual = LossShape.of(tables, name(problem, USUAL));
        LossShape equal = LossShape.of(tables, name(problem, EQUAL));
        LossShape reversed = LossShape.of(tables, name(problem, REVERSED));
        double late = 0.5 * usual.lastStep();
        boolean spiking = usual.tallest(late) >= 0.5;
        boolean smoother = equal.tallest(late) < usual.tallest(late) && equal.roughness(late) < usual.roughness(late);
        boolean lower = equal.mean(late) < usual.mean(late);
        boolean worst = reversed.mean(late) > Math.max(usual.mean(late), equal.mean(late));
        boolean agrees = spiking && smoother && lower && worst;
        return new Statement(
                        id,
                        "Qualitative study, Fig. 10, " + row,
                        "The usual decays spike late; a ≈ b is smoother and faster; a > b is worst",
                        Statement.format("one run each of %.0f steps, second half", usual.lastStep()))
                .open(
                        "a rise of half a decade with a = 2, b = 200; fewer and smaller rises and a lower mean loss"
                                + " with a = b = 20; the largest mean loss with a = 200, b = 2",
                        "qualitative",
                        Statement.format(
                                "tallest rise %.2f decades against %.2f; mean loss %.2g (2, 200), %.2g (20, 20), %.2g"
                                        + " (200, 2); last error %.2g, %.2g, %.2g",
                                usual.tallest(late),
                                equal.tallest(late),
                                usual.mean(late),
                                equal.mean(late),
                                reversed.mean(late),
                                lastError(tables, name(problem, USUAL)),
                                lastError(tables, name(problem, EQUAL)),
                                lastError(tables, name(problem, REVERSED))),
                        agrees ? Verdict.AGREES : spiking ? Verdict.DISAGREES : Verdict.INCONCLUSIVE,
                        agrees
                                ? ""
                                : spiking
                                        ? Statement.format(
                                                "a ≈ b smoother: %b, lower: %b; a > b worst: %b.",
                                                smoother, lower, worst)
                                        : "The usual decays do not spike within these steps.");
    }

    private static double lastError(Tables tables, String name) {
        return Curve.of(tables, error(name), "solutionError").last();
    }
}
