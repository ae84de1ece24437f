package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.figure.Figure;
import adamscope.figure.Panel;
import adamscope.report.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Paper 3, Fig. 5: eight adaptive optimizers settle at, or just above, the thresholds of their frozen selves.
record EightAtEdge() implements TrainedFigure {
    /// The optimizers, by the ids of their claims.
    private static final Map<String, String> RULES = new TreeMap<>(Map.of(
            "P3-11a", "adam",
            "P3-11b", "adamw",
            "P3-11c", "adafactor",
            "P3-11d", "amsgrad",
            "P3-11e", "padam",
            "P3-11f", "nadam",
            "P3-11g", "rmsprop",
            "P3-11h", "adagrad"));

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
        return Cost.network(135).medium(160);
    }

    /// As the runs have it, whatever rule they were given.
    private static String threshold(Tables tables, String group) {
        double[] measured =
                TrainedRuns.probes(tables, group).values().iterator().next().numbers("threshold");
        return text("%.4g/η", measured[measured.length - 1] * TrainedRuns.values(tables, group)[0]);
    }

    @Override
    public Figure draw(Tables tables) {
        List<Panel> panels = new ArrayList<>();
        for (String rule : RULES.values()) {
            panels.add(EdgePanels.preconditioned(rule, threshold(tables, rule), TrainedRuns.probes(tables, rule)));
        }
        return new Figure("P3-fig5", "", "Preconditioned sharpness of eight optimizers over the steps", 4, panels);
    }

    @Override
    public List<Claim> claims(Tables tables) {
        List<Claim> claims = new ArrayList<>();
        RULES.forEach((id, rule) -> {
            Map<String, EdgeCurve> runs = TrainedRuns.edges(tables, rule);
            Measurement measured = EdgeClaim.of(
                    Register.of(id).ran("time average of λ₁(P⁻¹H) over the last third of the steps"), runs);
            claims.add(measured.claim(threshold(tables, rule), EdgeClaim.measured(runs)));
        });
        return claims;
    }

    @Override
    public List<Control> controls() {
        return List.of(EdgeClaim.decayingRate(this, 300, RULES.keySet().toArray(String[]::new)));
    }
}
