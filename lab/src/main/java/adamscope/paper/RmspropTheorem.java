package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.report.Claim;
import adamscope.stability.ExponentialRateMap;
import adamscope.stability.PowerLawTheory;
import adamscope.stability.TwoCycle;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Paper 1, Theorem 5.7, Lemmas 5.4 and B.1 to B.3: RMSProp on degenerate minima.
record RmspropTheorem() implements ComputedFigure {
    private static final int[] DEGREES = {4, 6, 8, 10};

    @Override
    public Caption caption() {
        return new Caption(
                "P1-theorem-5.7",
                "Degenerate polynomials, Theorem 5.7, Lemma 5.4, appendix B",
                "RMSProp converges linearly for β₂ above ((k−2)/k)^(2(k−2)); lemmas on the map behind it.",
                "200 random k, β₂, x₀/η with u₀ < 1 (seed 57), 4,000 steps in scaled arithmetic; x₀ = 0.51η at β₂ ="
                        + " 0.1; the map f(u) = γu(1−u)^(k−2) scanned.",
                "1,000 random cases.");
    }

    @Override
    public List<Table> measure(Effort effort) {
        return measure(effort, TheoremSetting.STATED);
    }

    /// Where the statements are looked at.
    ///
    /// @param cases  random starts
    /// @param from   the least u₀ of them
    /// @param beta1  of the multipliers
    /// @param global β₂ of the run from 1
    /// @param lemma  degree of the loss in the run of Lemma 5.4
    /// @param above  β₂ of the scanned maps over the bounds that it is stated above
    private record TheoremSetting(int cases, double from, double beta1, double global, int lemma, double above) {
        static final TheoremSetting STATED = new TheoremSetting(200, 0.005, 0, 0.1, 4, 1);

        /// Starts beyond 1, momentum, a parabola, β₂ below the bounds.
        static final TheoremSetting ELSEWHERE = new TheoremSetting(10, 1.05, 0.05, 0.01, 2, 0.9);
    }

    private static List<Table> measure(Effort effort, TheoremSetting setting) {
        int cases = effort.size(setting.cases, 1000);
        Random random = new Random(57);
        double[] starts = new double[cases];
        double[] share = new double[cases];
        double[] ratios = new double[cases];
        int flips = 0;
        for (int i = 0; i < cases; i++) {
            int k = DEGREES[random.nextInt(4)];
            double bound = new PowerLawTheory(k, 0, 0.5).flipFreeBeta2();
            double beta2 = bound + (0.98 - bound) * (0.02 + 0.98 * random.nextDouble());
            starts[i] = setting.from + 0.99 * random.nextDouble();
            share[i] = beta2 / bound;
            // u₀ = η/x₀ with an average that begins at g₀²
            double lr = Math.pow(10, -3 + 2.7 * random.nextDouble());
            AdamRun run = new AdamRun(k, 0, beta2, lr, lr / starts[i]);
            Table table = run.run(4000, 1).table();
            double[] x = table.numbers("log10Abs[x]");
            ratios[i] = (x[4000] - x[3500])
                    / 500
                    * Math.log(10)
                    / Math.log(run.theory().rho());
            for (double step : table.numbers("relativeStep")) {
                flips += step >= 1 ? 1 : 0;
            }
            effort.finished().accept(1.0 / cases);
        }
        SingleNumbers measured = new SingleNumbers();
        measured.put("sign changes", flips);
        double[] cycle = new AdamRun(4, 0, 0.1, 1e-3, 0.51e-3).run(5000, 1).x();
        measured.put("|x|/(eta/2) from 0.51 eta", Math.abs(cycle[0]) / 0.5e-3);
        double[] far = new AdamRun(4, 0, setting.global, 1e-3, 1).run(5000, 1).log10AbsX();
        measured.put("log10 |x| from 1", far[0]);
        Table lemma = AdamRun.usual(setting.lemma, 0, 0.9).run(2000, 1).table();
        double[] coupling = lemma.numbers("log10Coupling");
        double[] gradient = lemma.numbers("log10Gradient");
        double v1 = coupling[1501] + 2 * gradient[1501];
        double v0 = coupling[1500] + 2 * gradient[1500];
        for (double beta2 : new double[] {0.0624, 0.0626}) {
            measured.put("multiplier radius at " + beta2, CornerRuns.radius(setting.beta1, beta2));
        }
        measured.put("v ratio - beta2 at 1500", Math.pow(10, v1 - v0) - 0.9);
        int above = 0;
        int below = 0;
        double overshoot = 0;
        for (int k : new int[] {4, 6, 8, 10, 20}) {
            double bound = new PowerLawTheory(k, 0, 0.5).flipFreeBeta2();
            above += extraRoots(k, 1.01 * setting.above * bound);
            below = Math.max(below, Math.abs(extraRoots(k, 0.99 * bound) - 2));
            ExponentialRateMap map =
                    ExponentialRateMap.ofBeta2(k, ExponentialRateMap.monotoneAboveBeta2(k) * 1.0001 * setting.above);
            for (double u = 0; u < 1; u += 1e-5) {
                overshoot = Math.max(overshoot, map.next(u));
            }
        }
        measured.put("extra roots above", above).put("extra roots below, off 2", below);
        measured.put("largest f above the bound of Lemma B.1", overshoot);
        return List.of(
                measured.table(),
                new Table(
                        "cases",
                        List.of(
                                new Column.Numbers("startRatio", "", starts),
                                new Column.Numbers("beta2OverBound", "", share),
                                new Column.Numbers("rateOverTheory", "", ratios))));
    }

