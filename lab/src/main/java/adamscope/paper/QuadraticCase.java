package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.report.Claim;
import adamscope.stability.QuadraticTheory;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Paper 1, Fig. 9 and appendix F: RMSProp and Adam on a quadratic.
record QuadraticCase() implements ComputedFigure {
    private static final double LN10 = Math.log(10);
    private static final double[] BETA2 = {0.9, 0.99, 0.999};
    private static final int[] STEPS = {4000, 6000, 20_000};

    @Override
    public Caption caption() {
        return new Caption(
                "P1-fig9",
                "Degenerate polynomials, Fig. 9 and appendix F",
                "On x²/2: (a) RMSProp falls faster than exponentially before its spike, Adam linearly at a predicted"
                        + " slope; (b, c) v decays by itself while g² falls faster; (d) m stays coupled to g.",
                "η = 10⁻³, x₀ = 1, ε = 0, in scaled arithmetic: RMSProp β₂ = 0.99, Adam (0.9, 0.99); also RMSProp 0.9"
                    + " and 0.999, Adam (0.5, 0.99) and the differential equations of Lemmas F.1 and F.2. The paper's"
                    + " β are not in the text at hand.",
                Caption.SAME);
    }

    @Override
    public List<Table> measure(Effort effort) {
        List<Table> tables = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            tables.add(AdamRun.usual(2, 0, BETA2[i]).table("rmsprop-" + BETA2[i], STEPS[i], 1));
            effort.finished().accept(0.2);
        }
        tables.add(AdamRun.usual(2, 0.9, 0.99).table("adam-0.9", 4000, 1));
        tables.add(AdamRun.usual(2, 0.5, 0.99).table("adam-0.5", 4000, 1));
        tables.add(QuadraticLemmas.measured(1));
        return tables;
    }

    @Override
    public Figure draw(Tables tables) {
        Curve adam = Curve.of(tables, "adam-0.9", "log10Loss");
        QuadraticTheory theory = new QuadraticTheory(0.9, 0.99);
        double level = adam.max(1700, 1750);
        List<Panel> panels = new ArrayList<>();
        panels.add(Panel.of(
                "(a) loss",
                PanelAxis.linear("step t").from(0, 4000),
                PanelAxis.log10Values("loss").from(-120, 1),
                Curve.of(tables, "rmsprop-0.99", "log10Loss").line("RMSProp"),
                adam.line("Adam"),
                slope("ln β₁ − ln(β₂)/4 (iteration)", level, theory.lossSlope()),
                slope("−(1−β₁) − ln(β₂)/4 (Lemma F.2)", level, theory.continuousLossSlope())));
        for (String run : List.of("rmsprop-0.99", "adam-0.9")) {
            Curve gradient = Curve.of(tables, run, "log10Gradient");
            panels.add(Panel.of(
                    run.startsWith("rms") ? "(b) RMSProp" : "(c) Adam",
                    PanelAxis.linear("step t").from(0, 4000),
                    PanelAxis.log10Values("v, g²").from(run.startsWith("rms") ? -450 : -120, 1),
                    gradient.with(g -> 2 * g).line("g²"),
                    Curve.of(tables, run, "log10Coupling").plus(2, gradient).line("v")));
        }
        panels.add(Panel.of(
                "(d) Adam",
                PanelAxis.linear("step t").from(0, 4000),
                PanelAxis.log10Values("|m|, |g|").from(-60, 1),
                Curve.of(tables, "adam-0.9", "log10Gradient").line("|g|"),
                Curve.of(tables, "adam-0.9", "log10Abs[m]").line("|m|, before the step")));
        return new Figure("P1-fig9", "", "RMSProp and Adam on x²/2: loss, second and first moment", 2, panels);
    }

    private static Mark slope(String name, double level, double slope) {
        double[] x = {1725, 2900};
        return Mark.line(name, x, new double[] {level, level + (x[1] - x[0]) * slope / LN10});
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "the same runs on x⁴/4, and Lemmas F.1 and F.2 with a learning rate that does not grow",
                Set.of("P1-38", "P1-39", "P1-40", "P1-41", "P1-43"),
                _ -> {
                    List<Table> tables = new ArrayList<>();
                    for (double beta2 : BETA2) {
                        tables.add(AdamRun.usual(4, 0, beta2).table("rmsprop-" + beta2, 4000, 1));
                    }
                    tables.add(AdamRun.usual(4, 0.9, 0.99).table("adam-0.9", 4000, 1));
                    tables.add(AdamRun.usual(2, 0.5, 0.99).table("adam-0.5", 4000, 1));
                    tables.add(QuadraticLemmas.measured(0));
                    return tables;
                }));
    }

    @Override
    public List<Claim> claims(Tables tables) {
        return List.of(
                recurrence(tables),
                crossing(tables),
                QuadraticLemmas.first(tables),
                QuadraticLemmas.second(tables),
                slope(tables),
                secondMoment(tables),
                firstMoment(tables));
    }

    private static Claim recurrence(Tables tables) {
        double[] p = tables.numbers("adam-0.9", "relativeStep");
        double[] x = tables.numbers("adam-0.9", "x");
        double[] lambda = lambda(tables, "adam-0.9");
        double worst = 0;
        for (int t = 0; t < 900; t++) {
            double r = 1 - p[t];
            double omega = p[t] / (1e-3 * lambda[t]);
            double next = p[t + 1] / (1e-3 * lambda[t + 1]);
            double back = lambda[t] * r * x[t];
            worst = Math.max(worst, Math.abs((0.9 * omega / r + 0.1) / next - 1));
            worst = Math.max(worst, Math.abs(lambda[t] / Math.sqrt(0.99 + 0.01 * back * back) / lambda[t + 1] - 1));
        }
        return Register.of("P1-38")
                .ran("Adam (0.9, 0.99), 900 steps")
                .got("relative difference", worst)
                .claim("0", text("at most %.1e", worst), "");
    }

    /// λ = 1/√v from the coupling ratio.
    private static double[] lambda(Tables tables, String run) {
        return Curve.of(tables, run, "log10Coupling")
                .plus(2, Curve.of(tables, run, "log10Gradient"))
                .with(v -> Math.pow(10, -0.5 * v))
                .y();
    }

    private static Claim crossing(Tables tables) {
        List<String> found = new ArrayList<>();
        double furthest = 0;
        for (double beta2 : BETA2) {
            double[] step = tables.numbers("rmsprop-" + beta2, "relativeStep");
            int crossed = 0;
            while (crossed < step.length && !(step[crossed] > 2)) {
                crossed++;
            }
            int lowest = Curve.of(tables, "rmsprop-" + beta2, "log10Abs[x]").lowest();
            found.add(lowest + "/" + crossed);
            // a step that never crosses 2 begins no spike
            furthest =
                    Math.max(furthest, crossed == step.length ? Double.POSITIVE_INFINITY : Math.abs(lowest - crossed));
        }
        return Register.of("P1-39")
                .ran("RMSProp, β₂ = " + Arrays.toString(BETA2) + "; step of the smallest |x| / first η_t > 2")
                .got("steps apart", furthest)
                .claim("the same step", String.join(", ", found), "");
    }

    private static Claim slope(Tables tables) {
        double[] measured = {lossSlope(tables, 0.9), lossSlope(tables, 0.5)};
        QuadraticTheory nine = new QuadraticTheory(0.9, 0.99);
        QuadraticTheory five = new QuadraticTheory(0.5, 0.99);
        double off = Math.max(
                Math.abs(measured[0] / nine.continuousLossSlope() - 1),
                Math.abs(measured[1] / five.continuousLossSlope() - 1));
        double discrete =
                Math.max(Math.abs(measured[0] / nine.lossSlope() - 1), Math.abs(measured[1] / five.lossSlope() - 1));
        return Register.of("P1-42")
                .ran("β₂ = 0.99, β₁ = 0.9 and 0.5; slope of the amplitude of ln x²")
                .got("off the slope of Lemma F.2", off)
                .claim(
                        text("−(1−β₁) − ln(β₂)/4: %.5f, %.4f", nine.continuousLossSlope(), five.continuousLossSlope()),
                        text("%.5f, %.4f", measured[0], measured[1]),
                        text(
                                "The iteration falls by ln β₁ − ln(β₂)/4 (%.5f, %.4f), within %.1g of what was"
                                        + " measured; the slope of the differential equation is %.0f %% off.",
                                nine.lossSlope(), five.lossSlope(), discrete, 100 * off));
    }

    /// Slope of ln x² along the oscillation, by the quadratic form that the linear recurrence keeps up to its decay.
    private static double lossSlope(Tables tables, double beta1) {
        String run = "adam-" + beta1;
        double[] x = tables.numbers(run, "x");
        double[] lambda = lambda(tables, run);
        double growth = Math.exp(-0.5 * Math.log(0.99));
        double decay = beta1 * growth;
        double low = Math.pow(1 - Math.sqrt(decay), 2);
        double high = Math.pow(1 + Math.sqrt(decay), 2);
        int from = 0;
        while (from < lambda.length && coefficient(growth, beta1, lambda[from]) <= 1.5 * low) {
            from++;
        }
        int to = from;
        while (to < lambda.length && coefficient(growth, beta1, lambda[to]) <= Math.min(1, high / 4)) {
            to++;
        }
        if (to - from < 10) {
            return Double.NaN;
        }
        double[] steps = new double[to - from - 5];
        double[] amplitude = new double[steps.length];
        for (int i = 0; i < steps.length; i++) {
            int t = from + 5 + i;
            double half = (1 + decay - coefficient(growth, beta1, lambda[t])) / 2;
            double form = x[t] * x[t] - 2 * half * x[t] * x[t - 1] + decay * x[t - 1] * x[t - 1];
            steps[i] = t;
            amplitude[i] = Math.log(form / (1 - half * half / decay));
        }
        return new Curve(steps, amplitude).fittedSlope(steps[0], steps[steps.length - 1]);
    }

    private static double coefficient(double growth, double beta1, double lambda) {
        return growth * (1 - beta1) * 1e-3 * lambda;
    }

    private static Claim secondMoment(Tables tables) {
        double adam = moment(tables, "adam-0.9").slope(1500, 2500) * LN10;
        double rmsprop = moment(tables, "rmsprop-0.99").slope(1700, 2150) * LN10;
        Curve gradient = Curve.of(tables, "rmsprop-0.99", "log10Gradient");
        double first = 2 * gradient.slope(1700, 1750) * LN10;
        double last = 2 * gradient.slope(2100, 2150) * LN10;
        double expected = Math.log(0.99);
        return Register.of("P1-43")
                .ran("β₂ = 0.99; steps 1700 to 2150 (RMSProp), 1500 to 2500 (Adam)")
                .got("d ln v/dt off by", Math.max(Math.abs(adam - expected), Math.abs(rmsprop - expected)))
                .got("d ln g²/dt less d ln v/dt", first - expected)
                .got("d ln g²/dt, late less early", last - first)
                .claim(
                        text("d ln v/dt = %.6f", expected),
                        text(
                                "RMSProp %.6f, Adam %.6f; d ln g²/dt of RMSProp from %.2f to %.2f",
                                rmsprop, adam, first, last),
                        "");
    }

    private static Curve moment(Tables tables, String run) {
        return Curve.of(tables, run, "log10Coupling").plus(2, Curve.of(tables, run, "log10Gradient"));
    }

    private static Claim firstMoment(Tables tables) {
        double kappa = new QuadraticTheory(0.9, 0.99).lossSlope() / 2;
        double[] m = tables.numbers("adam-0.9", "log10Abs[m]");
        double[] g = tables.numbers("adam-0.9", "log10Gradient");
        double start = envelope(m, 1501, kappa) - envelope(g, 1500, kappa);
        double end = envelope(m, 2401, kappa) - envelope(g, 2400, kappa);
        double slope = (end - start) / 900;
        double expected = new QuadraticTheory(0.9, 0.99).momentRatioSlope();
        return Register.of("P1-44")
                .ran("Adam (0.9, 0.99), envelopes over 100 steps from 1500 and from 2400")
                .got("factor of |m|/|g| over 900 steps", Math.exp(Math.abs(end - start)))
                .claim(
                        "|m|/|g| stays where it is",
                        text("%.3f to %.3f; d ln(|m|/|g|)/dt = %.5f", Math.exp(start), Math.exp(end), slope),
                        text(
                                "Only beside v: the envelope of the ratio falls like β₂^(t/4), by %.5f a step, and m/g"
                                        + " itself swings through 0.",
                                expected));
    }

    /// ln of the root mean square of a over 100 steps, the mean slope κ taken out.
    private static double envelope(double[] log10, int from, double kappa) {
        double reference = log10[from] * LN10;
        double sum = 0;
        for (int i = 0; i < 100; i++) {
            sum += Math.exp(2 * (log10[from + i] * LN10 - reference - kappa * i));
        }
        return 0.5 * Math.log(sum / 100) + reference;
    }
}
