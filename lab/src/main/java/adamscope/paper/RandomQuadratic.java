package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.Iteration;
import adamscope.dynamics.SingleRun;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Numeral;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.kernel.Arithmetic;
import adamscope.linear.CountedNormal;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.report.Claim;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/// Paper 2, Fig. 5: sign descent and RMSProp on a random quadratic.
record RandomQuadratic() implements ComputedFigure {
    private static final int DIMENSION = 10;
    private static final long SEED = 5;
    private static final SeedAxis SEEDS = new SeedAxis(SeedAxis.USUAL);
    private static final double[] RATES = {1e-1, 1e-2, 1e-3};
    private static final int STEPS = 20_000;

    @Override
    public Caption caption() {
        return new Caption(
                "P2-fig5",
                "Qualitative study, Fig. 5",
                "Sign descent (left) and RMSProp (right) on a random quadratic in ten dimensions: a fast fall, the"
                        + " same in time ηt for every η, then a stall whose level falls with η.",
                "A = UUᵀ, U 10 × 10 standard normal (five seeds, drawn is the first), x₀ standard normal; α = 0.9, ε ="
                        + " 10⁻⁸, η = 0.1, 0.01, 0.001 (not stated in the paper), 20,000 steps.",
                Caption.SAME);
    }

    @Override
    public Cost cost() {
        return Cost.theory(30);
    }

    /// ½x'UUᵀx = ½Σ (column·x)².
    private static FormulaObjective objective(long seed) {
        List<String> squares = new ArrayList<>();
        for (int column = 0; column < DIMENSION; column++) {
            List<String> terms = new ArrayList<>();
            for (int row = 1; row <= DIMENSION; row++) {
                terms.add(text("(%.17f)*x%d", CountedNormal.number(seed, 100L * column + row), row));
            }
            squares.add("(" + String.join(" + ", terms) + ")^2/2");
        }
        return FormulaObjective.read(String.join(" + ", squares)).withMinimum(OptionalDouble.of(0));
    }

    @Override
    public List<Table> measure(Effort effort) {
        return runs(effort, "rmsprop");
    }

    /// @param rmsprop what is run under the name of RMSProp
    private static List<Table> runs(Effort effort, String rmsprop) {
        List<Table> tables = new ArrayList<>();
        for (int seed = 1; seed <= SEEDS.count() && !effort.stopped().getAsBoolean(); seed++) {
            tables.addAll(SeedAxis.named(seed, runs(SEED + seed - 1, rmsprop)));
            effort.finished().accept(1.0 / SEEDS.count());
        }
        return tables;
    }

    private static List<Table> runs(long seed, String rmsprop) {
        FormulaObjective objective = objective(seed);
        List<Double> x0 = new ArrayList<>();
        for (int i = 0; i < DIMENSION; i++) {
            x0.add(CountedNormal.number(seed, 10_000 + i));
        }
        List<Table> tables = new ArrayList<>();
        for (String method : List.of("signgd", "rmsprop")) {
            for (double lr : RATES) {
                String rule = method.equals("signgd") ? method : rmsprop;
                Map<String, Double> values =
                        rule.equals("rmsprop") ? Map.of("lr", lr, "beta2", 0.9, "eps", 1e-8) : Map.of("lr", lr / 10);
                if (method.equals("signgd")) {
                    values = Map.of("lr", lr);
                }
                Table run = new SingleRun(
                                new Iteration(
                                        Catalogue.shipped(rule),
                                        objective,
                                        values,
                                        x0,
                                        ClosedMap.Start.ZERO,
                                        Arithmetic.DOUBLE),
                                STEPS,
                                1)
                        .run()
                        .table();
                tables.add(new Table(name(method, lr), List.of(run.column("step"), run.column("log10Loss"))));
            }
        }
        return tables;
    }

    private static String name(String method, double lr) {
        return method + "-" + lr;
    }

    @Override
    public Figure draw(Tables tables) {
        List<Panel> panels = new ArrayList<>();
        for (String method : List.of("signgd", "rmsprop")) {
            List<Mark> marks = new ArrayList<>();
            for (double lr : RATES) {
                Curve loss = Curve.of(tables, name(method, lr), "log10Loss");
                int n = (int) Math.min(STEPS, 20 / lr);
                double[] time = new double[n];
                double[] y = new double[n];
                for (int t = 0; t < n; t++) {
                    time[t] = t * lr;
                    y[t] = loss.y()[t];
                }
                marks.add(Mark.line("η = " + Numeral.of(lr), time, y));
            }
            panels.add(new Panel(
                    method.equals("signgd") ? "sign descent" : "RMSProp",
                    PanelAxis.linear("time ηt").from(0, 20),
                    PanelAxis.log10Values("loss"),
                    marks));
        }
        return new Figure("P2-fig5", "", "Loss of sign descent and RMSProp on a random quadratic", 2, panels);
    }

    private static double reached(Tables tables, String method, double lr) {
        Curve loss = Curve.of(tables, name(method, lr), "log10Loss");
        int t = 0;
        while (t < STEPS && loss.y()[t] > loss.y()[0] - 1) {
            t++;
        }
        return t * lr;
    }

    private static double level(Tables tables, String method, double lr) {
        return Curve.of(tables, name(method, lr), "log10Loss").median(STEPS - 500);
    }

    @Override
    public List<Claim> claims(Tables tables) {
        return SEEDS.judged(RandomQuadratic::ofSeed, tables);
    }

    private static List<Claim> ofSeed(Tables tables) {
        double sign = reached(tables, "signgd", 1e-3);
        double rmsprop = reached(tables, "rmsprop", 1e-3);
        double signOrder = (level(tables, "signgd", 1e-1) - level(tables, "signgd", 1e-3)) / 2;
        double rmspropOrder = (level(tables, "rmsprop", 1e-1) - level(tables, "rmsprop", 1e-3)) / 2;
        return List.of(Register.of("P2-13")
                .ran("time ηt of the first decade at η = 0.001; exponent of the level at the end in η from 0.1 to"
                        + " 0.001")
                .got("times of the first decade, relative difference", Math.abs(sign / rmsprop - 1))
                .got("exponent of the level of sign descent", signOrder)
                .got("exponent of the level of RMSProp", rmspropOrder)
                .got("exponents apart", Math.abs(rmspropOrder - signOrder))
                .claim(
                        "times within 5 %; levels fall with η alike",
                        text(
                                "times %.3f and %.3f; levels ∝ η^%.2f (sign descent), η^%.2f (RMSProp)",
                                sign, rmsprop, signOrder, rmspropOrder),
                        "Alike in the fall only: the level of RMSProp falls like η², that of sign descent more slowly,"
                                + " down to like η, by how the coordinates are coupled."));
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "gradient descent of a tenth of the learning rate in place of RMSProp: it does not stall",
                Set.of("P2-13"),
                effort -> runs(effort, "gd")));
    }
}
