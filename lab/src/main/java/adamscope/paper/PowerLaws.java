package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.dynamics.ClosedMap;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.kernel.Arithmetic;
import adamscope.kernel.TileResult;
import adamscope.kernel.TileRun;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.report.Claim;
import adamscope.stability.ExponentialSchedule;
import adamscope.stability.PowerLawDescent;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Paper 1, Theorems 5.1 and 5.3, Lemma 5.5: power laws of gradient descent and momentum, exponential schedules.
record PowerLaws() implements ComputedFigure {
    private static final int[] DEGREES = {4, 6, 8, 10};
    private static final double LR = 0.1;
    private static final int STEPS = 1_000_000;
    private static final int[] POINTS = {10, 100, 1000, 10_000, 100_000, STEPS};

    @Override
    public Caption caption() {
        return new Caption(
                "P1-theorem-5.1",
                "Degenerate polynomials, Theorems 5.1 and 5.3, Remark 5.2, Lemma 5.5",
                "On x^k/k GD and momentum fall like ((k−2)ηt)^(−1/(k−2)); a learning rate that grows exponentially"
                        + " makes the fall exponential.",
                "GD and averaged momentum (0.9), η = 0.1, x₀ = 1, 1,000,000 steps in double, k = 4, 6, 8, 10; the"
                        + " differential equation of Lemma 5.5 by Runge–Kutta.",
                Caption.SAME);
    }

    @Override
    public Cost cost() {
        return Cost.theory(20);
    }

