package adamscope.paper;

import adamscope.experiment.Train;
import adamscope.figure.Figure;
import adamscope.figure.Panel;
import adamscope.report.Claim;
import java.util.ArrayList;
import java.util.List;

/// Paper 3, Fig. 5: eight adaptive optimizers settle at, or just above, the thresholds of their frozen selves.
record EightAtEdge() implements TrainedFigure {
    /// An optimizer of the figure.
    ///
    /// @param id     of its claim
    /// @param hovers whether the paper sees it hover at or above the threshold, not swing around it
    private record Case(String id, String rule, boolean hovers) {}

    private static final List<Case> CASES = List.of(
            new Case("P3-11a", "adam", false),
            new Case("P3-11b", "adamw", false),
            new Case("P3-11c", "adafactor", false),
            new Case("P3-11d", "amsgrad", false),
            new Case("P3-11e", "padam", false),
            new Case("P3-11f", "nadam", true),
            new Case("P3-11g", "rmsprop", true),
            new Case("P3-11h", "adagrad", true));

    @Override
    public Caption caption() {
        return new Caption(
                "P3-fig5",
                "Adaptive edge of stability, Fig. 5",
                "Eight adaptive optimizers, full batch: the preconditioned sharpness settles at, or just above, the"
                        + " threshold of each.",
                FigureTasks.CHANCE_LABELS + ", 800 steps; hyper-parameters of the paper (ε = 10⁻⁷, Adagrad"
                        + " 10⁻¹⁰; weight decay 0.01, not stated), two η each. The paper: five hidden layers of 200 on"
                        + " all of CIFAR-10, five η each.",
                FigureTasks.FULLY_CONNECTED_FULL + " The paper's five η each, 4000 steps.");
    }

    @Override
    public Cost cost() {
        return Cost.network(135);
    }

    @Override
    public Label label(String group, Train train) {
        return Label.ofLr(train);
    }

    /// As the runs have it, whatever rule they were given.
    private static String threshold(Tables tables, String group) {
        double[] measured =
                TrainedRuns.probes(tables, group).values().iterator().next().numbers("threshold");
        return Statement.format("%.4g/η", measured[measured.length - 1] * TrainedRuns.values(tables, group)[0]);
    }

    @Override
    public Figure draw(Tables tables) {
        List<Panel> panels = new ArrayList<>();
        for (Case c : CASES) {
            panels.add(EdgePanels.preconditioned(
                    c.rule(), threshold(tables, c.rule()), TrainedRuns.probes(tables, c.rule())));
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
                                threshold(tables, c.rule()),
                                TrainedRuns.edges(tables, c.rule())))
                .toList();
    }
}
