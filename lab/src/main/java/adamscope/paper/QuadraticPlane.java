package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.figure.Figure;
import adamscope.report.Claim;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Paper 1, Fig. 10: the smallest loss on a quadratic over the plane of β₁ and β₂.
record QuadraticPlane() implements ComputedFigure {
    private static final double X0 = 1.00037;
    private static final int STEPS = 6000;
    private static final int WINDOW = 20;
    private static final double[] BETA2 = {0.8, 0.9, 0.95, 0.99};

    @Override
    public Caption caption() {
        return new Caption(
                "P1-fig10",
                "Degenerate polynomials, Fig. 10 and appendix F",
                "On x²/2 the smallest loss that Adam reaches: higher for smaller β₂ and for larger β₁.",
                "32 × 32 runs of 6,000 steps, η = 10⁻³, x₀ = 1.00037 (off the lattice of steps), ε = 0, in scaled"
                    + " arithmetic; rows β₁ = 0 and 0.9 step by step with windows of 20 steps. The paper's values are"
                    + " not in the text at hand.",
                "80 × 80 runs.");
    }

    @Override
    public List<Table> measure(Effort effort) {
        int points = effort.size(32, 80);
        Plane plane = new Plane(2, Plane.spread(0, 0.97, points), Plane.spread(0.1, 0.99, points));
        return List.of(plane.run("phase", X0, STEPS, effort, 0.9), rows(2));
    }

    private static Table rows(int degree) {
        SingleNumbers measured = new SingleNumbers();
        for (double beta1 : new double[] {0, 0.9}) {
            for (double beta2 : BETA2) {
                measured.put(name(beta1, beta2), depth(degree, beta1, beta2));
            }
        }
        return measured.table();
    }

    private static double depth(int degree, double beta1, double beta2) {
        Table run = new AdamRun(degree, beta1, beta2, 1e-3, X0).run(STEPS, 1).table();
        return new Curve(run.numbers("step"), run.numbers("log10Loss")).sustainedMinimum(WINDOW);
    }

    private static String name(double beta1, double beta2) {
        return "depth (" + beta1 + ", " + beta2 + ")";
    }

    @Override
    public Figure draw(Tables tables) {
        Table table = tables.table("phase");
        return Figure.of(
                "P1-fig10",
                "Sustained minimum of the loss of Adam on x²/2",
                Plane.of(2, table)
                        .decades("sustained minimum loss on x²/2", table, "sustainedMinLog10Loss", -1, List.of()));
    }

    @Override
    public List<Claim> claims(Tables tables) {
        List<Double> without = new ArrayList<>();
        List<Double> with = new ArrayList<>();
        for (double beta2 : BETA2) {
            without.add(tables.value(name(0, beta2)));
            with.add(tables.value(name(0.9, beta2)));
        }
        double alongBeta2 = Double.NEGATIVE_INFINITY;
        double alongBeta1 = Double.NEGATIVE_INFINITY;
        for (int i = 1; i < BETA2.length; i++) {
            alongBeta2 = Math.max(alongBeta2, with.get(i) - with.get(i - 1));
            alongBeta2 = Math.max(alongBeta2, without.get(i) - without.get(i - 1));
            alongBeta1 = Math.max(alongBeta1, without.get(i) - with.get(i));
        }
        return List.of(Register.of("P1-45")
                .ran("β₂ = " + Arrays.toString(BETA2) + ", sustained minimum over 20 steps, log₁₀")
                .got("largest change from one β₂ to the next", alongBeta2)
                .got("largest excess at β₁ = 0 over β₁ = 0.9", alongBeta1)
                .got("excess at β₂ = 0.8", without.getFirst() - with.getFirst())
                .claim(
                        "falling along β₂, lower for β₁ = 0 than for 0.9",
                        "β₁ = 0: " + shown(without) + "; β₁ = 0.9: " + shown(with),
                        "At β₂ = 0.8 the loss without momentum is the higher one, and for β₂ ≤ 0.6 there is no trend:"
                                + " the level is that of the oscillation."));
    }

    @Override
    public List<Control> controls() {
        return List.of(
                new Control("x⁴/4, where the loss is smallest in between", Set.of("P1-45"), _ -> List.of(rows(4))));
    }

    private static List<String> shown(List<Double> values) {
        return values.stream().map(v -> text("%.1f", v)).toList();
    }
}
