package adamscope.paper;

import adamscope.experiment.Train;
import adamscope.figure.Figure;
import adamscope.figure.Numeral;
import adamscope.report.Claim;
import java.util.List;
import java.util.Map;

/// Paper 3, Fig. 1: full-batch Adam settles at the threshold of its frozen self, for several η, β₁ and β₂.
record AdamAtEdge() implements TrainedFigure {

    @Override
    public Caption caption() {
        return new Caption(
                "P3-fig1",
                "Adaptive edge of stability, Fig. 1",
                "Full-batch Adam: the largest eigenvalue of P⁻¹H settles at (2 + 2β₁)/((1 − β₁)η) for every η, β₁"
                        + " and β₂.",
                FigureTasks.FULLY_CONNECTED + ", 800 steps of Adam without bias correction; (a) η = 10⁻³ to"
                        + " 4·10⁻³ at (0.9, 0.999); (b) β₁ = 0 to 0.9 at η = 10⁻³; (c) β₂ = 0.9 to 0.999 at η ="
                        + " 10⁻³ and 2·10⁻³. The paper: five hidden layers of 200, all of CIFAR-10.",
                FigureTasks.FULLY_CONNECTED_FULL + " η = 2·10⁻⁵ to 4·10⁻⁴, β₁ up to 0.95, 4000 steps.");
    }

    @Override
    public Cost cost() {
        return Cost.network(215).medium(107);
    }

    @Override
    public Label label(String group, Train train) {
        double lr = TrainedRuns.lr(train);
        double beta1 = TrainedRuns.hyper(train, "beta1");
        double beta2 = TrainedRuns.hyper(train, "beta2");
        return switch (group) {
            case "a" -> new Label(lr(lr), lr);
            case "b" -> new Label("β₁ = " + beta1, beta1);
            default -> new Label("β₂ = " + beta2 + ", " + lr(lr), beta2);
        };
    }

    /// `η = 2e-3`, to two digits.
    static String lr(double lr) {
        return "η = " + Numeral.of(lr);
    }

    @Override
    public Figure draw(Tables tables) {
        return new Figure(
                "P3-fig1",
                "",
                "Preconditioned sharpness of full-batch Adam over the steps, for several η, β₁ and β₂",
                3,
                List.of(
                        EdgePanels.preconditioned("(a) η varies", "38/η", TrainedRuns.probes(tables, "a")),
                        EdgePanels.preconditioned(
                                "(b) β₁ varies", "(2 + 2β₁)/((1 − β₁)η)", TrainedRuns.probes(tables, "b")),
                        EdgePanels.preconditioned("(c) β₂ varies", "38/η", TrainedRuns.probes(tables, "c"))));
    }

    @Override
    public List<Claim> claims(Tables tables) {
        return List.of(
                claim("P3-06", "a", "38/η", tables),
                claim("P3-07", "b", "(2 + 2β₁)/((1 − β₁)η): 2/η, 6/η, 38/η for β₁ = 0, 0.5, 0.9", tables),
                claim("P3-08", "c", "38/η", tables));
    }

    @Override
    public List<Control> controls() {
        return List.of(EdgeClaim.decayingRate(this, 400, "P3-06", "P3-07", "P3-08"));
    }

    private static Claim claim(String id, String group, String expected, Tables tables) {
        Map<String, EdgeCurve> runs = TrainedRuns.edges(tables, group);
        return EdgeClaim.of(Register.of(id).ran("time average of λ₁(P⁻¹H) over the last third of the steps"), runs)
                .claim(expected, EdgeClaim.measured(runs));
    }
}
