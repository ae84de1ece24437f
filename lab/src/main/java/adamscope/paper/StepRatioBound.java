package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.dynamics.SteppedRule;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.linear.CountedNormal;
import adamscope.linear.CountedUniform;
import adamscope.optimizer.Catalogue;
import adamscope.report.Claim;
import adamscope.stability.StepBound;
import adamscope.statistics.StepRatio;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Paper 4, Lemma B.2 and experiment 3: the bound on |m|/√v, whether it is attained, and what it does as β₁ → √β₂.
record StepRatioBound() implements ComputedFigure {
    private static final double BETA2 = 0.999;
    private static final double[] BETA1 = {
        0, 0.5, 0.8, 0.9, 0.95, 0.99, 0.995, 0.998, 0.999, 0.9992, 0.9994, 0.99945, 0.9996, 0.9998
    };
    private static final String UNCORRECTED = "adam-uncorrected";
    private static final int SWEEP_STEPS = 6000;
    private static final long[] LENGTHS = {10, 100, 1000};
    private static final double[] HORIZONS = {1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10};

    @Override
    public Caption caption() {
        return new Caption(
                "P4-bound",
                "Sign-like descent, Lemma B.2, experiment 3 and the schedules of the key result",
                "u = |m|/√v never exceeds R(β₁, β₂, t), which is finite for all t if β₁ < √β₂; the bound is said to"
                        + " loosen as β₁ → √β₂, and β₁, β₂ of the schedules keep below it.",
                "Adam without bias correction, m₀ = v₀ = 0, ε = 0. Gradients ∝ (β₁/β₂)^(t−i), which attain the bound;"
                    + " 200 random heavy-tailed sequences of 300 steps. β₁ from 0 past √0.999 at β₂ = 0.999 on ½‖x‖²"
                    + " in 10 coordinates with normal noise, η = 2·10⁻³, 6,000 steps, 4 copies (problem and sizes are"
                    + " not the paper's).",
                Caption.SAME);
    }

    @Override
    public List<Table> measure(Effort effort) {
        NoisyQuadratic problem = new NoisyQuadratic(10, 4, NoisyQuadratic.Noise.GAUSSIAN, 0);
        double[][] sweep = new double[4][BETA1.length];
        for (int i = 0; i < BETA1.length; i++) {
            NoisyQuadratic.MeanGradients outcome =
                    problem.run(new NoisyQuadratic.AdamSettings(BETA1[i], BETA2, 2e-3), SWEEP_STEPS, 1);
            sweep[0][i] = BETA1[i];
            sweep[1][i] = attained(BETA1[i], BETA2, SWEEP_STEPS, 0);
            sweep[2][i] = outcome.largestRatio();
            sweep[3][i] = outcome.lateGradient();
            effort.finished().accept(0.9 / BETA1.length);
        }
        return List.of(numbers(BoundSetting.STATED), sweep(sweep));
    }

    private static Table sweep(double[][] columns) {
        return new Table(
                "beta1",
                List.of(
                        new Column.Numbers("beta1", "", columns[0]),
                        new Column.Numbers("attained", "", columns[1]),
                        new Column.Numbers("observed", "", columns[2]),
                        new Column.Numbers("lateGradient", "", columns[3])));
    }

    /// Where the statements are looked at.
    ///
    /// @param beta2    beside β₁ = 0.9
    /// @param equality β₁ beside β₂ = 0.9025
    /// @param rule     whose step is held against lr·u·sign(m)
    /// @param schedule power of T of 1 − β₂
    private record BoundSetting(double beta2, double equality, String rule, double schedule) {
        static final BoundSetting STATED = new BoundSetting(BETA2, 0.95, UNCORRECTED, -0.75);

        /// A slower β₂, β₁ below √β₂, a rule that looks ahead, a schedule too slow.
        static final BoundSetting ELSEWHERE = new BoundSetting(0.99999, 0.9, "nadam", -0.25);
    }

