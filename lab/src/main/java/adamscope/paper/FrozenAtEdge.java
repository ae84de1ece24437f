package adamscope.paper;

import adamscope.experiment.Train;
import adamscope.figure.Figure;
import adamscope.report.Claim;
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
        return Cost.network(25).medium(27);
    }

    @Override
    public Label label(String group, Train train) {
        long last = train.training().ending().steps();
        double lr = train.training().tunedAt(last).at(last).get("lr");
        return new Label(AdamAtEdge.lr(lr), lr);
    }

    @Override
    public Figure draw(Tables tables) {
        Map<String, Table> runs = TrainedRuns.probes(tables, "a");
        return EdgePanels.adamAtEdge(
                "P3-fig3", "Loss, preconditioned sharpness and sharpness of frozen Adam over the steps", runs);
    }

    @Override
    public List<Claim> claims(Tables tables) {
        Map<String, EdgeCurve> runs = TrainedRuns.edges(tables, "a");
        Map<String, RawGrowth> growth = SharpnessKeepsRising.growth(TrainedRuns.probes(tables, "a"));
        return List.of(EdgeClaim.of(
                        Register.of("P3-09")
                                .ran("time average over the last third of the steps; growth of λ₁(H) along the line of"
                                        + " least squares through its logarithm, from the step at which the threshold"
                                        + " was crossed to the end"),
                        runs)
                .got("largest growth of λ₁(H) from the threshold on", RawGrowth.largest(growth.values()))
                .claim(
                        "38/η, and λ₁(H) ceases to rise",
                        EdgeClaim.measured(runs) + "; " + SharpnessKeepsRising.words(growth)));
    }

    @Override
    public List<Control> controls() {
        return List.of(EdgeClaim.decayingRate(this, 400, "P3-09"));
    }
}
