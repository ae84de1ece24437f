package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.paper.NoisyQuadratic.AdamSettings;
import adamscope.paper.NoisyQuadratic.MeanGradients;
import adamscope.paper.NoisyQuadratic.Noise;
import adamscope.report.Claim;
import adamscope.statistics.PowerTrend;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.function.LongUnaryOperator;

/// Paper 4, key result: the mean gradient norm over T steps is O(T^(−1/4)); with and without momentum, in the paper's
/// schedule and in the one that keeps R constant.
record SignLikeRate() implements ComputedFigure {
    /// The exponent counts from there on: before, the way from x₀ rules.
    private static final double FIT_FROM = 1000;
    private static final double SIGN_FLOOR = Math.sqrt(10) / 3;

    /// One way to choose β₁, β₂ and γ for T, on one problem.
    private record Variant(
            String name, String words, Noise noise, double power, DoubleFunction<AdamSettings> settings) {}

    private static final List<Variant> VARIANTS = List.of(
            new Variant("paper-p0", "paper's schedule", Noise.GAUSSIAN, 0, AdamSettings::ofPaper),
            new Variant("constant-p0", "R = 1", Noise.GAUSSIAN, 0, AdamSettings::constantBound),
            new Variant(
                    "none-p0",
                    "β₁ = 0",
                    Noise.GAUSSIAN,
                    0,
                    t -> AdamSettings.ofPaper(t).withBeta1(0)),
            new Variant("paper-p2", "paper's schedule", Noise.GAUSSIAN, 2, AdamSettings::ofPaper),
            new Variant("constant-p2", "R = 1", Noise.GAUSSIAN, 2, AdamSettings::constantBound),
            new Variant(
                    "none-p2",
                    "β₁ = 0",
                    Noise.GAUSSIAN,
                    2,
                    t -> AdamSettings.ofPaper(t).withBeta1(0)),
            new Variant("paper-skew", "paper's schedule", Noise.SKEWED, 0, AdamSettings::ofPaper),
            new Variant(
                    "none-skew",
                    "β₁ = 0",
                    Noise.SKEWED,
                    0,
                    t -> AdamSettings.ofPaper(t).withBeta1(0)),
            new Variant(
                    "sign-skew",
                    "β₁ = β₂ = 0: sign of g",
                    Noise.SKEWED,
                    0,
                    t -> AdamSettings.ofPaper(t).withBeta1(0).withBeta2(0)));

    @Override
    public Caption caption() {
        return new Caption(
                "P4-rate",
                "Sign-like descent, key result, mechanism 2 and condition 2",
                "With 1 − β₁ = T^(−1/2), 1 − β₂ = T^(−3/4), γ ∝ T^(−3/4) the mean gradient norm is O(T^(−1/4)); without"
                        + " momentum only a neighbourhood of size O(σ₀) is said to be reached.",
                "½‖x‖² in 10 coordinates from (1, …, 1), 4 copies, noise of variance (1 + ‖∇F‖^(p/2))² per coordinate,"
                    + " p = 0 and 2, normal or skewed; γ = 2T^(−3/4); T = 10² to 10⁵ in half decades, exponents from T"
                    + " ≥ 10³ with 95 % intervals. (The paper states no experiment of this kind.)",
                "T = 10² to 10⁷, five decades.");
    }

    @Override
    public List<Table> measure(Effort effort) {
        return measure(effort, steps -> steps);
    }

    /// @param planned the horizon that β₁, β₂ and γ are chosen for, where so many steps are run
    private static List<Table> measure(Effort effort, LongUnaryOperator planned) {
        int points = effort.size(7, 11);
        List<Table> tables = new ArrayList<>();
        for (Variant variant : VARIANTS) {
            NoisyQuadratic problem = new NoisyQuadratic(10, 4, variant.noise, variant.power);
            double[][] columns = new double[4][points];
            for (int i = 0; i < points && !effort.stopped().getAsBoolean(); i++) {
                long steps = Math.round(Math.pow(10, 2 + 0.5 * i));
                MeanGradients outcome = problem.run(variant.settings.apply(planned.applyAsLong(steps)), steps, i);
                columns[0][i] = steps;
                columns[1][i] = outcome.gradient();
                columns[2][i] = outcome.lateGradient();
                columns[3][i] = outcome.lateRatio();
            }
            tables.add(new Table(
                    variant.name,
                    List.of(
                            new Column.Numbers("step", "", columns[0]),
                            new Column.Numbers("gradient", "", columns[1]),
                            new Column.Numbers("lateGradient", "", columns[2]),
                            new Column.Numbers("lateRatio", "", columns[3]))));
            effort.finished().accept(1.0 / VARIANTS.size());
        }
        return tables;
    }