    private static Table numbers(BoundSetting setting) {
        SingleNumbers measured = new SingleNumbers();
        measured.put("attained", attained(0.9, setting.beta2, 20_000, 0));
        measured.put("with eps", attained(0.9, setting.beta2, 20_000, 1e-3));
        measured.put("random", largestShare());
        measured.put("identity", identity(setting.rule));
        measured.put("horizons with beta1^2 >= beta2", violations(setting.schedule))
                .put("R at T = 1e2", scheduled(setting.schedule)[0])
                .put("R at T = 1e10", scheduled(setting.schedule)[HORIZONS.length - 1]);
        for (long length : LENGTHS) {
            measured.put("beyond " + length, attained(setting.equality, 0.9025, length, 0));
        }
        return measured.table();
    }

    private static SteppedRule adam(String rule, double beta1, double beta2, double eps, int lanes) {
        return SteppedRule.start(
                Catalogue.shipped(rule), new double[lanes], Map.of("beta1", beta1, "beta2", beta2, "eps", eps));
    }

    /// |m|/(√v + ε) after the sequence that attains the bound at `steps`, its largest gradient being 1.
    static double attained(double beta1, double beta2, long steps, double eps) {
        SteppedRule rule = adam(UNCORRECTED, beta1, beta2, eps, 1);
        double largest = Math.max(1, Math.pow(beta1 / beta2, steps - 1));
        for (long i = 1; i <= steps; i++) {
            rule.advance(new double[] {Math.pow(beta1 / beta2, steps - i) / largest});
        }
        return Math.abs(rule.state("m")[0]) / rule.preconditioner()[0];
    }

    /// The largest u/R_t of sequences of cubes of normal numbers, each with its own β₁ and β₂.
    private static double largestShare() {
        double largest = 0;
        for (int sequence = 0; sequence < 200; sequence++) {
            double beta1 = 0.999 * CountedUniform.number(11, sequence);
            double beta2 = 0.05 + 0.9495 * CountedUniform.number(12, sequence);
            SteppedRule rule = adam(UNCORRECTED, beta1, beta2, 0, 1);
            StepBound bound = new StepBound(beta1, beta2);
            for (long t = 1; t <= 300; t++) {
                rule.advance(new double[] {Math.pow(CountedNormal.number(13, 300L * sequence + t), 3)});
                largest = Math.max(
                        largest,
                        StepRatio.read(rule.state("m"), rule.state("v"), bound, t)
                                .share());
            }
        }
        return largest;
    }

    /// The largest difference of Adam's step and lr·u·sign(m), relative to the step.
    private static double identity(String name) {
        SteppedRule rule = adam(name, 0.9, BETA2, 1e-8, 100);
        double largest = 0;
        for (long t = 1; t <= 100; t++) {
            long step = t;
            double[] before = rule.x().clone();
            double[] gradient = new double[100];
            Arrays.setAll(gradient, i -> CountedNormal.number(14, 100 * step + i));
            rule.advance(gradient);
            double[] p = rule.preconditioner();
            for (int i = 0; i < 100; i++) {
                double m = rule.state("m")[i];
                double sign = before[i] - 1e-3 * (Math.abs(m) / p[i]) * Math.signum(m);
                largest = Math.max(largest, Math.abs(sign - rule.x()[i]));
            }
        }
        return largest;
    }

