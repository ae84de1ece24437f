package adamscope.paper;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.Simulation;
import adamscope.figure.Axis;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Numeral;
import adamscope.figure.Panel;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.report.Claim;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
    static Table run(double lr, int steps) {
        return new Simulation(
                        Catalogue.shipped("heavy-ball-ema"),
                        FormulaObjective.power(2),
                        Map.of("lr", lr, "beta1", 0.9),
                        List.of(1.0),
                        ClosedMap.Start.ZERO,
                        Arithmetic.SCALED,
                        steps,
                        1)
                .run()
                .table();
    }

    @Override
    public List<Table> measure(Effort effort) {
        List<Table> tables = new ArrayList<>();
        for (double lr : RATES) {
            tables.add(new Table("lr-" + lr, run(lr, 400).columns()));
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
                new Panel("", Axis.linear("step t"), Axis.log10Values("|x|").from(-15, 50), marks));
    }

    @Override
    public List<Claim> claims(Tables tables) {
        double below = Curve.of(tables, "lr-37.9", "log10Abs[x]").last();
        double at = Math.pow(10, Curve.of(tables, "lr-38.0", "log10Abs[x]").last());
        double above = Curve.of(tables, "lr-38.1", "log10Abs[x]").last();
        return List.of(new Statement(
                        "P3-03",
                        "Adaptive edge of stability, Fig. 2",
                        "EMA heavy ball on x²/2 diverges above η = 38",
                        "|x| after 400 steps at η = 37.9, 38, 38.1")
                .judged(
                        "about 1e-8, 19, 7e11",
                        "half a decade outside, 1 % at 38",
                        Statement.format("1e%.2f, %.3f, 1e%.2f", below, at, above),
                        Math.abs(below + 8) < 0.7 && Math.abs(at / 19 - 1) < 0.01 && Math.abs(above - 11.85) < 0.5,
                        ""));
    }
}
