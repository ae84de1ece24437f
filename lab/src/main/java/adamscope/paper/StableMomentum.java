package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.Iteration;
import adamscope.dynamics.SingleRun;
import adamscope.figure.Figure;
import adamscope.figure.Numeral;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.RuleReader;
import adamscope.report.Claim;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Paper 3, Fig. 17: stable momentum raises the gradient for a while.
record StableMomentum() implements ComputedFigure {
    private static final double[] RATES = {10, 20, 30};
    private static final double[] ALL = {1, 10, 20, 30, 37};
    private static final double[] EXPECTED = {1, 6.35, 21.2, 54.8, 491};
    /// EMA heavy ball with m₀ = 0.2.
    private static final String RULE = """
        optimizer heavy-ball-moving
        hyper lr    = 0.1 in (0, inf) "learning rate" symbol η
        hyper beta1 = 0.9 in [0, 1)   "decay of the average gradient, per step" symbol β₁
        state m = 0.2
        m <- beta1*m + (1 - beta1)*g
        x <- x - lr*m
        """;

    @Override
    public Caption caption() {
        return new Caption(
                "P3-fig17",
                "Adaptive edge of stability, Fig. 17",
                "EMA heavy ball on x²/2 at stable learning rates: iterate (top), momentum (middle), squared gradient"
                        + " (bottom). The gradient grows at first, at times by far.",
                "β₁ = 0.9, x₀ = 1, m₀ = 0.2, 30 steps; η = 10, 20, 30 drawn (not stated in the paper), 1 and 37"
                        + " measured too.",
                Caption.SAME);
    }

    @Override
    public List<Table> measure(Effort effort) {
        return runs(RULE);
    }

    private static List<Table> runs(String rule) {
        List<Table> tables = new ArrayList<>();
        for (double lr : ALL) {
            SingleRun run = new SingleRun(
                    new Iteration(
                            RuleReader.read("heavy-ball-moving.opt", rule),
                            FormulaObjective.power(2),
                            Map.of("lr", lr, "beta1", 0.9),
                            List.of(1.0),
                            ClosedMap.Start.ZERO,
                            Arithmetic.DOUBLE),
                    30,
                    1);
            tables.add(new Table("lr-" + lr, run.run().table().columns()));
        }
        return tables;
    }

    @Override
    public Figure draw(Tables tables) {
        List<Panel> panels = new ArrayList<>();
        for (double lr : RATES) {
            panels.add(Panel.of(
                    "η = " + Numeral.of(lr),
                    PanelAxis.linear("step t"),
                    PanelAxis.linear("x"),
                    Curve.of(tables, "lr-" + lr, "x").line("x")));
        }
        for (double lr : RATES) {
            // m itself, with its sign: the step that it made, over η
            double[] x = tables.numbers("lr-" + lr, "x");
            double[] m = new double[30];
            double[] steps = new double[30];
            for (int t = 0; t < 30; t++) {
                m[t] = (x[t] - x[t + 1]) / lr;
                steps[t] = t + 1.0;
            }
            panels.add(Panel.of("", PanelAxis.linear("step t"), PanelAxis.linear("m"), new Curve(steps, m).line("m")));
        }
        for (double lr : RATES) {
            panels.add(Panel.of(
                    "",
                    PanelAxis.linear("step t"),
                    PanelAxis.linear("g²"),
                    Curve.of(tables, "lr-" + lr, "x").with(x -> x * x).line("g²")));
        }
        return new Figure("P3-fig17", "", "Iterate, momentum and squared gradient of EMA heavy ball", 3, panels);
    }

    @Override
    public List<Claim> claims(Tables tables) {
        double off = 0;
        List<String> words = new ArrayList<>();
        for (int i = 0; i < ALL.length; i++) {
            double largest = largest(tables, ALL[i]);
            off = Math.max(off, Math.abs(largest / EXPECTED[i] - 1));
            words.add(text("η = %s: %.4g", ALL[i], largest));
        }
        return List.of(Register.of("P3-24")
                .ran("largest g² in 30 steps, of 1 at the start")
                .got("largest relative distance from the known values", off)
                .got("largest g² at η = 1", largest(tables, 1))
                .claim(java.util.Arrays.toString(EXPECTED), String.join("; ", words)));
    }

    private static double largest(Tables tables, double lr) {
        return Curve.of(tables, "lr-" + lr, "x").with(x -> x * x).max(0, 30);
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "no momentum: the gradient falls or leaves the stable range",
                Set.of("P3-24"),
                _ -> runs(RULE.replace("0.2\n", "0\n").replace("beta1*m + (1 - beta1)*g", "(1 - beta1)*g"))));
    }
}