    @Override
    public Figure draw(Tables tables) {
        double[] distance =
                Arrays.stream(tables.numbers("beta1", "beta1")).map(b -> 1 - b).toArray();
        double[] fine = Plane.spread(Math.log10(5.004e-4), 0, 400);
        fine = Arrays.stream(fine).map(e -> Math.pow(10, e)).toArray();
        double[] limit = Arrays.stream(fine)
                .map(gap -> new StepBound(1 - gap, BETA2).limit())
                .toArray();
        double edge = 1 - Math.sqrt(BETA2);
        double[] steps =
                Arrays.stream(Plane.spread(0, 4, 200)).map(e -> Math.pow(10, e)).toArray();
        return new Figure(
                "P4-bound",
                "The bound R on u = |m|/√v",
                "Bound over 1 − β₁, over time and over the horizon of the schedules; gradient norm over 1 − β₁",
                2,
                List.of(
                        Panel.of(
                                "β₂ = 0.999: R over 1 − β₁",
                                PanelAxis.log10("1 − β₁"),
                                PanelAxis.log10("largest u").from(0.1, 60),
                                Mark.line("R", fine, limit),
                                Mark.points(
                                        "attained after 6,000 steps", distance, tables.numbers("beta1", "attained")),
                                Mark.points(
                                        "seen on the noisy quadratic", distance, tables.numbers("beta1", "observed")),
                                new Mark.VerticalReference("β₁ = √β₂", edge)),
                        Panel.of(
                                "R over time",
                                PanelAxis.log10("step t"),
                                PanelAxis.log10("R(t)").from(0.1, 100),
                                over(steps, 0.9, 0.999),
                                over(steps, 0.99, 0.999),
                                over(steps, 0.95, 0.9025),
                                over(steps, 0.95, 0.895),
                                Mark.points(
                                        "attained at (0.95, 0.9025)",
                                        Arrays.stream(LENGTHS).asDoubleStream().toArray(),
                                        Arrays.stream(LENGTHS)
                                                .mapToDouble(t -> tables.value("beyond " + t))
                                                .toArray())),
                        Panel.of(
                                "R of the schedules",
                                PanelAxis.log10("horizon T"),
                                PanelAxis.log10("R").from(0.8, 20),
                                Mark.line("1 − β₂ = T^(−3/4), the paper's", HORIZONS, scheduled(-0.75)),
                                Mark.line(
                                        "T^(1/8)/√2",
                                        HORIZONS,
                                        Arrays.stream(HORIZONS)
                                                .map(t -> Math.pow(t, 0.125) / Math.sqrt(2))
                                                .toArray()),
                                Mark.line("1 − β₂ = T^(−1/2)", HORIZONS, scheduled(-0.5))),
                        Panel.of(
                                "Noisy quadratic, β₂ = 0.999, second half",
                                PanelAxis.log10("1 − β₁"),
                                PanelAxis.log10("mean ‖∇F‖"),
                                Mark.points("measured", distance, tables.numbers("beta1", "lateGradient")),
                                new Mark.VerticalReference("β₁ = √β₂", edge))));
    }

    private static Mark over(double[] steps, double beta1, double beta2) {
        StepBound bound = new StepBound(beta1, beta2);
        return Mark.line(
                "(" + beta1 + ", " + beta2 + ")",
                steps,
                Arrays.stream(steps).map(t -> bound.after((long) t)).toArray());
    }

    private static double[] scheduled(double exponent) {
        return Arrays.stream(HORIZONS)
                .map(t -> new StepBound(1 - Math.pow(t, -0.5), 1 - Math.pow(t, exponent)).limit())
                .toArray();
    }

