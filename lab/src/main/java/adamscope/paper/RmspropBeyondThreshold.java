package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.Iteration;
import adamscope.dynamics.SingleRun;
import adamscope.figure.Figure;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.RuleReader;
import adamscope.report.Claim;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Paper 3, Fig. 12: RMSProp beyond its first threshold.
record RmspropBeyondThreshold() implements ComputedFigure {
    private static final double[][] CASES = {
        {2.2, 0.9}, {2.05, 0.999}, {2.2, 0.99}, {2.5, 0.999}, {2.2, 0.999}, {3, 0.999}, {2.2, 0.9999}, {5, 0.999}
    };
    private static final double[] PEAKS = {3.09, 4.30, 4.33, 15.5, 7.44, 28.8, 19.9, 77.2};
    /// RMSProp with v₀ = 1.
    private static final String RULE = """
        optimizer rmsprop-from-one
        hyper lr    = 1e-3 in (0, inf) "learning rate" symbol η
        hyper beta2 = 0.99 in [0, 1)   "decay of the average squared gradient, per step" symbol β₂
        state v = 1
        v <- beta2*v + (1 - beta2)*g^2
        precondition P = sqrt(v)
        x <- x - lr*g/P
        """;

    @Override
    public Caption caption() {
        return new Caption(
                "P3-fig12",
                "Adaptive edge of stability, Fig. 12 and appendix B",
                "RMSProp on x²/2 beyond its first threshold: it oscillates explosively for a while, until ν has grown"
                        + " and halts it. Left: η = 2.2, several β₂; right: β₂ = 0.999, several η.",
                "ν₀ = 1, x₀ = 10⁻³ (not stated), 40,000 steps (400,000 at β₂ = 0.9999); β₂ = 0.9 to 0.9999 at η = 2.2;"
                        + " η = 2.05 to 5 at β₂ = 0.999.",
                Caption.SAME);
    }

    private static String name(double[] c) {
        return "lr" + c[0] + "-beta2" + c[1];
    }

    @Override
    public List<Table> measure(Effort effort) {
        return runs(effort, RULE);
    }

    private static List<Table> runs(Effort effort, String text) {
        OptimizerRule rule = RuleReader.read("rmsprop-from-one.opt", text);
        List<Table> tables = new ArrayList<>();
        for (double[] c : CASES) {
            tables.add(new Table(name(c), run(rule, c, 40_000, 1).columns()));
            effort.finished().accept(0.1);
        }
        tables.add(new Table("late", run(rule, CASES[6], 400_000, 1000).columns()));
        return tables;
    }

    private static Table run(OptimizerRule rule, double[] c, int steps, int every) {
        return new SingleRun(
                        new Iteration(
                                rule,
                                FormulaObjective.power(2),
                                Map.of("lr", c[0], "beta2", c[1]),
                                List.of(1e-3),
                                ClosedMap.Start.ZERO,
                                Arithmetic.DOUBLE),
                        steps,
                        every)
                .run()
                .table();
    }

    @Override
    public Figure draw(Tables tables) {
        List<Panel> panels = new ArrayList<>();
        for (double[] c : CASES) {
            double end = c[1] > 0.9995 ? 4000 : c[1] > 0.995 ? 1500 : 250;
            Curve all = Curve.of(tables, name(c), "x");
            int n = all.firstAt(end);
            panels.add(Panel.of(
                    "η = " + c[0] + ", β₂ = " + c[1],
                    PanelAxis.linear("step t").from(0, end),
                    PanelAxis.linear("x"),
                    new Curve(java.util.Arrays.copyOf(all.x(), n), java.util.Arrays.copyOf(all.y(), n)).line("x")));
        }
        return new Figure("P3-fig12", "", "RMSProp on x²/2 beyond its first threshold", 2, panels);
    }

    @Override
    public List<Claim> claims(Tables tables) {
        double offPeak = 0;
        double offEnd = 0;
        double offMoment = 0;
        List<String> words = new ArrayList<>();
        for (int i = 0; i < CASES.length; i++) {
            double[] c = CASES[i];
            Curve x = Curve.of(tables, name(c), "log10Abs[x]");
            String late = i == 6 ? "late" : name(c);
            double peak = Math.pow(10, x.max(0, 40_000));
            double end = Math.pow(10, Curve.of(tables, late, "log10Abs[x]").last()) / (c[0] / 2);
            double moment = Math.pow(10, Curve.of(tables, late, "log10Abs[v]").last()) / (c[0] * c[0] / 4);
            offPeak = Math.max(offPeak, Math.abs(peak / PEAKS[i] - 1));
            offEnd = Math.max(offEnd, Math.abs(end - 1));
            offMoment = Math.max(offMoment, Math.abs(moment - 1));
            words.add(text("η = %s, β₂ = %s: peak %.3g, then %.6f and %.6f", c[0], c[1], peak, end, moment));
        }
        return List.of(Register.of("P3-19")
                .ran("eight runs; in units of η/2 and η²/4")
                .got("peaks off those known, relative", offPeak)
                .got("|x| at the end off η/2, relative", offEnd)
                .got("ν at the end off η²/4, relative", offMoment)
                .claim("peaks " + java.util.Arrays.toString(PEAKS) + ", then 1 and 1", String.join("; ", words)));
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "ν₀ = 100 in place of 1: the threshold is never crossed",
                Set.of("P3-19"),
                effort -> runs(effort, RULE.replace("v = 1", "v = 100"))));
    }
}
