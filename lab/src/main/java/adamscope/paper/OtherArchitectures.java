package adamscope.paper;

import adamscope.figure.Figure;
import adamscope.figure.Panel;
import adamscope.report.Claim;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Paper 3, Fig. 4: other architectures settle at 38/η too.
record OtherArchitectures() implements TrainedFigure {
    private record Case(String group, String title) {}

    private static final List<Case> CASES = List.of(
            new Case("cnn", "(a) CNN"),
            new Case("wrn", "(b) WideResNet without norms"),
            new Case("wrn-norm", "(c) WideResNet"));

    @Override
    public Caption caption() {
        return new Caption(
                "P3-fig4",
                "Adaptive edge of stability, Fig. 4",
                "Full-batch Adam settles at 38/η on a CNN and on wide residual networks without and with batch"
                        + " normalisation.",
                "The paper's CNN alone, since a WideResNet takes too long here: half the squared error, full batch of"
                        + " 50 images of Fashion-MNIST with their classes dealt out anew by chance, Adam (0.9, 0.999),"
                        + " η = 5·10⁻⁴ and 10⁻³, 300 steps. The paper: CIFAR-10 and CIFAR-100, up to 5,000"
                        + " steps.",
                "Also the WideResNets, four blocks a group and multiplier 10; 5,000 images with their own classes,"
                        + " 2000 steps. CIFAR does not ship with the program.");
    }

    @Override
    public Cost cost() {
        return Cost.network(290).medium(240);
    }

    private static List<Case> measured(Tables tables) {
        return CASES.stream()
                .filter(c -> !TrainedRuns.probes(tables, c.group()).isEmpty())
                .toList();
    }

    @Override
    public Figure draw(Tables tables) {
        List<Panel> panels = new ArrayList<>();
        for (Case c : measured(tables)) {
            panels.add(EdgePanels.preconditioned(c.title(), "38/η", TrainedRuns.probes(tables, c.group())));
        }
        return new Figure("P3-fig4", "", "Preconditioned sharpness of three other architectures", 3, panels);
    }

    @Override
    public List<Claim> claims(Tables tables) {
        Map<String, EdgeCurve> runs = new LinkedHashMap<>();
        for (Case c : measured(tables)) {
            TrainedRuns.edges(tables, c.group()).forEach((label, run) -> runs.put(c.title() + ", " + label, run));
        }
        return List.of(EdgeClaim.of(
                        Register.of("P3-10").ran("time average of λ₁(P⁻¹H) over the last third of the steps"), runs)
                .got("architectures of three", measured(tables).size())
                .claim("38/η", EdgeClaim.measured(runs)));
    }

    @Override
    public List<Control> controls() {
        return List.of(EdgeClaim.decayingRate(this, 40, "P3-10"));
    }
}