    @Override
    public List<Claim> claims(Tables tables) {
        double ratio = tables.value("R at T = 1e10") / tables.value("R at T = 1e2");
        return List.of(
                Register.of("P4-01")
                        .ran("(0.9, 0.999), 20,000 steps of the sequence that attains it; largest u/R(t) of 200 random"
                                + " sequences of 300 steps, β₁ and β₂ random")
                        .got("attained, off 7.270292", Math.abs(tables.value("attained") - 7.270292))
                        .got("largest u/R(t) of random gradients", tables.value("random"))
                        .claim(
                                "7.270292; at most 1",
                                text("%.8g; %.3g", tables.value("attained"), tables.value("random"))),
                Register.of("P4-02")
                        .ran("(0.95, 0.9025), t = 10, 100, 1000")
                        .got("t = 10, off 0.506", Math.abs(tables.value("beyond 10") - 0.506))
                        .got("t = 100, off 1.601", Math.abs(tables.value("beyond 100") - 1.601))
                        .got("t = 1000, off 5.064", Math.abs(tables.value("beyond 1000") - 5.064))
                        .claim(
                                "0.506, 1.601, 5.064",
                                text(
                                        "%.3f, %.3f, %.3f",
                                        tables.value("beyond 10"),
                                        tables.value("beyond 100"),
                                        tables.value("beyond 1000"))),
                loosening(tables),
                Register.of("P4-04")
                        .ran("closed form, T = 10² to 10¹⁰")
                        .got("horizons at which β₁² ≥ β₂", tables.value("horizons with beta1^2 >= beta2"))
                        .got("R at T = 10¹⁰ over R at 10²", ratio)
                        .claim(
                                "β₁² < β₂; R constant",
                                text(
                                        "R from %.3g to %.3g",
                                        tables.value("R at T = 1e2"), tables.value("R at T = 1e10")),
                                "The inequality holds, but R grows as T^(1/8)/√2; 1 − β₂ = T^(−1/2) keeps R = 1."),
                Register.of("P4-11")
                        .ran("|m|/(√v + ε) of the same sequence with ε = 10⁻³")
                        .got("u over the bound", tables.value("with eps") / new StepBound(0.9, BETA2).limit())
                        .claim("at most 1", text("%.4g", tables.value("with eps"))),
                Register.of("P4-12")
                        .ran("largest difference of x over 100 steps in 100 coordinates, each step from the same x")
                        .got("largest difference", tables.value("identity"))
                        .claim("one rounding of lr·m/P, |x| < 0.1", text("%.3g", tables.value("identity"))));
    }

    /// At how many horizons β₁ of the schedules is not below √β₂.
    private static int violations(double exponent) {
        return (int) Arrays.stream(HORIZONS)
                .filter(t -> Math.pow(1 - Math.pow(t, -0.5), 2) >= 1 - Math.pow(t, exponent))
                .count();
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "β₂ = 0.99999 in setting of 0.999, β₁ = 0.9 beside 0.9025, 1 − β₂ = T^(−1/4), Nadam in setting of Adam",
                Set.of("P4-01", "P4-02", "P4-03", "P4-04", "P4-11", "P4-12"),
                _ -> {
                    double[][] columns = new double[4][BETA1.length];
                    columns[0] = BETA1.clone();
                    Arrays.setAll(columns[1], i -> attained(BETA1[i], BoundSetting.ELSEWHERE.beta2, SWEEP_STEPS, 0));
                    return List.of(numbers(BoundSetting.ELSEWHERE), sweep(columns));
                }));
    }

    private static Claim loosening(Tables tables) {
        double[] attained = tables.numbers("beta1", "attained");
        double[] late = tables.numbers("beta1", "lateGradient");
        int best = index(0.999);
        double step = Double.POSITIVE_INFINITY;
        for (int i = 1; i <= best; i++) {
            step = Math.min(step, attained[i] / attained[i - 1]);
        }
        return Register.of("P4-03")
                .ran("β₂ = 0.999, β₁ = 0 to 0.9998, attained after 6,000 steps")
                .got("at β₁ = 0.99945 over that at 0.999", attained[index(0.99945)] / attained[best])
                .got("at β₁ = 0.9998 over that at 0.999", attained[index(0.9998)] / attained[best])
                .got("from one β₁ to the next up to β₂, least ratio", step)
                .claim(
                        "grows",
                        text(
                                "%.3g at 0, %.3g at 0.9, %.3g at 0.99, %.4g at 0.999, %.3g at 0.99945, %.3g at 0.9998",
                                attained[0],
                                attained[index(0.9)],
                                attained[index(0.99)],
                                attained[best],
                                attained[index(0.99945)],
                                attained[index(0.9998)]),
                        text(
                                "Only for β₁ between β₂ and √β₂; below β₂ the bound tightens, to 1 at β₁ = β₂. The"
                                    + " noisy quadratic's mean ‖∇F‖ is %.3g at β₁ = 0, %.3g at 0.99, %.3g at 0.999 and"
                                    + " %.3g at 0.9998.",
                                late[0], late[index(0.99)], late[best], late[index(0.9998)]));
    }

    private static int index(double beta1) {
        return Arrays.binarySearch(BETA1, beta1);
    }
}
