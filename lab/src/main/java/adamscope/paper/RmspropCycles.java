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
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.report.Claim;
import adamscope.stability.TwoCycle;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Paper 2, Fig. 6: RMSProp on x²/2 ends in the oscillation ±η/2.
record RmspropCycles() implements ComputedFigure {
    private static final double LR = 0.01;
    private static final double[] DECAYS = {0.1, 0.5, 0.9, 0.99};
    private static final int STEPS = 5000;

    @Override
    public Caption caption() {
        return new Caption(
                "P2-fig6",
                "Qualitative study, Fig. 6 and section 4",
                "RMSProp on x²/2 for several decays: every trajectory ends in the 2-cycle x = ±η/2.",
                "η = 0.01, β₂ (the paper's α) = 0.1, 0.5, 0.9, 0.99 (not stated there), x₀ = 1, v₀ = 0, ε = 0, 5,000"
                        + " steps; 0.999 in double as well. The bound of the step, R, in closed form.",
                Caption.SAME);
    }

    @Override
    public List<Table> measure(Effort effort) {
        return measure(effort, 0, 0.9, 0.999);
    }

    /// @param eps   above η/2 the minimum itself attracts
    /// @param equal β₁ where β₁ = β₂ = 0.9 is meant
    /// @param large β₁ where it is far above √0.9
    private static List<Table> measure(Effort effort, double eps, double equal, double large) {
        List<Table> tables = new ArrayList<>();
        for (double decay : DECAYS) {
            tables.add(new Table(
                    "decay-" + decay, run(decay, eps, STEPS, Arithmetic.SCALED).columns()));
            effort.finished().accept(0.2);
        }
        Table slow = run(0.999, eps, 30_000, Arithmetic.DOUBLE);
        double[] x = slow.numbers("log10Abs[x]");
        tables.add(new SingleNumbers()
                .put("steps in double, 0.999", x.length - 1.0)
                .put("last log10|x| in double, 0.999", Math.max(-400, x[x.length - 1]))
                .put("step at a = b", StepRatioBound.attained(equal, 0.9, 2000, 0))
                .put("step at a > 2b, 1,000 steps", StepRatioBound.attained(large, 0.9, 1000, 0))
                .put("step at a > 2b, 2,000 steps", StepRatioBound.attained(large, 0.9, 2000, 0))
                .table());
        return tables;
    }

    private static Table run(double decay, double eps, int steps, Arithmetic arithmetic) {
        return new SingleRun(
                        new Iteration(
                                Catalogue.shipped("rmsprop"),
                                FormulaObjective.power(2),
                                Map.of("lr", LR, "beta2", decay, "eps", eps),
                                List.of(1.0),
                                ClosedMap.Start.ZERO,
                                arithmetic),
                        steps,
                        1)
                .run()
                .table();
    }

    @Override
    public Figure draw(Tables tables) {
        List<Panel> panels = new ArrayList<>();
        for (double decay : DECAYS) {
            panels.add(Panel.of(
                    "α = " + decay,
                    PanelAxis.linear("step t").from(0, decay > 0.95 ? STEPS : 400),
                    PanelAxis.linear("x").from(-0.02, 0.04),
                    Curve.of(tables, "decay-" + decay, "x").line("x"),
                    new Mark.HorizontalReference("±η/2", LR / 2),
                    new Mark.HorizontalReference("", -LR / 2)));
        }
        return new Figure("P2-fig6", "", "Trajectories of RMSProp on x²/2", 2, panels);
    }

    @Override
    public List<Claim> claims(Tables tables) {
        double worst = 0;
        int alternating = 0;
        for (double decay : DECAYS) {
            double[] x = tables.numbers("decay-" + decay, "x");
            int n = x.length;
            worst = Math.max(worst, Math.abs(Math.abs(x[n - 1]) / (LR / 2) - 1));
            alternating += x[n - 1] * x[n - 2] < 0 ? 1 : 0;
        }
        double steps = tables.value("steps in double, 0.999");
        double last = tables.value("last log10|x| in double, 0.999");
        double radius = 0;
        for (double decay : new double[] {0.3, 0.5, 0.9, 0.99, 0.999}) {
            radius = Math.max(radius, Math.abs(TwoCycle.rmsprop(2, decay).spectralRadius() - Math.sqrt(decay)));
        }
        double rate = approach(tables);
        double bounded = tables.value("step at a = b");
        double thousand = tables.value("step at a > 2b, 1,000 steps");
        double twice = tables.value("step at a > 2b, 2,000 steps");
        return List.of(
                Register.of("P2-14")
                        .ran("α = 0.1, 0.5, 0.9, 0.99 in scaled arithmetic; 0.999 in double")
                        .got("||x|/(η/2) − 1|, largest", worst)
                        .got("alternating ends of 4", alternating)
                        .got("α = 0.999 in double leaves its range", last < -100 && steps < 30_000)
                        .claim(
                                "in ±η/2, alternating",
                                text(
                                        "at most %.1e, %d of 4 alternating; α = 0.999 in double: the run leaves the"
                                                + " range of double after %.0f steps at |x| = 1e%.0f",
                                        worst, alternating, steps, last),
                                "For α = 0.999 the fall before the spike is deeper than double can hold."),
                Register.of("P2-15")
                        .ran("multipliers of one step and reflection; approach of the run with α = 0.9")
                        .got("multiplier off √α, largest", radius)
                        .got("contraction of the run off √0.9, relative", Math.abs(rate / Math.sqrt(0.9) - 1))
                        .claim(
                                text("√α; %.5f for α = 0.9", Math.sqrt(0.9)),
                                text("largest difference %.1e; run %.5f", radius, rate)),
                Register.of("P2-23")
                        .ran("Adam on the gradients that make its step largest: (0.9, 0.9), 2,000 steps; (0.999, 0.9),"
                                + " 1,000 and 2,000 steps")
                        .got("step over η at a = b", bounded)
                        .got("growth of the step from 1,000 to 2,000 steps at a > 2b", twice / thousand)
                        .claim("at most 1; without bound", text("%.12f; %.3g, %.3g", bounded, thousand, twice)));
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "ε = 0.01, with which the minimum itself attracts; β₁ = 0.95 in place of 0.9, 0.94 in place of 0.999",
                Set.of("P2-14", "P2-15", "P2-23"),
                effort -> measure(effort, 0.01, 0.95, 0.94)));
    }

    /// Mean contraction per step of |√v − η/2| once close, for α = 0.9.
    private static double approach(Tables tables) {
        double[] log10V = tables.numbers("decay-0.9", "log10Abs[v]");
        int from = 0;
        double level = 2 * Math.log10(LR / 2);
        for (int t = 0; t < STEPS; t++) {
            if (Math.abs(log10V[t] - level) > 1e-3) {
                from = t;
            }
        }
        if (from + 181 > log10V.length) {
            return Double.NaN; // it did not come to the cycle
        }
        double start = peak(log10V, level, from + 1);
        double end = peak(log10V, level, from + 151);
        return Math.pow(end / start, 1 / 150.0);
    }

    private static double peak(double[] log10V, double level, int from) {
        double peak = 0;
        for (int t = from; t < from + 30; t++) {
            peak = Math.max(peak, Math.abs(log10V[t] - level));
        }
        return peak;
    }
}
