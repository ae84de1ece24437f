package adamscope.paper;

import adamscope.figure.Axis;
import adamscope.figure.Figure;
import adamscope.report.Claim;
import adamscope.report.Claim.Verdict;
import adamscope.table.Table;
import adamscope.training.Change;
import adamscope.training.Schedule;
import java.util.List;
import java.util.Map;

/// Paper 3, Fig. 3: Adam with its preconditioner frozen settles at 38/η, and the sharpness stops rising there.
record FrozenAtEdge() implements ComputedFigure {
    private static final double[] LRS = {1e-4, 2e-4, 4e-4};
    private static final double[] FULL_LRS = {2e-5, 4e-5, 8e-5};
    private static final double BEFORE = 2e-4;
    private static final double FULL_BEFORE = 2e-5;
    private static final int FREEZE = 150;
    private static final int FULL_FREEZE = 1100;
    private static final int STEPS = 900;
    private static final int FULL_STEPS = 5000;

    @Override
    public Caption caption() {
        return new Caption(
                "P3-fig3",
                "Adaptive edge of stability, Fig. 3",
                "Frozen Adam: λ₁(P⁻¹H) rises to 38/η and settles there; the sharpness λ₁(H) mostly ceases to rise.",
                FigureTasks.CHANCE_LABELS + "; Adam without bias correction (0.9, 0.999) at η = 2·10⁻⁴ until step "
                        + FREEZE + ", where P is frozen and η becomes 10⁻⁴, 2·10⁻⁴ or 4·10⁻⁴, " + STEPS
                        + " steps. The paper takes P from step 1,100 of a run at η = 2·10⁻⁵, of five hidden layers"
                        + " of 200 on all of CIFAR-10.",
                FigureTasks.FULLY_CONNECTED_FULL + " η = 2·10⁻⁵ until step 1,100, then 2·10⁻⁵ to 8·10⁻⁵, " + FULL_STEPS
                        + " steps.");
    }

    @Override
    public Cost cost() {
        return Cost.network(25);
    }

    @Override
    public List<Table> measure(Effort effort) {
        FigureRuns runs = new FigureRuns();
        long freeze = effort.size(FREEZE, FULL_FREEZE);
        for (double lr : effort.full() ? FULL_LRS : LRS) {
            runs.add(
                    "a",
                    AdamAtEdge.lr(lr),
                    lr,
                    MeasuredTraining.of(
                                    FigureTasks.hard(effort),
                                    "adam-uncorrected",
                                    Map.of("lr", effort.full() ? FULL_BEFORE : BEFORE, "beta1", 0.9, "eps", 1e-7),
                                    effort.size(STEPS, FULL_STEPS))
                            .changed(
                                    new Change.Freeze(freeze),
                                    new Change.Retune(freeze, Map.of("lr", new Schedule.Constant(lr))))
                            .inspected(Inspection.Sharpness.every(effort.size(10, 20))));
        }
        return runs.measure(effort);
    }

    @Override
    public Figure draw(Tables tables) {
        Map<String, Table> runs = FigureRuns.group(tables, "a");
        return new Figure(
                "P3-fig3",
                "",
                "Loss, preconditioned sharpness and sharpness of frozen Adam over the steps",
                3,
                List.of(
                        EdgePanels.over("Training loss", Axis.log10("loss"), "loss", runs),
                        EdgePanels.preconditioned("Preconditioned sharpness", "38/η", runs),
                        EdgePanels.over("Sharpness", Axis.log10("λ₁(H)"), "sharpness", runs)));
    }

    @Override
    public List<Claim> claims(Tables tables) {
        Map<String, RawGrowth> growth = SharpnessKeepsRising.growth(FigureRuns.group(tables, "a"));
        boolean reached = growth.values().stream().noneMatch(g -> Double.isNaN(g.factor()));
        boolean ceases = growth.values().stream().noneMatch(RawGrowth::rises);
        return List.of(
                EdgeClaim.AROUND.judged(
                        new Statement(
                                "P3-09",
                                "Adaptive edge of stability, Fig. 3(b)",
                                "The preconditioned sharpness of frozen Adam rises to 38/η and settles there",
                                "time average over the last third of the steps"),
                        "38/η",
                        FigureRuns.edges(tables, "a")),
                new Statement(
                                "P3-09-raw",
                                "Adaptive edge of stability, Fig. 3(c)",
                                "The sharpness λ₁(H) of frozen Adam mostly ceases to rise at its threshold",
                                "growth along the line of least squares through log λ₁(H), from the step at"
                                        + " which the threshold was crossed to the end")
                        .open(
                                "ceases to rise",
                                Statement.format("by less than %.2f times", RawGrowth.RISES),
                                SharpnessKeepsRising.words(growth),
                                !reached ? Verdict.INCONCLUSIVE : ceases ? Verdict.AGREES : Verdict.DISAGREES,
                                !reached
                                        ? "A run did not reach its threshold in these steps."
                                        : ceases ? "" : "Not at every η on this small task."));
    }
}