    @Override
    public List<Table> measure(Effort effort) {
        return measure(effort, 0, true);
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "x^k/k + x²/2000, whose quadratic part makes the fall exponential; a constant learning rate in place of"
                        + " the exponential one",
                Set.of("P1-14", "P1-15", "P1-16", "P1-18"),
                effort -> measure(effort, 1e-3, false)));
    }

    /// @param quadratic curvature added to x^k/k
    /// @param growing   whether the learning rate of Lemma 5.5 grows
    private static List<Table> measure(Effort effort, double quadratic, boolean growing) {
        SingleNumbers measured = new SingleNumbers();
        for (String method : List.of("gd", "heavy-ball-ema")) {
            for (int k : DEGREES) {
                for (int steps : POINTS) {
                    measured.put(name(method, k, steps), logX(method, k, quadratic, steps));
                }
                effort.finished().accept(0.05);
            }
        }
        double[][] hits = {{4, 0.01}, {6, 0.05}, {8, 0.1}};
        for (double[] hit : hits) {
            measured.put("steps to hit, k=" + (int) hit[0], steps((int) hit[0], quadratic, hit[1]));
        }
        measured.put("schedule, k=4", schedule(4, 0.1, growing));
        measured.put("schedule, k=6", schedule(6, 0.5, growing));
        return List.of(measured.table());
    }

    private static String name(String method, int k, int steps) {
        return method + " k=" + k + " ln|x| at " + steps;
    }

    private static double logX(String method, int k, double quadratic, int steps) {
        Map<String, Double> values = method.equals("gd") ? Map.of("lr", LR) : Map.of("lr", LR, "beta1", 0.9);
        TileResult result = TileRun.of(
                        ClosedMap.of(Catalogue.shipped(method), objective(k, quadratic), ClosedMap.Start.ZERO),
                        values,
                        Arithmetic.DOUBLE,
                        steps,
                        Math.min(steps, 1000))
                .run(Map.of("x", new double[] {1}), () -> false);
        return result.finalMagnitude()[0][0] * Math.log(10);
    }

    private static FormulaObjective objective(int k, double quadratic) {
        return quadratic == 0
                ? FormulaObjective.power(k)
                : FormulaObjective.read("x^" + k + "/" + k + " + " + quadratic / 2 + "*x^2");
    }

    /// The first step with x ≤ size, by bisection over the number of steps.
    private static int steps(int k, double quadratic, double size) {
        double time = new PowerLawDescent(k, LR, 1).hittingTime(size);
        int low = (int) time - 30;
        int high = (int) time + 5;
        if (logX("gd", k, quadratic, low) <= Math.log(size)) {
            return -1;
        }
        while (high - low > 1) {
            int middle = (low + high) / 2;
            if (logX("gd", k, quadratic, middle) <= Math.log(size)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    /// Largest difference in ln x between closed form and x' = −η₀e^(αt)x^(k−1) by Runge–Kutta, h = 1e-3.
    private static double schedule(int k, double alpha, boolean growing) {
        ExponentialSchedule theory = new ExponentialSchedule(k, 0.05, alpha, 1);
        double h = 1e-3;
        double growth = growing ? alpha : 0;
        double x = 1;
        double worst = 0;
        for (int i = 0; i < 60_000; i++) {
            double t = i * h;
            double k1 = slope(k, growth, t, x);
            double k2 = slope(k, growth, t + h / 2, x + h / 2 * k1);
            double k3 = slope(k, growth, t + h / 2, x + h / 2 * k2);
            double k4 = slope(k, growth, t + h, x + h * k3);
            x += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
            worst = Math.max(worst, Math.abs(Math.log(x) - theory.logAt(t + h)));
        }
        double limit = Math.log(theory.constant()) + 60 * theory.rate();
        return Math.max(worst, alpha > 0.3 ? Math.abs(limit - Math.log(x)) : 0);
    }

    private static double slope(int k, double alpha, double t, double x) {
        return -0.05 * Math.exp(alpha * t) * Math.pow(x, k - 1);
    }

    @Override
    public Figure draw(Tables tables) {
        List<Panel> panels = new ArrayList<>();
        for (String method : List.of("gd", "heavy-ball-ema")) {
            List<Mark> marks = new ArrayList<>();
            for (int k : DEGREES) {
                double[] t = new double[POINTS.length];
                double[] x = new double[POINTS.length];
                double[] theory = new double[POINTS.length];
                PowerLawDescent descent = new PowerLawDescent(k, LR, 1);
                for (int i = 0; i < POINTS.length; i++) {
                    t[i] = POINTS[i];
                    x[i] = Math.exp(tables.value(name(method, k, POINTS[i])));
                    theory[i] = descent.at(POINTS[i]);
                }
                marks.add(Mark.line("k = " + k, t, theory));
                marks.add(Mark.points("", t, x));
            }
            panels.add(new Panel(
                    method.equals("gd") ? "GD" : "momentum", PanelAxis.log10("step t"), PanelAxis.log10("|x|"), marks));
        }
        return new Figure(
                "P1-theorem-5_1", "", "|x| of GD and momentum (points) and gradient flow (curves)", 2, panels);
    }

    @Override
    public List<Claim> claims(Tables tables) {
        double exponents = 0;
        double factors = 0;
        double momentum = 0;
        for (int k : DEGREES) {
            PowerLawDescent descent = new PowerLawDescent(k, LR, 1);
            double last = tables.value(name("gd", k, STEPS));
            double exponent = (last - tables.value(name("gd", k, STEPS / 10))) / Math.log(10);
            exponents = Math.max(exponents, Math.abs(exponent - descent.exponent()));
            double power = Math.log(descent.constant()) + descent.exponent() * Math.log(STEPS);
            factors = Math.max(factors, Math.abs(Math.expm1(last - power)));
            momentum = Math.max(momentum, Math.abs(Math.expm1(tables.value(name("heavy-ball-ema", k, STEPS)) - power)));
        }
        double schedules = Math.max(tables.value("schedule, k=4"), tables.value("schedule, k=6"));
        double[][] hits = {{4, 0.01}, {6, 0.05}, {8, 0.1}};
        List<String> shown = new ArrayList<>();
        double worst = 0;
        for (double[] hit : hits) {
            double time = new PowerLawDescent(hit[0], LR, 1).hittingTime(hit[1]);
            double steps = tables.value("steps to hit, k=" + (int) hit[0]);
            shown.add(text("%.0f", steps));
            worst = Math.max(worst, Math.abs(steps / time - 1));
        }
        return List.of(
                Register.of("P1-14")
                        .ran("k = 4, 6, 8, 10; last of 1e6 steps, exponent over the last decade")
                        .got("exponent off by", exponents)
                        .got("factor off by", factors)
                        .claim(
                                "exponents −1/(k−2), factor 1",
                                text("exponents within %.1e, factors within %.1e", exponents, factors),
                                ""),
                Register.of("P1-15")
                        .ran("(k, ε) = (4, 0.01), (6, 0.05), (8, 0.1)")
                        .got("relative difference", worst)
                        .claim("49995, 399997.5, 1666665", String.join(", ", shown), ""),
                Register.of("P1-16")
                        .ran("averaged form, β₁ = 0.9, 1e6 steps; |x| over the law of GD")
                        .got("relative difference", momentum)
                        .claim("1", text("1 within %.1e", momentum), ""),
                Register.of("P1-18")
                        .ran("(k, α) = (4, 0.1), (6, 0.5), η₀ = 0.05, t ≤ 60, Runge–Kutta; ln x, and its limit for"
                                + " α = 0.5")
                        .got("difference", schedules)
                        .claim("the closed form", text("within %.1e", schedules), ""));
    }
}