    @Override
    public Figure draw(Tables tables) {
        double[] t = tables.numbers("paper-p0", "step");
        double[] rate = Arrays.stream(t).map(v -> 4 * Math.pow(v, -0.25)).toArray();
        List<Panel> panels = new ArrayList<>();
        for (String power : List.of("0", "2")) {
            List<Mark> marks = new ArrayList<>(curves(tables, "-p" + power, "gradient"));
            marks.add(Mark.line("∝ T^(−1/4)", t, rate));
            panels.add(new Panel(
                    "Normal noise, p = " + power,
                    PanelAxis.log10("T"),
                    PanelAxis.log10("mean ‖∇F‖ over T steps"),
                    marks));
        }
        List<Mark> skewed = new ArrayList<>(curves(tables, "-skew", "lateGradient"));
        skewed.add(new Mark.HorizontalReference("√10/3", SIGN_FLOOR));
        panels.add(new Panel(
                "Skewed noise: is momentum needed?",
                PanelAxis.log10("T"),
                PanelAxis.log10("mean ‖∇F‖, second half"),
                skewed));
        List<Mark> ratios = new ArrayList<>(curves(tables, "-p0", "lateRatio"));
        ratios.add(Mark.line(
                "0.564·T^(−1/4)",
                t,
                Arrays.stream(t).map(v -> 0.5642 * Math.pow(v, -0.25)).toArray()));
        panels.add(new Panel(
                "Condition 2: is E u bounded below?", PanelAxis.log10("T"), PanelAxis.log10("mean u"), ratios));
        return new Figure("P4-rate", "Mean gradient norm and step size over the horizon T", "", 2, panels);
    }

    private static List<Mark> curves(Tables tables, String ending, String column) {
        return VARIANTS.stream()
                .filter(v -> v.name.endsWith(ending))
                .map(v -> Curve.of(tables, v.name, column).line(v.words))
                .toList();
    }

    private static PowerTrend trend(Tables tables, String name, String column) {
        Curve curve = Curve.of(tables, name, column);
        int from = curve.firstAt(FIT_FROM);
        return PowerTrend.of(
                Arrays.copyOfRange(curve.x(), from, curve.x().length),
                Arrays.copyOfRange(curve.y(), from, curve.y().length),
                0.95);
    }

    private static String words(PowerTrend trend) {
        return text(
                "exponent %.3f, 95 %% in [%.3f, %.3f] from %d horizons",
                trend.exponent(), trend.interval().low(), trend.interval().high(), trend.points());
    }

    @Override
    public List<Claim> claims(Tables tables) {
        double lower = Double.NEGATIVE_INFINITY;
        double upper = Double.NEGATIVE_INFINITY;
        List<String> words = new ArrayList<>();
        for (String name : List.of("paper-p0", "constant-p0", "paper-p2", "constant-p2")) {
            PowerTrend trend = trend(tables, name, "gradient");
            lower = Math.max(lower, trend.interval().low());
            upper = Math.max(upper, trend.interval().high());
            words.add(name + ": " + words(trend));
        }
        double adam = Curve.of(tables, "paper-skew", "lateGradient").last();
        PowerTrend none = trend(tables, "none-skew", "lateGradient");
        double without = Curve.of(tables, "none-skew", "lateGradient").last();
        double sign = Curve.of(tables, "sign-skew", "lateGradient").last();
        PowerTrend ratio = trend(tables, "paper-p0", "lateRatio");
        return List.of(
                Register.of("P4-05")
                        .ran("p = 0 and 2; the paper's schedule and 1 − β₂ = T^(−1/2), R = 1")
                        .got("exponent, largest lower end of an interval", lower)
                        .got("exponent, largest upper end of an interval", upper)
                        .claim("at most −0.25", String.join("; ", words)),
                Register.of("P4-06")
                        .ran("skewed noise, β₁ = 0 in the schedule of β₂; ‖∇F‖ of the second half at the largest T")
                        .got(
                                "upper end of the exponent's interval",
                                none.interval().high())
                        .claim(
                                "a floor: exponent 0",
                                text("%.3g (with momentum %.3g); ", without, adam) + words(none),
                                "Not so where β₂ → 1: √v hardly changes, so that g/√v keeps the mean of the noise, 0. "
                                        + text(
                                                "The sign of g alone (β₁ = β₂ = 0) does stand still, at %.4f; theory"
                                                        + " √10/3 = %.4f.",
                                                sign, SIGN_FLOOR)
                                        + " That momentum is needed is a property of the proof's bound."),
                Register.of("P4-07")
                        .ran("p = 0, the paper's schedule, second half")
                        .got(
                                "lower end of the exponent's interval",
                                ratio.interval().low())
                        .got(
                                "upper end of the exponent's interval",
                                ratio.interval().high())
                        .claim(
                                "exponent 0",
                                words(ratio),
                                "Where noise rules, E u ≈ √(2/π)·√((1 − β₁)/(1 + β₁)) = 0.564·T^(−1/4): the factor 1/v̄"
                                        + " cancels the rate as written, though not as measured."));
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "β₁, β₂ and γ chosen for T = 1,000 however many steps are run: the gradient norm stays",
                Set.of("P4-05"),
                effort -> measure(effort, _ -> 1000)));
    }
}
