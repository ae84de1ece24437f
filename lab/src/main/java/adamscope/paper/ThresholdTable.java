package adamscope.paper;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.Simulation;
import adamscope.figure.Axis;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.kernel.Arithmetic;
import adamscope.linear.CountedNormal;
import adamscope.linear.Spectrum;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.report.Claim;
import adamscope.stability.LinearMomentum;
import adamscope.stability.Threshold;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/// Paper 3, Table 1 and appendix A: thresholds of the non-adaptive methods, and what the proofs need.
record ThresholdTable() implements ComputedFigure {
    private static final double[] BETA1 = {0, 0.5, 0.9, 0.99};
    private static final double LR = 0.4;
    private static final double CURVATURE = 1.3;

    @Override
    public Caption caption() {
        return new Caption(
                "P3-table1",
                "Adaptive edge of stability, Table 1, Eq. 2, appendix A",
                "The curvature at which GD, heavy ball and Nesterov, in standard and averaged form, lose stability; the"
                        + " recursions behind it; the effective step of bias-corrected Adam.",
                "Thresholds derived from the rules (spectral radius of the derived linear map), β₁ = 0, 0.5, 0.9, 0.99;"
                        + " growth of runs on λx²/2 just beside them; EMA Nesterov against both forms of its recursion;"
                        + " frozen Adam against EMA heavy ball on the preconditioned quadratic.",
                Caption.SAME);
    }

    @Override
    public List<Table> measure(Effort effort) {
        Measured measured = new Measured();
        for (LinearMomentum method : LinearMomentum.values()) {
            for (double beta1 : BETA1) {
                double derived = Threshold.timesLearningRate(Catalogue.shipped(method.rule()), values(method, beta1))
                        .orElseThrow();
                measured.put(method.rule() + " at " + beta1, derived);
            }
            measured.put(method.rule() + " below", growth(method, 0.98));
            measured.put(method.rule() + " above", growth(method, 1.02));
        }
        double[] x = run("nesterov-ema", Map.of("lr", LR, "beta1", 0.9), CURVATURE + "*x^2/2", 40)
                .numbers("x");
        double printed = 0;
        double corrected = 0;
        for (int t = 2; t < x.length; t++) {
            double g = CURVATURE * x[t - 1];
            double before = CURVATURE * x[t - 2];
            double common = 1.9 * x[t - 1] - 0.9 * x[t - 2] - LR * 0.1 * 1.9 * g;
            printed = Math.max(printed, Math.abs(x[t] - common - LR * 0.1 * before));
            corrected = Math.max(corrected, Math.abs(x[t] - common - LR * 0.1 * 0.9 * before));
        }
        measured.put("printed recursion", printed).put("corrected recursion", corrected);
        measured.put("preconditioning", preconditioning()).put("similarity", similarity());
        return List.of(measured.table());
    }

    private static Map<String, Double> values(LinearMomentum method, double beta1) {
        return method == LinearMomentum.GRADIENT_DESCENT ? Map.of() : Map.of("beta1", beta1);
    }

    private static Table run(String rule, Map<String, Double> values, String objective, int steps) {
        return new Simulation(
                        Catalogue.shipped(rule),
                        FormulaObjective.read(objective),
                        values,
                        List.of(1.0),
                        ClosedMap.Start.ZERO,
                        Arithmetic.SCALED,
                        steps,
                        1)
                .run()
                .table();
    }

    /// ln of the growth per step of the largest |x| over 200 steps, at that part of the threshold, β₁ = 0.9, η = 1.
    private static double growth(LinearMomentum method, double part) {
        Map<String, Double> values = new java.util.HashMap<>(values(method, 0.9));
        values.put("lr", 1.0);
        double curvature = part * method.thresholdTimesLr(0.9);
        Table run = run(method.rule(), values, curvature + "*x^2/2", 2000);
        Curve x = new Curve(run.numbers("step"), run.numbers("log10Abs[x]"));
        return (x.max(1800, 2000) - x.max(800, 1000)) / 1000 * Math.log(10);
    }

