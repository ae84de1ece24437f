package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.Iteration;
import adamscope.dynamics.SingleRun;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
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
import java.util.Set;
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
        return List.of(measured(TableSetting.STATED));
    }

    /// Where the statements are looked at.
    ///
    /// @param beta1 of the runs and the derived thresholds over that of Table 1
    /// @param state the second line of a rule whose P is fixed
    /// @param root  the power of P on the right of H
    /// @param decays β₁ and β₂ of the factor
    private record TableSetting(double beta1, String state, double root, double[] decays) {
        static final TableSetting STATED = new TableSetting(1, "p <- p", 0.5, new double[] {0.9, 0.999});

        /// Less momentum, a P that moves, P on one side alone, decays exchanged.
        static final TableSetting ELSEWHERE =
                new TableSetting(0.95, "p <- 0.9*p + 0.1*g^2", 0, new double[] {0.999, 0.9});
    }

    private static Table measured(TableSetting setting) {
        SingleNumbers measured = new SingleNumbers();
        for (LinearMomentum method : LinearMomentum.values()) {
            for (double beta1 : BETA1) {
                double derived = Threshold.timesLearningRate(
                                Catalogue.shipped(method.rule()), values(method, setting.beta1 * beta1))
                        .orElseThrow();
                measured.put(method.rule() + " at " + beta1, derived);
            }
            measured.put(method.rule() + " below", growth(method, 0.98, setting.beta1));
            measured.put(method.rule() + " above", growth(method, 1.02, setting.beta1));
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
        measured.put("preconditioning", preconditioning(setting.state)).put("similarity", similarity(setting.root));
        double peak = 0;
        for (int t = 1; t < 5000; t++) {
            peak = Math.max(peak, correction(t, setting.decays));
        }
        measured.put("correction at 1", correction(1, setting.decays))
                .put("correction at its peak", peak)
                .put("correction at 1000", correction(1000, setting.decays));
        return measured.table();
    }

    private static Map<String, Double> values(LinearMomentum method, double beta1) {
        return method == LinearMomentum.GRADIENT_DESCENT ? Map.of() : Map.of("beta1", beta1);
    }

    private static Table run(String rule, Map<String, Double> values, String objective, int steps) {
        return new SingleRun(
                        new Iteration(
                                Catalogue.shipped(rule),
                                FormulaObjective.read(objective),
                                values,
                                List.of(1.0),
                                ClosedMap.Start.ZERO,
                                Arithmetic.SCALED),
                        steps,
                        1)
                .run()
                .table();
    }

    /// ln of the growth per step of the largest |x| over 200 steps, at that part of the threshold, β₁ = 0.9, η = 1.
    private static double growth(LinearMomentum method, double part, double less) {
        Map<String, Double> values = new java.util.HashMap<>(values(method, 0.9 * less));
        values.put("lr", 1.0);
        double curvature = part * method.thresholdTimesLr(0.9);
        Table run = run(method.rule(), values, curvature + "*x^2/2", 2000);
        Curve x = new Curve(run.numbers("step"), run.numbers("log10Abs[x]"));
        return (x.max(1800, 2000) - x.max(800, 1000)) / 1000 * Math.log(10);
    }

    /// EMA heavy ball with a fixed diagonal P on f is EMA heavy ball on f(P^(−1/2)y) with y = P^(1/2)x: largest
    /// difference over 200 steps, in six coupled dimensions.
    private static double preconditioning(String state) {
        int n = 6;
        List<Double> x0 = new ArrayList<>();
        List<Double> y0 = new ArrayList<>();
        double[] root = new double[n];
        for (int i = 0; i < n; i++) {
            x0.add(CountedNormal.number(17, i));
        }
        // P is |∇f(x₀)|, kept as √(g²) of the first step
        double[] gradient = new double[n];
        Arrays.setAll(
                gradient,
                i -> (1 + 0.5 * i) * x0.get(i) + 0.3 * ((i > 0 ? x0.get(i - 1) : 0) + (i + 1 < n ? x0.get(i + 1) : 0)));
        double[] inverse = new double[n];
        for (int i = 0; i < n; i++) {
            root[i] = Math.sqrt(Math.abs(gradient[i]));
            inverse[i] = 1 / root[i];
            y0.add(root[i] * x0.get(i));
        }
        Table x = sixDimensions(
                adamscope.optimizer.RuleReader.read("preconditioned.opt", """
                    optimizer preconditioned
                    hyper lr = 0.1 in (0, inf) "learning rate" symbol η
                    state m = 0, p = 0 warm g^2
                    m <- 0.9*m + 0.1*g
                    STATE
                    x <- x - lr*m/sqrt(p)
                    """.replace("STATE", state)),
                coupled(new double[] {1, 1, 1, 1, 1, 1}),
                Map.of("lr", 0.2),
                x0,
                ClosedMap.Start.GRADIENT);
        Table y = sixDimensions(
                Catalogue.shipped("heavy-ball-ema"),
                coupled(inverse),
                Map.of("lr", 0.2, "beta1", 0.9),
                y0,
                ClosedMap.Start.ZERO);
        double worst = 0;
        for (int i = 0; i < n; i++) {
            double[] one = x.numbers("x" + (i + 1));
            double[] other = y.numbers("x" + (i + 1));
            for (int t = 0; t < one.length; t++) {
                worst = Math.max(worst, Math.abs(root[i] * one[t] - other[t]));
            }
        }
        return worst;
    }

    /// ½Σ(1 + i/2)zᵢ² + 0.3Σzᵢzᵢ₊₁ with zᵢ = factorᵢ·xᵢ.
    private static String coupled(double[] factors) {
        List<String> z = new ArrayList<>();
        for (int i = 0; i < factors.length; i++) {
            z.add(text("((%.17g)*x%d)", factors[i], i + 1));
        }
        List<String> terms = new ArrayList<>();
        for (int i = 0; i < z.size(); i++) {
            terms.add(text("%.2f*%s^2", 0.5 + 0.25 * i, z.get(i)));
            if (i + 1 < z.size()) {
                terms.add("0.3*" + z.get(i) + "*" + z.get(i + 1));
            }
        }
        return String.join(" + ", terms);
    }

    private static Table sixDimensions(
            adamscope.optimizer.OptimizerRule rule,
            String objective,
            Map<String, Double> values,
            List<Double> x0,
            ClosedMap.Start start) {
        return new SingleRun(
                        new Iteration(rule, FormulaObjective.read(objective), values, x0, start, Arithmetic.DOUBLE),
                        200,
                        1)
                .run()
                .table();
    }

    /// Largest relative difference of the eigenvalues of P⁻¹H and P^(−1/2)HP^(−1/2): H = UUᵀ with U 6 × 6 standard
    /// normal, P = exp of standard normal numbers.
    private static double similarity(double power) {
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
                split[i][j] = h / (root[i] * Math.pow(root[j], 2 * power));
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
    private static double correction(double t, double... decays) {
        return -Math.expm1(t * Math.log(decays[0])) / Math.sqrt(-Math.expm1(t * Math.log(decays[1])));
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
        double[] factor = java.util.Arrays.stream(t)
                .map(at -> correction(at, TableSetting.STATED.decays))
                .toArray();
        return new Figure(
                "P3-table1",
                "",
                "Thresholds over β₁ (curves: closed forms, points: derived from the rules), and the factor of bias"
                        + " correction",
                2,
                List.of(
                        new Panel("thresholds", PanelAxis.linear("β₁"), PanelAxis.log10("η·λ at the threshold"), marks),
                        Panel.of(
                                "bias correction, (0.9, 0.999)",
                                PanelAxis.log10("step t"),
                                PanelAxis.linear("(1−β₁^t)/√(1−β₂^t)"),
                                Mark.line("factor", t, factor))));
    }

    @Override
    public List<Claim> claims(Tables tables) {
        double worst = 0;
        double below = Double.NEGATIVE_INFINITY;
        double above = Double.POSITIVE_INFINITY;
        List<String> words = new ArrayList<>();
        for (LinearMomentum method : LinearMomentum.values()) {
            for (double beta1 : BETA1) {
                double derived = tables.value(method.rule() + " at " + beta1);
                worst = Math.max(worst, Math.abs(derived / method.thresholdTimesLr(beta1) - 1));
            }
            below = Math.max(below, tables.value(method.rule() + " below"));
            above = Math.min(above, tables.value(method.rule() + " above"));
            words.add(text("%s: %.6g", method.words(), tables.value(method.rule() + " at 0.9")));
        }
        double printed = tables.value("printed recursion");
        double corrected = tables.value("corrected recursion");
        double first = tables.value("correction at 1");
        double peak = tables.value("correction at its peak");
        double late = tables.value("correction at 1000");
        return List.of(
                Register.of("P3-01")
                        .ran("derived from the rules at four β₁; runs at 0.98 and 1.02 times the threshold, β₁ = 0.9")
                        .got("largest relative difference from Table 1", worst)
                        .got("ln growth a step at 0.98, largest", below)
                        .got("ln growth a step at 1.02, least", above)
                        .claim(
                                "the thresholds of Table 1",
                                text(
                                        "at β₁ = 0.9, over η: %s; largest relative difference %.0e; ln growth at most"
                                                + " %.4f below, at least %.4f above",
                                        String.join(", ", words), worst, below, above)),
                Register.of("P3-02")
                        .ran("η = 0.4 on 0.65x², 40 steps")
                        .got("residual of the printed recursion", printed)
                        .claim(
                                "residual 0",
                                text("%.1e as printed, %.1e with β₁ before the last term", printed, corrected),
                                "The threshold is right; the printed recursion lacks a factor β₁ before the older"
                                        + " gradient. \"From any start\" leaves out starts without a component on the"
                                        + " unstable root."),
                Register.of("P3-04")
                        .ran("six coupled dimensions, diagonal P = |∇f(x₀)|, η = 0.2, 200 steps")
                        .got("largest difference", tables.value("preconditioning"))
                        .claim("0", text("%.1e", tables.value("preconditioning"))),
                Register.of("P3-05")
                        .ran("H = UUᵀ, U 6 × 6 standard normal (seed 3), P diagonal, log-normal")
                        .got("largest difference, of the largest eigenvalue", tables.value("similarity"))
                        .claim("0", text("%.1e", tables.value("similarity"))),
                Register.of("P3-27")
                        .ran("(0.9, 0.999): factor (1−β₁^t)/√(1−β₂^t)")
                        .got("factor at t = 1", first)
                        .got("factor at t = 1000 over that at t = 1", late / first)
                        .got("largest factor over that at t = 1", peak / first)
                        .claim(
                                "above 1, shrinking",
                                text("%.3f, peak %.3f, %.3f at t = 1000", first, peak, late),
                                "It grows for the first 12 steps before it shrinks."));
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "β₁ smaller by a twentieth than in Table 1; a P that moves; P on the left of H alone; β₁ and β₂ of the"
                        + " correction exchanged",
                Set.of("P3-01", "P3-04", "P3-05", "P3-27"),
                _ -> List.of(measured(TableSetting.ELSEWHERE))));
    }
}
