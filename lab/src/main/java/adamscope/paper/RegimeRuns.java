package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.report.Claim;
import adamscope.stability.PowerLawTheory;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/// Paper 1, Fig. 6: one run in each regime.
record RegimeRuns() implements ComputedFigure {
    private static final double[] BETA2 = {0.91, 0.895, 0.8};
    private static final String[] NAMES = {"I", "II", "III"};
    private static final int STEPS = 6000;

    @Override
    public Caption caption() {
        return new Caption(
                "P1-fig6",
                "Degenerate polynomials, Fig. 6 and section 6.1",
                "One column a regime: loss (top), v against g² (middle), m against g (bottom). I: linear convergence, v"
                        + " leaves g² behind. II: convergence, then a spike. III: oscillation near L(η/2), v stays with"
                        + " g². m stays with g in all three.",
                "x⁴/4, β₁ = 0.9, β₂ = 0.91, 0.895, 0.8, η = 10⁻³, x₀ = 1, ε = 0; 6,000 steps drawn; regime III level"
                        + " also at (0, 0.1), (0.9, 0.2), (0.99, 0.9).",
                "100,000 steps in regime I.");
    }

    @Override
    public List<Table> measure(Effort effort) {
        List<Table> tables = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int steps = i == 0 ? effort.size(STEPS, 100_000) : STEPS;
            tables.add(AdamRun.usual(4, 0.9, BETA2[i]).table(NAMES[i], steps, 1));
            effort.finished().accept(0.25);
        }
        SingleNumbers measured = new SingleNumbers();
        for (double[] pair : new double[][] {{0, 0.1}, {0.9, 0.2}, {0.99, 0.9}}) {
            // (0, 0.1) starts where the oscillation attracts, see Theorem 5.7
            AdamRun run =
                    pair[0] == 0 ? new AdamRun(4, pair[0], pair[1], 1e-3, 0.51e-3) : AdamRun.usual(4, pair[0], pair[1]);
            Table table = run.run(8000, 1).table();
            if (pair[0] == 0) {
                measured.put(
                        "ratio (0.0, 0.1)",
                        new Curve(table.numbers("step"), table.numbers("log10Coupling")).median(4000));
            }
            measured.put(
                    "level (" + pair[0] + ", " + pair[1] + ")",
                    new Curve(table.numbers("step"), table.numbers("log10Loss")).median(4000));
        }
        tables.add(measured.table());
        return tables;
    }

    @Override
    public Figure draw(Tables tables) {
        List<Panel> panels = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Curve loss = Curve.of(tables, NAMES[i], "log10Loss");
            panels.add(Panel.of(
                    "Regime " + NAMES[i] + ": β₂ = " + BETA2[i],
                    PanelAxis.linear("step t"),
                    PanelAxis.log10Values("loss"),
                    loss.line("loss"),
                    new Mark.HorizontalReference(
                            "L(η/2)", AdamRun.usual(4, 0.9, 0.9).log10SignLevel())));
        }
        for (String name : NAMES) {
            Curve gradient = Curve.of(tables, name, "log10Gradient");
            Curve moment = Curve.of(tables, name, "log10Coupling").plus(2, gradient);
            panels.add(Panel.of(
                    "",
                    PanelAxis.linear("step t"),
                    PanelAxis.log10Values("v, g²"),
                    gradient.with(g -> 2 * g).line("g²"),
                    moment.line("v")));
        }
        for (String name : NAMES) {
            panels.add(Panel.of(
                    "",
                    PanelAxis.linear("step t"),
                    PanelAxis.log10Values("|m|, |g|"),
                    Curve.of(tables, name, "log10Gradient").line("|g|"),
                    Curve.of(tables, name, "log10Abs[m]").line("|m|, before the step")));
        }
        return new Figure("P1-fig6", "", "Loss, second and first moment in regimes I, II and III", 3, panels);
    }

    /// The three runs in each other's place, and on a loss of another kind.
    @Override
    public List<Control> controls() {
        return List.of(
                new Control(
                        "regime III in place of I and II",
                        Set.of("P1-28", "P1-29"),
                        effort -> turned(effort, i -> AdamRun.usual(4, 0.9, 0.8).table(NAMES[i], STEPS, 1))),
                new Control(
                        "a loss that is steeper on one side of its minimum, x⁴/4 + |x|x³/8: a step may end nearer and"
                                + " yet higher",
                        Set.of("P1-26"),
                        effort -> turned(effort, RegimeRuns::lopsided)));
    }

    private List<Table> turned(Effort effort, IntFunction<Table> other) {
        List<Table> tables = new ArrayList<>(measure(effort));
        for (int i = 0; i < 3; i++) {
            tables.set(i, other.apply(i));
        }
        return tables;
    }

    private static Table lopsided(int i) {
        return new Table(
                NAMES[i],
                AdamRun.usual(4, 0.9, BETA2[i])
                        .run(FormulaObjective.read("x^4/4 + abs(x)*x^3/8"), STEPS, 1, Arithmetic.SCALED)
                        .table()
                        .columns());
    }

    @Override
    public List<Claim> claims(Tables tables) {
        return List.of(decrease(tables), first(tables), second(tables), third(tables), level(tables));
    }

    private static Claim decrease(Tables tables) {
        int steps = 0;
        int violations = 0;
        for (String name : NAMES) {
            double[] loss = tables.numbers(name, "log10Loss");
            double[] relative = tables.numbers(name, "relativeStep");
            for (int t = 0; t + 1 < loss.length; t++) {
                boolean inside = relative[t] > 0 && relative[t] < 2;
                // at the two end points the loss stays; rounding of log₁₀ decides nothing
                boolean decided = Math.abs(relative[t]) > 1e-10 && Math.abs(relative[t] - 2) > 1e-10;
                if (decided) {
                    steps++;
                    violations += inside == loss[t + 1] < loss[t] ? 0 : 1;
                }
            }
        }
        return Register.of("P1-26")
                .ran(steps + " steps of the three runs")
                .got("violations", violations)
                .got("steps decided", steps)
                .claim("0 violations", violations + " violations", "");
    }

    private static Claim first(Tables tables) {
        double[] steps = tables.numbers("I", "step");
        return first(tables.table("I"), AdamRun.usual(4, 0.9, BETA2[0]).theory(), steps[steps.length - 2]);
    }

    /// A run in regime I, over the second half.
    static Claim first(Table run, PowerLawTheory theory, double end) {
        double slope = of(run, "log10Loss").slope(end / 2, end) * Math.log(10);
        double growth = of(run, "log10Coupling").slope(end / 2, end) * Math.log(10);
        double rate = theory.lossRatePerStep();
        // v falls by β₂ a step, g² by |x|^(2(k−1))
        double apart = -Math.log(theory.beta2()) / (theory.degree() - 2);
        long outside = Arrays.stream(run.numbers("relativeStep"))
                .filter(r -> r <= 0 || r >= 2)
                .count();
        return Register.of("P1-28")
                .ran(text("β₂ = %s, %.0f steps; slopes over the second half", theory.beta2(), end))
                .got("d ln L/dt off by", Math.abs(slope - rate))
                .got("d ln(v/g²)/dt off by", Math.abs(growth - apart))
                .got("steps outside (0, 2)", outside)
                .claim(
                        text("d ln L/dt = %.6f, d ln(v/g²)/dt = %.6f", rate, apart),
                        text("%.6f, %.6f; %d steps outside (0, 2)", slope, growth, outside));
    }

    private static Curve of(Table run, String column) {
        return new Curve(run.numbers("step"), run.numbers(column));
    }

    private static Claim second(Tables tables) {
        AdamRun run = AdamRun.usual(4, 0.9, BETA2[1]);
        return second(tables.table("II"), run.theory(), run.log10SignLevel());
    }

    /// A run in regime II, to the rise after its first fall.
    static Claim second(Table run, PowerLawTheory theory, double level) {
        Curve loss = of(run, "log10Loss");
        int lowest = 0;
        for (int i = 0; i < loss.y().length && !(loss.y()[lowest] < level - 10 && loss.y()[i] > level - 1); i++) {
            lowest = loss.y()[i] < loss.y()[lowest] ? i : lowest;
        }
        double step = loss.x()[lowest];
        double after = loss.max(step, loss.x()[loss.x().length - 1]);
        double slope =
                of(run, "log10Coupling").plus(2, of(run, "log10Gradient")).slope(0.5 * step, 0.9 * step) * Math.log(10);
        return Register.of("P1-29")
                .ran(text("β₂ = %s, %.0f steps", theory.beta2(), loss.x()[loss.x().length - 1])
                        + "; fall: the lowest maximum over 20 steps")
                .got("decades below L(η/2), sustained", level - loss.sustainedMinimum(20))
                .got("decades of the rebound from L(η/2)", Math.abs(after - level))
                .got("d ln v/dt off by", Math.abs(slope - Math.log(theory.beta2())))
                .claim(
                        text("minimum far below, then up to about 1e%.1f; slope %.6f", level, Math.log(theory.beta2())),
                        text(
                                "minimum 1e%.0f at step %.0f, then up to 1e%.1f; slope %.6f",
                                loss.y()[lowest], step, after, slope));
    }

    private static Claim third(Tables tables) {
        return third(
                tables.table("III"),
                text("; without momentum v/g² = %.6f", Math.pow(10, tables.value("ratio (0.0, 0.1)"))));
    }

    /// A run in regime III, over its second half.
    ///
    /// @param more what else was found
    static Claim third(Table run, String more) {
        Curve coupling = of(run, "log10Coupling");
        double last = coupling.x()[coupling.x().length - 1];
        double median = coupling.median(last / 2);
        double level = of(run, "log10Loss").median(last / 2);
        return Register.of("P1-30")
                .ran(text("second half of %.0f steps", last))
                .got("decades off 1, median over time", Math.abs(median))
                .got("lowest level of the loss", level)
                .claim(
                        "v/g² about 1; no exponential phase",
                        text(
                                        "median %.1f, largest 1e%.0f, median loss 1e%.1f",
                                        Math.pow(10, median), coupling.max(last / 2, last), level)
                                + more,
                        "Exact without momentum. With it v follows the peaks of g², so that the ratio is about 1 only"
                                + " there; the median over time is larger, and where g passes through zero the ratio"
                                + " has no bound.");
    }

    private static Claim level(Tables tables) {
        double sign = AdamRun.usual(4, 0.9, 0.9).log10SignLevel();
        double without = tables.value("level (0.0, 0.1)");
        double far = tables.value("level (0.9, 0.2)");
        double slow = tables.value("level (0.99, 0.9)");
        double own = Curve.of(tables, "III", "log10Loss").median(STEPS / 2.0);
        return Register.of("P1-31")
                .ran("k = 4, η = 10⁻³; medians over the second half")
                .got("decades off L(η/2) at (0.9, 0.8)", Math.abs(own - sign))
                .got("largest elsewhere", Math.max(Math.abs(far - sign), Math.abs(slow - sign)))
                .claim(
                        text("1e%.1f", sign),
                        text(
                                "β₁ = 0 in its 2-cycle: 1e%.1f; (0.9, 0.8): 1e%.1f; (0.9, 0.2): 1e%.1f; (0.99, 0.9):"
                                        + " 1e%.1f",
                                without, own, far, slow),
                        "Exact for β₁ = 0; with momentum the level is off by decades either way.");
    }
}