    /// EMA heavy ball with P = 1/4 on x²/2 is EMA heavy ball on (P^(−1/2)y)²/2 with y = P^(1/2)x: largest relative
    /// difference.
    private static double preconditioning() {
        double[] x = new Simulation(
                        adamscope.optimizer.RuleReader.read("preconditioned.opt", """
                            optimizer preconditioned
                            hyper lr = 0.1 in (0, inf) "learning rate" symbol η
                            hyper p  = 0.3 in (0, inf) "preconditioner" symbol p
                            state m = 0
                            m <- 0.9*m + 0.1*g
                            x <- x - lr*m/p
                            """),
                        FormulaObjective.power(2),
                        Map.of("lr", 0.7, "p", 0.3),
                        List.of(1.0),
                        ClosedMap.Start.ZERO,
                        Arithmetic.DOUBLE,
                        200,
                        1)
                .run()
                .table()
                .numbers("x");
        double[] y = new Simulation(
                        Catalogue.shipped("heavy-ball-ema"),
                        FormulaObjective.read("(x/0.3)*x/2"),
                        Map.of("lr", 0.7, "beta1", 0.9),
                        List.of(Math.sqrt(0.3)),
                        ClosedMap.Start.ZERO,
                        Arithmetic.DOUBLE,
                        200,
                        1)
                .run()
                .table()
                .numbers("x");
        double worst = 0;
        for (int t = 0; t < x.length; t++) {
            worst = Math.max(worst, Math.abs(Math.sqrt(0.3) * x[t] - y[t]));
        }
        return worst;
    }

