package adamscope.paper;

import adamscope.experiment.Train;
import adamscope.figure.Figure;
import adamscope.figure.Panel;
import adamscope.optimizer.Catalogue;
import adamscope.report.Claim;
import adamscope.report.Claim.Verdict;
import adamscope.stability.Threshold;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Paper 3, Fig. 13: gradient descent and Nesterov's hover at their threshold, heavy ball swings around it.
record NonAdaptiveAtEdge() implements TrainedFigure {
    private record Case(String rule, String title, boolean hovers) {}

    private static final List<Case> CASES = List.of(
            new Case("gd", "Gradient descent", true),
            new Case("heavy-ball", "Heavy ball, β₁ = 0.9", false),
            new Case("nesterov", "Nesterov, β₁ = 0.9", true));
    /// A sharpness that is below the threshold for less than this part of the time hovers above it.
    private static final double SELDOM = 0.1;
    /// One that is below and above it for at least this part of the time swings around it.
    private static final double OFTEN = 0.2;

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
        return Cost.network(30);
    }

    @Override
    public Label label(String group, Train train) {
        return Label.ofLr(train);
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
        return CASES.stream().map(c -> claim(c, tables)).toList();
    }

    private static Claim claim(Case c, Tables tables) {
        Map<String, EdgeCurve> runs = TrainedRuns.edges(tables, c.rule());
        boolean reached = runs.values().stream().allMatch(EdgeCurve::reached);
        List<String> words = new ArrayList<>();
        boolean asStated = true;
        for (Map.Entry<String, EdgeCurve> run : runs.entrySet()) {
            EdgeCurve curve = run.getValue();
            double crossed = curve.reaches(1);
            double below = curve.shareBelow(Double.isNaN(crossed) ? curve.last() * 2 / 3 : crossed);
            asStated &= c.hovers() ? below < SELDOM : below >= OFTEN && below <= 1 - OFTEN;
            words.add(Statement.format(
                    "%s: %.0f %% of the time below, average of the last third %.3f of it",
                    run.getKey(), 100 * below, curve.lastThird().mean()));
        }
        return new Statement(
                        "P3-20",
                        "Adaptive edge of stability, Fig. 13",
                        c.title() + (c.hovers() ? " hovers at its threshold" : " swings around its threshold"),
                        "how long λ₁(H) is below the threshold after it was first crossed")
                .open(
                        threshold(c),
                        c.hovers()
                                ? "below it for less than 10 % of the time"
                                : "below and above it, each at least 20 % of the time",
                        String.join("; ", words),
                        !reached ? Verdict.INCONCLUSIVE : asStated ? Verdict.AGREES : Verdict.DISAGREES,
                        !reached
                                ? "A run did not reach its threshold in these steps."
                                : asStated ? "" : "Not for every η on this small task.");
    }
}
