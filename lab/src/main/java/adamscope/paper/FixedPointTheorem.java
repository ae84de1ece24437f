package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.linear.Spectrum;
import adamscope.report.Claim;
import adamscope.stability.HenonReduction;
import adamscope.stability.NormalisedMap;
import adamscope.stability.NormalisedMap.ScaledState;
import adamscope.stability.PowerLawTheory;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Paper 1, Theorem 4.1 and appendix A: recurrence, fixed points and their stability, by numbers.
/// @param lower by how much β₂ of the runs is lower than that of the theory; 0 but in the control
record FixedPointTheorem(double lower) implements ComputedFigure {
    private static final int[] DEGREES = {4, 6, 8, 10, 16};
    private static final double H = 1e-6;

    @Override
    public Caption caption() {
        return new Caption(
                "P1-theorem-4.1",
                "Degenerate polynomials, Theorem 4.1 and appendix A",
                "The normalised variables obey a closed recurrence; its fixed points, their multipliers and the two"
                        + " inequalities that decide stability.",
                "Runs at (0.9, 0.93) with k = 4 and 6 against the recurrence; multipliers from a Jacobian by central"
                        + " differences at 20,000 random points, k = 4, 6, 8, 10, 16; decoupled runs against the Hénon"
                        + " map.",
                "200,000 random points.");
    }

    @Override
    public List<Table> measure(Effort effort) {
        SingleNumbers measured = new SingleNumbers();
        for (int k : new int[] {4, 6}) {
            measured.put("recurrence, k=" + k, recurrence(k));
        }
        measured.put("trivial fixed point", trivial());
        int points = effort.size(20_000, 200_000);
        double[] theory = new double[points];
        double[] numeric = new double[points];
        Random random = new Random(41);
        int mismatches = 0;
        for (int i = 0; i < points; i++) {
            int k = DEGREES[i % DEGREES.length];
            double beta2 = i % 2 == 0 ? 0.01 + 0.98 * random.nextDouble() : 0.005 + 0.07 * random.nextDouble();
            double existence = new PowerLawTheory(k, 0, beta2).existenceBoundary();
            double beta1 = existence * 0.98 * random.nextDouble();
            PowerLawTheory at = new PowerLawTheory(k, beta1, beta2);
            NormalisedMap map = new NormalisedMap(new PowerLawTheory(k, beta1, beta2 - lower * beta2), 1);
            double[][] jacobian = map.jacobian(map.fixedPoint(), H);
            numeric[i] = Spectrum.radius(new double[][] {
                {jacobian[0][0], jacobian[0][1]},
                {jacobian[1][0], jacobian[1][1]}
            });
            theory[i] = at.spectralRadius();
            // h² times third derivatives: radii nearer to 1 than that decide nothing
            mismatches += Math.abs(numeric[i] - 1) > 1e-6 && at.stable() != (numeric[i] < 1) ? 1 : 0;
            effort.finished().accept(1.0 / points);
        }
        measured.put("mismatches", mismatches).put("points", points);
        measured.put("Henon, Regime I", henon(0.93)).put("Henon, Regime II", henon(0.895));
        return List.of(
                measured.table(),
                new Table(
                        "radii",
                        List.of(new Column.Numbers("theory", "", theory), new Column.Numbers("numeric", "", numeric))));
    }

    /// Largest relative difference between a run and one step of the recurrence from the run's own state.
    private double recurrence(int k) {
        AdamRun run = AdamRun.usual(k, 0.9, 0.93 - lower);
        Table table = run.run(2000, 1).table();
        double[] p = table.numbers("relativeStep");
        double[] x = table.numbers("log10Abs[x]");
        double[] coupling = table.numbers("log10Coupling");
        NormalisedMap map = new NormalisedMap(AdamRun.usual(k, 0.9, 0.93).theory(), run.lr());
        double worst = 0;
        for (int t = 0; t + 1 < 2000; t++) {
            ScaledState next = map.next(state(p[t], x[t], coupling[t], run.lr()));
            ScaledState seen = state(p[t + 1], x[t + 1], coupling[t + 1], run.lr());
            worst = Math.max(worst, Math.abs(next.omega() / seen.omega() - 1));
            worst = Math.max(worst, Math.abs(next.lambda() / seen.lambda() - 1));
        }
        return worst;
    }

    /// λ = 1/(|x|·√R), as v = R·g² and g = x^(k−1).
    private static ScaledState state(double p, double log10X, double coupling, double lr) {
        double lambda = Math.pow(10, -log10X - 0.5 * coupling);
        return new ScaledState(p / (lr * lambda), lambda, Math.pow(10, log10X));
    }

