package adamscope.paper;

import adamscope.figure.Figure;
import adamscope.figure.Numeral;
import adamscope.report.Claim;
import adamscope.table.Table;
import java.util.List;
import java.util.Map;

/// Paper 3, Fig. 1: full-batch Adam settles at the threshold of its frozen self, for several η, β₁ and β₂.
record AdamAtEdge() implements ComputedFigure {
    private static final double[] LRS = {4e-3, 2e-3, 1e-3};
    private static final double[] FULL_LRS = {4e-4, 2e-4, 1e-4, 5e-5, 2e-5};
    private static final double[] BETA1S = {0, 0.5, 0.9};
    private static final double[] FULL_BETA1S = {0, 0.5, 0.9, 0.95};
    private static final double[] BETA2S = {0.9, 0.99, 0.999};
    private static final int STEPS = 800;
    private static final int FULL_STEPS = 4000;

    @Override
    public Caption caption() {
        return new Caption(
                "P3-fig1",
                "Adaptive edge of stability, Fig. 1",
                "Full-batch Adam: the largest eigenvalue of P⁻¹H settles at (2 + 2β₁)/((1 − β₁)η) for every η, β₁"
                        + " and β₂.",
                FigureTasks.FULLY_CONNECTED + ", " + STEPS + " steps of Adam without bias correction; (a) η = 10⁻³ to"
                        + " 4·10⁻³ at (0.9, 0.999); (b) β₁ = 0 to 0.9 at η = 10⁻³; (c) β₂ = 0.9 to 0.999 at η ="
                        + " 10⁻³ and 2·10⁻³. The paper: five hidden layers of 200, all of CIFAR-10.",
                FigureTasks.FULLY_CONNECTED_FULL + " η = 2·10⁻⁵ to 4·10⁻⁴, β₁ up to 0.95, " + FULL_STEPS + " steps.");
    }

    @Override
    public Cost cost() {
        return Cost.network(65);
    }

    @Override
    public List<Table> measure(Effort effort) {
        FigureRuns runs = new FigureRuns();
        for (double lr : effort.full() ? FULL_LRS : LRS) {
            runs.add("a", lr(lr), lr, adam(effort, lr, 0.9, 0.999));
        }
        for (double beta1 : effort.full() ? FULL_BETA1S : BETA1S) {
            runs.add("b", "β₁ = " + beta1, beta1, adam(effort, effort.full() ? 1e-4 : 1e-3, beta1, 0.999));
        }
        for (double lr : effort.full() ? new double[] {4e-4, 5e-5} : new double[] {2e-3, 1e-3}) {
            for (double beta2 : BETA2S) {
                runs.add("c", "β₂ = " + beta2 + ", " + lr(lr), beta2, adam(effort, lr, 0.9, beta2));
            }
        }
        return runs.measure(effort);
    }

    private static MeasuredTraining adam(Effort effort, double lr, double beta1, double beta2) {
        return MeasuredTraining.of(
                        FigureTasks.fullyConnected(effort),
                        "adam-uncorrected",
                        Map.of("lr", lr, "beta1", beta1, "beta2", beta2, "eps", 1e-7),
                        effort.size(STEPS, FULL_STEPS))
                .inspected(Inspection.Sharpness.every(effort.size(10, 20)));
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
                        EdgePanels.preconditioned("(a) η varies", "38/η", FigureRuns.group(tables, "a")),
                        EdgePanels.preconditioned(
                                "(b) β₁ varies", "(2 + 2β₁)/((1 − β₁)η)", FigureRuns.group(tables, "b")),
                        EdgePanels.preconditioned("(c) β₂ varies", "38/η", FigureRuns.group(tables, "c"))));
    }

    @Override
    public List<Claim> claims(Tables tables) {
        return List.of(
                claim("P3-06", "a", "Full-batch Adam settles at 38/η for every η", "38/η", tables),
                claim(
                        "P3-07",
                        "b",
                        "The same for other β₁",
                        "(2 + 2β₁)/((1 − β₁)η): 2/η, 6/η, 38/η for β₁ = 0, 0.5, 0.9",
                        tables),
                claim("P3-08", "c", "The same for β₂ = 0.9, 0.99, 0.999", "38/η", tables));
    }

    private static Claim claim(String id, String group, String text, String expected, Tables tables) {
        return EdgeClaim.AROUND.judged(
                new Statement(
                        id,
                        "Adaptive edge of stability, Fig. 1(" + group + ")",
                        text,
                        "time average of λ₁(P⁻¹H) over the last third of the steps"),
                expected,
                FigureRuns.edges(tables, group));
    }
}
