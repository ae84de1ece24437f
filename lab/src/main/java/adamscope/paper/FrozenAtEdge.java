package adamscope.paper;

import adamscope.experiment.Train;
import adamscope.figure.Axis;
import adamscope.figure.Figure;
import adamscope.report.Claim;
import adamscope.report.Claim.Verdict;
import adamscope.table.Table;
import java.util.List;
import java.util.Map;

/// Paper 3, Fig. 3: Adam with its preconditioner frozen settles at 38/η, and the sharpness stops rising there.
record FrozenAtEdge() implements TrainedFigure {

    @Override
    public Caption caption() {
        return new Caption(
                "P3-fig3",
                "Adaptive edge of stability, Fig. 3",
                "Frozen Adam: λ₁(P⁻¹H) rises to 38/η and settles there; the sharpness λ₁(H) mostly ceases to rise.",
                FigureTasks.CHANCE_LABELS + "; Adam without bias correction (0.9, 0.999) at η = 2·10⁻⁴ until step 150,"
                        + " where P is frozen and η becomes 10⁻⁴, 2·10⁻⁴ or 4·10⁻⁴, 900 steps. The"
                        + " paper takes P from step 1,100 of a run at η = 2·10⁻⁵, of five hidden"
                        + " layers of 200 on all of CIFAR-10.",
                FigureTasks.FULLY_CONNECTED_FULL + " η = 2·10⁻⁵ until step 1,100, then 2·10⁻⁵ to 8·10⁻⁵, 5000 steps.");
    }

    @Override
    public Cost cost() {
        return Cost.network(25);
    }

    @Override
    public Label label(String group, Train train) {
        double lr = train.training().tunedAt(Long.MAX_VALUE).at(Long.MAX_VALUE).get("lr");
        return new Label(AdamAtEdge.lr(lr), lr);
    }

    @Override
    public Figure draw(Tables tables) {
        Map<String, Table> runs = TrainedRuns.probes(tables, "a");
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
        Map<String, RawGrowth> growth = SharpnessKeepsRising.growth(TrainedRuns.probes(tables, "a"));
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
                        TrainedRuns.edges(tables, "a")),
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