    /// Largest value of the characteristic polynomial at (1, 0, c) at β₁, β₂^(−1/2), 1.
    private double trivial() {
        double worst = 0;
        for (double[] pair : new double[][] {{0.9, 0.93}, {0.3, 0.5}, {0.1, 0.99}}) {
            NormalisedMap map = new NormalisedMap(new PowerLawTheory(4, pair[0], pair[1] - lower), 1e-3);
            double[][] jacobian = map.jacobian(new ScaledState(1, 0, 0.7), 1e-5);
            for (double multiplier : new double[] {pair[0], 1, 1 / Math.sqrt(pair[1])}) {
                worst = Math.max(worst, Math.abs(characteristic(jacobian, multiplier)));
            }
        }
        return worst;
    }

    /// det(J − zI) of a 3 × 3 matrix.
    private static double characteristic(double[][] j, double z) {
        double a = j[0][0] - z;
        double e = j[1][1] - z;
        double i = j[2][2] - z;
        return a * (e * i - j[1][2] * j[2][1])
                - j[0][1] * (j[1][0] * i - j[1][2] * j[2][0])
                + j[0][2] * (j[1][0] * j[2][1] - e * j[2][0]);
    }

    /// Largest residual of the Hénon map over a decoupled stretch, relative to X.
    private double henon(double beta2) {
        AdamRun run = AdamRun.usual(4, 0.9, beta2 - lower);
        Table table = run.run(2400, 1).table();
        double[] x = table.numbers("x");
        double[] coupling = table.numbers("log10Coupling");
        double[] gradient = table.numbers("log10Gradient");
        HenonReduction henon = new HenonReduction(AdamRun.usual(4, 0.9, beta2).theory());
        double rho = run.theory().rho();
        double worst = 0;
        for (int t = 2001; t < 2399; t++) {
            // X scaled so that X_t = x_t/|x_t|: both sides of the map are of order 1
            double size = Math.abs(x[t]);
            double v = Math.pow(10, 0.5 * (coupling[t] + 2 * gradient[t]) - 2 * Math.log10(size));
            double b = run.lr() * 0.1 / (v * rho);
            double residual = henon.residual(b, x[t - 1] / size * rho, x[t] / size, x[t + 1] / size / rho);
            worst = Math.max(worst, Math.abs(residual));
        }
        return worst;
    }

    @Override
    public Figure draw(Tables tables) {
        double[] line = {0, 3};
        return Figure.of(
                "P1-theorem-4_1",
                "Spectral radius by closed forms and by central differences",
                Panel.of(
                        "spectral radius at the fixed point",
                        PanelAxis.linear("closed form").from(0, 3),
                        PanelAxis.linear("central differences").from(0, 3),
                        Mark.points(
                                "random points", tables.numbers("radii", "theory"), tables.numbers("radii", "numeric")),
                        Mark.line("equal", line, line)));
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "runs, multipliers and Jacobians with a β₂ lower by 0.01 than in the theory",
                Set.of("P1-01", "P1-03", "P1-04", "P1-61"),
                new FixedPointTheorem(0.01)::measure));
    }

    @Override
    public List<Claim> claims(Tables tables) {
        double recurrence = Math.max(tables.value("recurrence, k=4"), tables.value("recurrence, k=6"));
        double henon = Math.max(tables.value("Henon, Regime I"), tables.value("Henon, Regime II"));
        int mismatches = (int) tables.value("mismatches");
        List<Claim> claims = new ArrayList<>();
        claims.add(Register.of("P1-01")
                .ran("Adam (0.9, 0.93), k = 4 and 6, 2,000 steps, one step ahead")
                .got("difference", recurrence)
                .claim("0", text("at most %.1e", recurrence), ""));
        claims.add(Register.of("P1-03")
                .ran("three pairs, c = 0.7, central differences with h = 1e-5")
                .got("difference", tables.value("trivial fixed point"))
                .claim("0", text("at most %.1e", tables.value("trivial fixed point")), ""));
        claims.add(Register.of("P1-04")
                .ran((int) tables.value("points") + " random points (seed 41), k = 4, 6, 8, 10, 16")
                .got("mismatches", mismatches)
                .claim("0 mismatches", mismatches + " mismatches", ""));
        claims.add(Register.of("P1-61")
                .ran("k = 4, (0.9, 0.93) and (0.9, 0.895), steps 2001 to 2399, residual relative to X")
                .got("difference", henon)
                .claim("0", text("at most %.1e", henon), ""));
        return claims;
    }
}
