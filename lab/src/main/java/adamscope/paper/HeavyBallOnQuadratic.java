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
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.report.Claim;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Paper 3, Fig. 2: EMA heavy ball on x²/2 at learning rates around 38.
record HeavyBallOnQuadratic() implements ComputedFigure {
    private static final double[] RATES = {36, 37.9, 38, 38.1, 39};

    @Override
    public Caption caption() {
        return new Caption(
                "P3-fig2",
                "Adaptive edge of stability, Fig. 2",
                "EMA heavy ball with β₁ = 0.9 on x²/2: learning rates above 38 diverge.",
                "x₀ = 1, m₀ = 0, 400 steps, η = 36, 37.9, 38, 38.1, 39.",
                Caption.SAME);
    }

    /// A run of EMA heavy ball on x²/2.
    static Table run(double lr, double beta1, int steps) {
        return new SingleRun(
                        new Iteration(
                                Catalogue.shipped("heavy-ball-ema"),
                                FormulaObjective.power(2),
                                Map.of("lr", lr, "beta1", beta1),
                                List.of(1.0),
                                ClosedMap.Start.ZERO,
                                Arithmetic.SCALED),
                        steps,
                        1)
                .run()
                .table();
    }

    @Override
    public List<Table> measure(Effort effort) {
        return runs(0.9);
    }

    private static List<Table> runs(double beta1) {
        List<Table> tables = new ArrayList<>();
        for (double lr : RATES) {
            tables.add(new Table("lr-" + lr, run(lr, beta1, 400).columns()));
        }
        return tables;
    }

    @Override
    public Figure draw(Tables tables) {
        List<Mark> marks = new ArrayList<>();
        for (double lr : RATES) {
            marks.add(Curve.of(tables, "lr-" + lr, "log10Abs[x]").line("η = " + Numeral.of(lr)));
        }
        return Figure.of(
                "P3-fig2",
                "|x| of EMA heavy ball on x²/2",
                new Panel(
                        "",
                        PanelAxis.linear("step t"),
                        PanelAxis.log10Values("|x|").from(-15, 50),
                        marks));
    }

    @Override
    public List<Claim> claims(Tables tables) {
        double below = Curve.of(tables, "lr-37.9", "log10Abs[x]").last();
        double at = Math.pow(10, Curve.of(tables, "lr-38.0", "log10Abs[x]").last());
        double above = Curve.of(tables, "lr-38.1", "log10Abs[x]").last();
        return List.of(Register.of("P3-03")
                .ran("|x| after 400 steps at η = 37.9, 38, 38.1")
                .got("log₁₀|x| at 37.9", below)
                .got("|x| at 38 off 19, relative", Math.abs(at / 19 - 1))
                .got("log₁₀|x| at 38.1", above)
                .claim("falls below, stays at 19, grows above", text("1e%.2f, %.3f, 1e%.2f", below, at, above)));
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control("β₁ = 0.95, whose threshold is 78", Set.of("P3-03"), _ -> runs(0.95)));
    }
}