    /// Largest relative difference of the eigenvalues of P⁻¹H and P^(−1/2)HP^(−1/2): H = UUᵀ with U 6 × 6 standard
    /// normal, P = exp of standard normal numbers.
    private static double similarity() {
        int n = 6;
        double[] root = new double[n];
        Arrays.setAll(root, i -> Math.exp(0.5 * CountedNormal.number(3, 1000 + i)));
        double[][] left = new double[n][n];
        double[][] split = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double h = 0;
                for (int l = 0; l < n; l++) {
                    h += CountedNormal.number(3, n * i + l) * CountedNormal.number(3, n * j + l);
                }
                left[i][j] = h / (root[i] * root[i]);
                split[i][j] = h / (root[i] * root[j]);
            }
        }
        double[] a = Spectrum.realParts(left);
        double[] b = Spectrum.realParts(split);
        double worst = 0;
        for (int i = 0; i < n; i++) {
            worst = Math.max(worst, Math.abs(a[i] - b[i]) / b[n - 1]);
        }
        return worst;
    }

    /// (1−β₁^t)/√(1−β₂^t), by which bias correction multiplies the threshold in terms of √ν.
    private static double correction(double t) {
        return -Math.expm1(t * Math.log(0.9)) / Math.sqrt(-Math.expm1(t * Math.log(0.999)));
    }

    @Override
    public Figure draw(Tables tables) {
        double[] beta1 = Plane.spread(0, 0.99, 200);
        List<Mark> marks = new ArrayList<>();
        for (LinearMomentum method : LinearMomentum.values()) {
            double[] y = new double[beta1.length];
            for (int i = 0; i < y.length; i++) {
                y[i] = method.thresholdTimesLr(beta1[i]);
            }
            marks.add(Mark.line(method.words(), beta1, y));
        }
        for (LinearMomentum method : LinearMomentum.values()) {
            double[] y = new double[BETA1.length];
            for (int i = 0; i < y.length; i++) {
                y[i] = tables.value(method.rule() + " at " + BETA1[i]);
            }
            marks.add(Mark.points("", BETA1, y));
        }
        double[] t = LongStream.rangeClosed(0, 300)
                .mapToDouble(i -> Math.pow(10, 4 * i / 300.0))
                .toArray();
        double[] factor =
                java.util.Arrays.stream(t).map(ThresholdTable::correction).toArray();
        return new Figure(
                "P3-table1",
                "",
                "Thresholds over β₁ (curves: closed forms, points: derived from the rules), and the factor of bias"
                        + " correction",
                2,
                List.of(
                        new Panel("thresholds", Axis.linear("β₁"), Axis.log10("η·λ at the threshold"), marks),
                        Panel.of(
                                "bias correction, (0.9, 0.999)",
                                Axis.log10("step t"),
                                Axis.linear("(1−β₁^t)/√(1−β₂^t)"),
                                Mark.line("factor", t, factor))));
    }

    @Override
    public List<Claim> claims(Tables tables) {
        List<Claim> claims = new ArrayList<>();
        for (LinearMomentum method : LinearMomentum.values()) {
            double worst = 0;
            for (double beta1 : BETA1) {
                double derived = tables.value(method.rule() + " at " + beta1);
                worst = Math.max(worst, Math.abs(derived / method.thresholdTimesLr(beta1) - 1));
            }
            double below = tables.value(method.rule() + " below");
            double above = tables.value(method.rule() + " above");
            claims.add(new Statement(
                            "P3-01",
                            "Adaptive edge of stability, Table 1",
                            "Threshold of " + method.words(),
                            "derived from the rule at four β₁; runs at 0.98 and 1.02 times it, β₁ = 0.9")
                    .judged(
                            Statement.format("%.6g at β₁ = 0.9, over η", method.thresholdTimesLr(0.9)),
                            "1e-6",
                            Statement.format(
                                    "%.6g, largest relative difference %.0e; ln growth %.4f below, %.4f above",
                                    tables.value(method.rule() + " at 0.9"), worst, below, above),
                            worst < 1e-6 && below < 0 && above > 0,
                            ""));
        }
        double printed = tables.value("printed recursion");
        double corrected = tables.value("corrected recursion");
        claims.add(new Statement(
                        "P3-02",
                        "Adaptive edge of stability, Lemma 1",
                        "EMA Nesterov obeys the recursion that Lemma 1 prints",
                        "η = 0.4 on 0.65x², 40 steps")
                .judged(
                        "residual 0",
                        "1e-14",
                        Statement.format("%.1e as printed, %.1e with β₁ before the last term", printed, corrected),
                        printed < 1e-14,
                        "The threshold is right; the printed recursion lacks a factor β₁ before the older gradient."
                                + " \"From any start\" leaves out starts without a component on the unstable root."));
        claims.add(new Statement(
                        "P3-04",
                        "Adaptive edge of stability, Proposition 1",
                        "With a fixed preconditioner EMA heavy ball is the plain method on f(P^(−1/2)x)",
                        "x²/2 with P = 0.3, η = 0.7, 200 steps")
                .atMost(1e-13, "rounding over 200 steps", tables.value("preconditioning")));
        claims.add(new Statement(
                        "P3-05",
                        "Adaptive edge of stability, section 2",
                        "P⁻¹H and P^(−1/2)HP^(−1/2) have the same eigenvalues",
                        "H = UUᵀ, U 6 × 6 standard normal (seed 3), P diagonal, log-normal")
                .atMost(1e-12, "of the largest eigenvalue: rounding", tables.value("similarity")));
        double peak = 0;
        int at = 0;
        for (int t = 1; t < 5000; t++) {
            if (correction(t) > peak) {
                peak = correction(t);
                at = t;
            }
        }
        claims.add(new Statement(
                        "P3-27",
                        "Adaptive edge of stability, Eq. 2",
                        "The bias-corrected preconditioner starts larger and shrinks on a schedule",
                        "(0.9, 0.999): factor (1−β₁^t)/√(1−β₂^t)")
                .judged(
                        "3.16 at t = 1, peak 6.57 at t = 12, 1.26 at t = 1000",
                        "1e-2",
                        Statement.format("%.3f, peak %.3f at t = %d, %.3f", correction(1), peak, at, correction(1000)),
                        Math.abs(correction(1) - 3.16) < 0.01
                                && Math.abs(peak - 6.57) < 0.01
                                && at == 12
                                && Math.abs(correction(1000) - 1.26) < 0.01,
                        "It grows for the first 12 steps before it shrinks."));
        return claims;
    }
}