    /// Sign changes of f(f(u)) − u in (0, 1) away from u*.
    private static int extraRoots(int k, double beta2) {
        ExponentialRateMap map = ExponentialRateMap.ofBeta2(k, beta2);
        int roots = 0;
        double last = map.next(map.next(1e-6)) - 1e-6;
        for (double u = 2e-6; u < 1; u += 1e-5) {
            double now = map.next(map.next(u)) - u;
            if (Math.signum(now) != Math.signum(last) && Math.abs(u - map.fixedPoint()) > 1e-4) {
                roots++;
            }
            last = now;
        }
        return roots;
    }

    @Override
    public Figure draw(Tables tables) {
        double[] starts = tables.numbers("cases", "startRatio");
        return new Figure(
                "P1-theorem-5_7",
                "",
                "Measured rate over that of theory, for random starts (left) and over β₂ (right)",
                2,
                List.of(
                        Panel.of(
                                "",
                                PanelAxis.linear("u₀ = η|x₀|^(k−2)/√v₀"),
                                PanelAxis.linear("rate/theory").from(0.9, 1.1),
                                Mark.points("runs", starts, tables.numbers("cases", "rateOverTheory"))),
                        Panel.of(
                                "",
                                PanelAxis.log10("β₂/((k−2)/k)^(2(k−2))"),
                                PanelAxis.linear("rate/theory").from(0.9, 1.1),
                                Mark.points(
                                        "runs",
                                        tables.numbers("cases", "beta2OverBound"),
                                        tables.numbers("cases", "rateOverTheory")))));
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "starts with u₀ from 1.05 to 2; β₁ = 0.05; β₂ = 0.01; x²/2 in Lemma 5.4; maps at 0.9 of their bounds",
                Set.of("P1-17", "P1-21", "P1-22", "P1-23", "P1-24", "P1-25"),
                effort -> measure(effort, TheoremSetting.ELSEWHERE)));
    }

    @Override
    public List<Claim> claims(Tables tables) {
        double worst = 0;
        for (double ratio : tables.numbers("cases", "rateOverTheory")) {
            worst = Math.max(worst, Math.abs(ratio - 1));
        }
        double flips = tables.value("sign changes");
        double cycle = tables.value("|x|/(eta/2) from 0.51 eta");
        double far = tables.value("log10 |x| from 1");
        List<Claim> claims = new ArrayList<>();
        claims.add(Register.of("P1-17")
                .ran("RMSProp k = 4, β₂ = 0.9, step 1500")
                .got("difference", Math.abs(tables.value("v ratio - beta2 at 1500")))
                .claim("0", text("%.1e", tables.value("v ratio - beta2 at 1500")), ""));
        double below = tables.value("multiplier radius at 0.0624");
        double above = tables.value("multiplier radius at 0.0626");
        claims.add(Register.of("P1-21")
                .ran("k = 4: largest multiplier of the system derived from the rule, at β₂ = 0.0624 and 0.0626")
                .got("radius at 0.0624", below)
                .got("radius at 0.0626", above)
                .claim("1 at β₂ = 0.0625", text("%.5f and %.5f", below, above), ""));
        claims.add(Register.of("P1-22")
                .ran(starts(tables) + " random cases, last 500 of 4,000 steps")
                .got("rate off by", worst)
                .got("sign changes", flips)
                .claim(
                        "rate ratio 1, 0 sign changes",
                        text("largest error %.1e, %.0f sign changes", worst, flips),
                        ""));
        claims.add(Register.of("P1-23")
                .ran("k = 4, β₂ = 0.1: x₀ = 1 and x₀ = 0.51η (u₀ = 1.96), v₀ = g₀²")
                .got("log₁₀|x| from 1", far)
                .got("log₁₀|x| from 0.51η", Math.log10(cycle * 0.5e-3))
                .claim(
                        "converges from every start",
                        text("from 1: |x| = 1e%.0f; from 0.51η: |x| = %.9f·η/2 after 5,000 steps", far, cycle),
                        text(
                                "Needs u₀ < 1: the oscillation ±η/2 is stable too for β₂ < 1/(2k−3) = %.3g.",
                                TwoCycle.rmspropStableBelow(4))));
        claims.add(Register.of("P1-24")
                .ran("largest f(u) on 100,000 points at 1.0001 times the bound, k = 4 to 20")
                .got("largest u", tables.value("largest f above the bound of Lemma B.1"))
                .got("bound for k = 4", ExponentialRateMap.monotoneAboveBeta2(4))
                .claim(
                        "just below 1; bound 0.021948 for k = 4",
                        text(
                                "%.6f; %.6f",
                                tables.value("largest f above the bound of Lemma B.1"),
                                ExponentialRateMap.monotoneAboveBeta2(4)),
                        ""));
        claims.add(Register.of("P1-25")
                .ran("sign changes on 100,000 points at 1.01 and 0.99 times the bound, k = 4, 6, 8, 10, 20")
                .got("others above", tables.value("extra roots above"))
                .got("others below, off 2", tables.value("extra roots below, off 2"))
                .claim(
                        "0 others above, 2 below",
                        text(
                                "%.0f above, 2 ± %.0f below",
                                tables.value("extra roots above"), tables.value("extra roots below, off 2")),
                        ""));
        return claims;
    }

    private static int starts(Tables tables) {
        return tables.numbers("cases", "startRatio").length;
    }
}
