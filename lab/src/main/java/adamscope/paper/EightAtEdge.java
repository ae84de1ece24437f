package adamscope.paper;

import adamscope.figure.Figure;
import adamscope.figure.Panel;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import adamscope.report.Claim;
import adamscope.stability.Threshold;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Paper 3, Fig. 5: eight adaptive optimizers settle at, or just above, the thresholds of their frozen selves.
record EightAtEdge() implements PaperFigure {
    /// An optimizer of the figure.
    ///
    /// @param id     of its claim
    /// @param hyper  beside lr
    /// @param from   the smallest η of the paper
    /// @param to     the largest
    /// @param chosen the η run here at the standard size
    /// @param hovers whether the paper sees it hover at or above the threshold, not swing around it
    private record Case(
            String id,
            String rule,
            Map<String, Double> hyper,
            double from,
            double to,
            double[] chosen,
            boolean hovers) {}

    private static final Map<String, Double> ADAM = Map.of("beta1", 0.9, "beta2", 0.999, "eps", 1e-7);
    private static final List<Case> CASES = List.of(
            new Case("P3-11a", "adam", ADAM, 3e-5, 1e-3, new double[] {1e-3, 3e-3}, false),
            new Case("P3-11b", "adamw", ADAM, 3e-5, 1e-3, new double[] {1e-3, 3e-3}, false),
            new Case(
                    "P3-11c",
                    "adafactor",
                    Map.of("beta1", 0.9, "decay", 0.8, "eps", 1e-7),
                    1e-5,
                    1e-3,
                    new double[] {1e-3, 3e-3},
                    false),
            new Case("P3-11d", "amsgrad", ADAM, 1e-5, 1e-3, new double[] {1e-3, 3e-3}, false),
            new Case(
                    "P3-11e",
                    "padam",
                    Map.of("beta1", 0.9, "beta2", 0.999, "eps", 1e-7, "power", 0.25),
                    1e-3,
                    1e-1,
                    new double[] {3e-2, 1e-1},
                    false),
            new Case("P3-11f", "nadam", ADAM, 1e-5, 1e-3, new double[] {3e-4, 1e-3}, true),
            new Case(
                    "P3-11g",
                    "rmsprop",
                    Map.of("beta2", 0.995, "eps", 1e-7),
                    1e-4,
                    1e-3,
                    new double[] {1e-4, 3e-4},
                    true),
            new Case("P3-11h", "adagrad", Map.of(), 1e-2, 1e-1, new double[] {1e-2, 2e-2}, true));
    private static final int STEPS = 800;
    private static final int FULL_STEPS = 4000;

    @Override
    public Caption caption() {
        return new Caption(
                "P3-fig5",
                "Adaptive edge of stability, Fig. 5",
                "Eight adaptive optimizers, full batch: the preconditioned sharpness settles at, or just above, the"
                        + " threshold of each.",
                FigureTasks.CHANCE_LABELS + ", " + STEPS + " steps; hyper-parameters of the paper (ε = 10⁻⁷, Adagrad"
                        + " 10⁻¹⁰; weight decay 0.01, not stated), two η each. The paper: five hidden layers of 200 on"
                        + " all of CIFAR-10, five η each.",
                FigureTasks.FULLY_CONNECTED_FULL + " The paper's five η each, " + FULL_STEPS + " steps.");
    }

    @Override
    public Cost cost() {
        return Cost.network(135);
    }

    @Override
    public List<Table> measure(Effort effort) {
        FigureRuns runs = new FigureRuns();
        for (Case c : CASES) {
            for (double lr : effort.full() ? spread(c.from(), c.to()) : c.chosen()) {
                Map<String, Double> hyper = new java.util.HashMap<>(c.hyper());
                hyper.put("lr", lr);
                runs.add(
                        c.rule(),
                        AdamAtEdge.lr(lr),
                        lr,
                        MeasuredTraining.of(FigureTasks.hard(effort), c.rule(), hyper, effort.size(STEPS, FULL_STEPS))
                                .inspected(Inspection.Sharpness.every(effort.size(10, 20))));
            }
        }
        return runs.measure(effort);
    }

    static double[] spread(double from, double to) {
        return IntStream.range(0, 5)
                .mapToDouble(i -> from * Math.pow(to / from, i / 4.0))
                .toArray();
    }

    private static String threshold(Case c) {
        OptimizerRule rule = Catalogue.shipped(c.rule());
        return Statement.format(
                "%.4g/η", Threshold.timesLearningRate(rule, c.hyper()).orElseThrow());
    }

    @Override
    public Figure draw(Tables tables) {
        List<Panel> panels = new ArrayList<>();
        for (Case c : CASES) {
            panels.add(EdgePanels.preconditioned(c.rule(), threshold(c), FigureRuns.group(tables, c.rule())));
        }
        return new Figure("P3-fig5", "", "Preconditioned sharpness of eight optimizers over the steps", 4, panels);
    }

    @Override
    public List<Claim> claims(Tables tables) {
        return CASES.stream()
                .map(c -> (c.hovers() ? EdgeClaim.AT_OR_ABOVE : EdgeClaim.AROUND)
                        .judged(
                                new Statement(
                                        c.id(),
                                        "Adaptive edge of stability, Fig. 5",
                                        c.rule() + (c.hovers() ? " settles at or just above " : " settles around ")
                                                + "the threshold of its frozen self",
                                        "time average of λ₁(P⁻¹H) over the last third of the steps"),
                                threshold(c),
                                FigureRuns.edges(tables, c.rule())))
                .toList();
    }
}
