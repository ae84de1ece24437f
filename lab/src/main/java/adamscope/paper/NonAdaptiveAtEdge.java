package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.figure.Figure;
import adamscope.figure.Panel;
import adamscope.optimizer.Catalogue;
import adamscope.report.Claim;
import adamscope.stability.Threshold;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Paper 3, Fig. 13: gradient descent and Nesterov's hover at their threshold, heavy ball swings around it.
record NonAdaptiveAtEdge() implements TrainedFigure {
    private record Case(String rule, String title, boolean hovers) {}

    private static final List<Case> CASES = List.of(
            new Case("gd", "Gradient descent", true),
            new Case("heavy-ball", "Heavy ball, β₁ = 0.9", false),
            new Case("nesterov", "Nesterov, β₁ = 0.9", true));

    @Override
    public Caption caption() {
        return new Caption(
                "P3-fig13",
                "Adaptive edge of stability, Fig. 13 and appendix C",
                "The sharpness of gradient descent and of Nesterov's method hovers at the threshold, that of heavy ball"
                        + " swings around it.",
                FigureTasks.CHANCE_LABELS + ", 800 steps; η = 0.03 and 0.04 for gradient descent, 0.03 and"
                        + " 0.05 for heavy ball, 0.01 and 0.02 for Nesterov. The"
                        + " paper: five hidden layers of 200, all of CIFAR-10, five η"
                        + " each.",
                FigureTasks.FULLY_CONNECTED_FULL + " η from a tenth of the largest on, 5000 steps.");
    }

    @Override
    public Cost cost() {
        return Cost.network(55).medium(45);
    }

    private static String threshold(Case c) {
        return EdgePanels.label(Threshold.timesLearningRate(Catalogue.shipped(c.rule()), Map.of())
                .orElseThrow());
    }

    @Override
    public Figure draw(Tables tables) {
        List<Panel> panels = new ArrayList<>();
        for (Case c : CASES) {
            panels.add(EdgePanels.raw(c.title(), threshold(c), TrainedRuns.probes(tables, c.rule())));
        }
        return new Figure("P3-fig13", "", "Sharpness of three methods without preconditioner", 3, panels);
    }

    @Override
    public List<Claim> claims(Tables tables) {
        boolean reached = true;
        double hovering = 0;
        double swinging = Double.POSITIVE_INFINITY;
        List<String> words = new ArrayList<>();
        for (Case c : CASES) {
            for (Map.Entry<String, EdgeCurve> run :
                    TrainedRuns.edges(tables, c.rule()).entrySet()) {
                EdgeCurve curve = run.getValue();
                reached &= curve.reached();
                double crossed = curve.reaches(1);
                double below = curve.shareBelow(Double.isNaN(crossed) ? curve.last() * 2 / 3 : crossed);
                if (c.hovers()) {
                    hovering = Math.max(hovering, below);
                } else {
                    swinging = Math.min(swinging, Math.min(below, 1 - below));
                }
                words.add(text(
                        "%s, %s: %.0f %% of the time below, average of the last third %.3f of it",
                        c.title(), run.getKey(), 100 * below, curve.lastThird().mean()));
            }
        }
        return List.of(Register.of("P3-20")
                .ran("how long λ₁(H) is below the threshold after it was first crossed")
                .got("all runs come within 5 % of the threshold", reached)
                .gotIf(reached, "GD and Nesterov, largest share of the time below", hovering)
                .gotIf(reached, "heavy ball, least share of the time on one side", swinging)
                .claim("gradient descent and Nesterov hover, heavy ball swings", String.join("; ", words)));
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "gradient descent, η = 0.04, in place of heavy ball",
                Set.of("P3-20"),
                effort -> ControlRuns.of(
                        this,
                        effort,
                        train -> train.training().tuned().rule().name().equals("heavy-ball")
                                ? ControlRuns.byGradientDescent(
                                        train, 0.04, train.training().ending().steps())
                                : train)));
    }
}
