package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.figure.Figure;
import adamscope.report.Claim;
import adamscope.table.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Paper 3, Fig. 8: at the edge the preconditioned sharpness stays, the sharpness itself goes on rising.
record SharpnessKeepsRising() implements TrainedFigure {

    @Override
    public Caption caption() {
        return new Caption(
                "P3-fig8",
                "Adaptive edge of stability, Fig. 8",
                "While the preconditioned sharpness of full-batch Adam stays at its threshold, the sharpness λ₁(H)"
                        + " goes on rising.",
                FigureTasks.CHANCE_LABELS + ", Adam without bias correction, β₁ = 0.9, β₂ = 0.99, η = 10⁻⁴ to"
                        + " 10⁻³, until the loss is 0.005."
                        + " The paper: five hidden layers of 200, all of CIFAR-10, four η.",
                FigureTasks.FULLY_CONNECTED_FULL + " η = 5·10⁻⁵ to 4·10⁻⁴, 4000 steps.");
    }

    @Override
    public Cost cost() {
        return Cost.network(25).medium(40);
    }

    @Override
    public Figure draw(Tables tables) {
        Map<String, Table> runs = TrainedRuns.probes(tables, "a");
        return EdgePanels.adamAtEdge(
                "P3-fig8", "Loss, preconditioned sharpness and sharpness of full-batch Adam over the steps", runs);
    }

    @Override
    public List<Claim> claims(Tables tables) {
        Map<String, EdgeCurve> runs = TrainedRuns.edges(tables, "a");
        Map<String, RawGrowth> growth = growth(TrainedRuns.probes(tables, "a"));
        return List.of(EdgeClaim.of(
                        Register.of("P3-15")
                                .ran("time average over the last third of the steps; growth of λ₁(H) along the line of"
                                        + " least squares through its logarithm, from the step at which the threshold"
                                        + " was crossed to the end"),
                        runs)
                .got("least growth of λ₁(H) from the threshold on", RawGrowth.least(growth.values()))
                .claim("38/η, and λ₁(H) goes on rising", EdgeClaim.measured(runs) + "; " + words(growth)));
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "gradient descent, η = 0.04, at whose threshold λ₁(H) itself is held",
                Set.of("P3-15"),
                effort -> ControlRuns.of(this, effort, train -> ControlRuns.byGradientDescent(train, 0.04, 600))));
    }

    /// Of each run from its threshold on.
    static Map<String, RawGrowth> growth(Map<String, Table> runs) {
        Map<String, RawGrowth> growth = new LinkedHashMap<>();
        runs.forEach((label, table) -> growth.put(label, RawGrowth.of(table)));
        return growth;
    }

    static String words(Map<String, RawGrowth> growth) {
        return growth.entrySet().stream()
                .map(g -> text(
                        "%s: %.2f times from step %.0f on, at %.2f of the rate before",
                        g.getKey(),
                        g.getValue().factor(),
                        g.getValue().from(),
                        g.getValue().part()))
                .collect(Collectors.joining("; "));
    }
}
