package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.report.Claim;
import adamscope.stability.PowerLawCoupling;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Paper 1, appendix E: how v leaves g² behind.
record CouplingRatios() implements ComputedFigure {
    private static final List<AdamRun> RUNS = List.of(
            AdamRun.usual(4, 0, 0.9),
            AdamRun.usual(4, 0.9, 0.93),
            AdamRun.usual(6, 0.9, 0.93),
            AdamRun.usual(4, 0.9, 0.895),
            AdamRun.usual(4, 0.9, 0.8));
    private static final int STEPS = 4000;

    @Override
    public Caption caption() {
        return new Caption(
                "P1-appendix-E",
                "Degenerate polynomials, appendix E, Eqs. 71–75",
                "The ratio R = v/g² obeys a recurrence driven by the decay d of g²; it leaves 1 once d < β₂; m stays"
                        + " coupled where the fixed point exists.",
                "η = 10⁻³, x₀ = 1, ε = 0, 4,000 steps: RMSProp k = 4, β₂ = 0.9; Adam (0.9, 0.93) k = 4 and 6, (0.9,"
                        + " 0.895), (0.9, 0.8).",
                Caption.SAME);
    }

    @Override
    public List<Table> measure(Effort effort) {
        List<Table> tables = new ArrayList<>();
        for (AdamRun run : RUNS) {
            tables.add(run.table(name(run), STEPS, 1));
            effort.finished().accept(0.2);
        }
        tables.add(moments(0.95, 0.89));
        return tables;
    }

    private static String name(AdamRun run) {
        return "k" + run.degree() + "-" + run.beta1() + "-" + run.beta2();
    }

    @Override
    public Figure draw(Tables tables) {
        List<Mark> ratios = new ArrayList<>();
        List<Mark> decays = new ArrayList<>();
        for (AdamRun run : RUNS) {
            String label = "k = " + run.degree() + ", (" + run.beta1() + ", " + run.beta2() + ")";
            ratios.add(Curve.of(tables, name(run), "log10Coupling").line(label));
            if (run.degree() == 4 && run.beta2() > 0.895) {
                double[] d = decay(tables, run);
                double[] t = new double[1200];
                double[] y = new double[1200];
                for (int i = 0; i < 1200; i++) {
                    t[i] = i;
                    y[i] = d[i];
                }
                decays.add(Mark.line(label, t, y));
            }
        }
        decays.add(new Mark.HorizontalReference("β₂ = 0.9", 0.9));
        return new Figure(
                "P1-appendix-E",
                "",
                "Coupling ratio v/g², and the decay d of g² per step",
                2,
                List.of(
                        new Panel("R = v/g²", PanelAxis.linear("step t"), PanelAxis.log10Values("v/g²"), ratios),
                        new Panel(
                                "d",
                                PanelAxis.linear("step t"),
                                PanelAxis.linear("d").from(0.7, 1.02),
                                decays)));
    }

    private static double[] decay(Tables tables, AdamRun run) {
        double[] gradient = tables.numbers(name(run), "log10Gradient");
        double[] decay = new double[STEPS - 1];
        for (int t = 0; t < decay.length; t++) {
            decay[t] = Math.pow(10, 2 * (gradient[t + 1] - gradient[t]));
        }
        return decay;
    }

    @Override
    public List<Claim> claims(Tables tables) {
        double worst = 0;
        for (AdamRun run : RUNS) {
            double[] ratio = tables.numbers(name(run), "log10Coupling");
            double[] decay = decay(tables, run);
            PowerLawCoupling theory = new PowerLawCoupling(run.degree(), run.beta2());
            for (int t = 0; t + 1 < STEPS - 1; t++) {
                double logNext = Math.log10(theory.next(1, decay[t] * Math.pow(10, -ratio[t])));
                // R' = (β₂/d)R + 1 − β₂ with (R/d) in one number
                worst = Math.max(worst, Math.abs(logNext - ratio[t + 1]));
            }
        }
        AdamRun rmsprop = RUNS.getFirst();
        double[] decay = decay(tables, rmsprop);
        int crossed = 0;
        while (decay[crossed] >= 0.9) {
            crossed++;
        }
        double x = tables.numbers(name(rmsprop), "x")[crossed];
        double predicted = new PowerLawCoupling(4, 0.9).signTrigger(1e-3);
        double coupled = tables.value("m/g, q=0.95");
        double apart = tables.value("m/g, q=0.89");
        double off = Math.abs(coupled - PowerLawCoupling.momentRatio(0.9, 0.95));
        return List.of(
                Register.of("P1-34")
                        .ran("five runs, 4,000 steps; log₁₀ R")
                        .got("difference", worst)
                        .claim("0", text("at most %.1e", worst), ""),
                Register.of("P1-35")
                        .ran("RMSProp k = 4, β₂ = 0.9: x at the first step with d < β₂")
                        .got("predicted over measured", predicted / x)
                        .claim(
                                text("x_c = %.4f", predicted),
                                text("x = %.4f at step %d", x, crossed),
                                "An order of magnitude: the real step is η/√R with R already above 1, so that the"
                                        + " trigger comes later."),
                Register.of("P1-36")
                        .ran("β₁ = 0.9, gradients that shrink by 0.95 and by 0.89 a step, 400 steps")
                        .got("m/g at 0.95 off by", off)
                        .got("m/g at 0.89", apart)
                        .claim(
                                text("m/g = %.6f; unbounded", PowerLawCoupling.momentRatio(0.9, 0.95)),
                                text("%.6f; %.3g", coupled, apart),
                                ""));
    }

    /// Runs with one β₂ held against the recurrence of another, and gradients the other way about.
    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "runs with β₂ smaller by 0.01, and the two rates of shrinking exchanged",
                Set.of("P1-34", "P1-36"),
                effort -> {
                    List<Table> tables = new ArrayList<>();
                    for (AdamRun run : RUNS) {
                        tables.add(AdamRun.usual(run.degree(), run.beta1(), run.beta2() - 0.01)
                                .table(name(run), STEPS, 1));
                    }
                    tables.add(moments(0.89, 0.95));
                    return tables;
                }));
    }

    /// m/g after 400 gradients that shrink by `first` and by `second` a step, under the names of 0.95 and 0.89.
    private static Table moments(double first, double second) {
        SingleNumbers measured = new SingleNumbers();
        double[] names = {0.95, 0.89};
        double[] rates = {first, second};
        for (int i = 0; i < 2; i++) {
            double m = 0;
            double g = 1;
            for (int t = 0; t < 400; t++) {
                g = Math.pow(rates[i], t);
                m = 0.9 * m + 0.1 * g;
            }
            measured.put("m/g, q=" + names[i], m / g);
        }
        return measured.table();
    }
}
