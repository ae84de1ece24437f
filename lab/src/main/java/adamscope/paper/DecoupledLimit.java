package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.Iteration;
import adamscope.dynamics.Outcome;
import adamscope.dynamics.SingleRun;
import adamscope.dynamics.Trajectory;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.report.Claim;
import adamscope.stability.EpsilonFloor;
import adamscope.stability.HenonReduction;
import adamscope.stability.PowerLawTheory;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Paper 1, section 3.2 and what follows from the decoupled limit: ε, bias correction, spike depth, range of double.
record DecoupledLimit() implements ComputedFigure {
    private static final double[] BETA2 = {0.8995, 0.899, 0.898, 0.897, 0.896, 0.895};
    private static final int[] DEGREES = {6, 8};
    private static final double[] EXCESS = {0.002, 0.004};
    private static final double EPS = 1e-8;

    @Override
    public Caption caption() {
        return new Caption(
                "P1-simplifications",
                "Degenerate polynomials, section 3.2; beyond the papers",
                "The paper drops ε and bias correction and reads the end of double as convergence. Here: what ε > 0"
                        + " does at depth, what bias correction changes, how deep spikes reach, where double cannot"
                        + " follow.",
                "x⁴/4, η = 10⁻³, x₀ = 1: (0.9, 0.93) with ε = 10⁻⁸ and with bias correction from m = v = 0; β₁ = 0.9,"
                        + " β₂ = 0.895 to 0.8995, 40,000 steps, and k = 6, 8; (0.9, 0.8985) in double and in scaled"
                        + " arithmetic.",
                Caption.SAME);
    }

    @Override
    public List<Table> measure(Effort effort) {
        return measure(effort, 0, EPS, 0);
    }

    /// @param lower   by how much β₂ is lower than it is called, near the border of regimes I and II
    /// @param eps     of the run with ε
    /// @param correct ε of the run with bias correction
    private static List<Table> measure(Effort effort, double lower, double eps, double correct) {
        List<Table> tables = new ArrayList<>();
        SingleNumbers measured = new SingleNumbers();
        for (double beta2 : BETA2) {
            Table run = AdamRun.usual(4, 0.9, beta2 - lower).run(40_000, 1).table();
            double[] loss = run.numbers("log10Loss");
            measured.put("depth " + beta2, firstDepth(loss, 4));
            effort.finished().accept(0.1);
        }
        for (int k : DEGREES) {
            for (double excess : EXCESS) {
                double beta2 = Math.pow(0.9 / (1 + excess), 2 * (k - 2.0) / k);
                double[] loss =
                        AdamRun.usual(k, 0.9, beta2).run(40_000, 1).table().numbers("log10Loss");
                measured.put("depth k=" + k + ", J-1=" + excess, firstDepth(loss, k));
            }
            effort.finished().accept(0.1);
        }
        tables.add(new Table(
                "eps",
                adam("adam-uncorrected", eps, ClosedMap.Start.GRADIENT, 30_000)
                        .table()
                        .columns()));
        tables.add(new Table(
                "no-eps",
                adam("adam-uncorrected", 0, ClosedMap.Start.GRADIENT, 3000)
                        .table()
                        .columns()));
        tables.add(new Table(
                "corrected",
                adam("adam", correct, ClosedMap.Start.ZERO, 3000).table().columns()));
        Trajectory direct = AdamRun.usual(4, 0.9, 0.8985 - lower).run(40_000, 10, Arithmetic.DOUBLE);
        tables.add(new Table("double", direct.table().columns()));
        measured.put(
                "double left its range at", direct.outcome() instanceof Outcome.LeftRange(long at, var _) ? at : -1);
        tables.add(AdamRun.usual(4, 0.9, 0.8985 - lower).table("scaled", 40_000, 10));
        tables.add(measured.table());
        return tables;
    }

    private static Trajectory adam(String rule, double eps, ClosedMap.Start start, int steps) {
        return new SingleRun(
                        new Iteration(
                                Catalogue.shipped(rule),
                                FormulaObjective.power(4),
                                Map.of("lr", 1e-3, "beta1", 0.9, "beta2", 0.93, "eps", eps),
                                List.of(1.0),
                                start,
                                Arithmetic.SCALED),
                        steps,
                        1)
                .run();
    }

    /// The lowest maximum over 50 steps before the loss first comes back to a thousandth of L(η/2).
    private static double firstDepth(double[] log10Loss, int degree) {
        double level = AdamRun.usual(degree, 0.9, 0.9).log10SignLevel() - 3;
        double lowest = 0;
        for (int from = 0; from + 50 <= log10Loss.length; from += 50) {
            double highest = Double.NEGATIVE_INFINITY;
            for (int t = from; t < from + 50; t++) {
                highest = Math.max(highest, log10Loss[t]);
            }
            if (lowest < level - 6 && highest > level) {
                return lowest;
            }
            lowest = Math.min(lowest, highest);
        }
        return lowest;
    }

    @Override
    public Figure draw(Tables tables) {
        double[] distance = new double[BETA2.length];
        double[] depth = new double[BETA2.length];
        double[] law = new double[BETA2.length];
        for (int i = 0; i < BETA2.length; i++) {
            HenonReduction henon = new HenonReduction(new PowerLawTheory(4, 0.9, BETA2[i]));
            distance[i] = henon.jacobian() - 1;
            depth[i] = -tables.value("depth " + BETA2[i]);
            law[i] = -henon.spikeDepth();
        }
        EpsilonFloor floor = floor();
        return new Figure(
                "P1-simplifications",
                "",
                "Effect of ε on |x|, spike depth over J − 1, double against scaled arithmetic",
                3,
                List.of(
                        Panel.of(
                                "ε = 1e-8",
                                PanelAxis.linear("step t").from(0, 6000),
                                PanelAxis.log10Values("|x|").from(-12, 0.5),
                                Curve.of(tables, "eps", "log10Abs[x]").line("ε = 1e-8"),
                                Curve.of(tables, "no-eps", "log10Abs[x]").line("ε = 0"),
                                new Mark.HorizontalReference("√(λ*ε)", Math.log10(floor.x()))),
                        Panel.of(
                                "spike depth, β₁ = 0.9",
                                PanelAxis.log10("J − 1"),
                                PanelAxis.log10("decades"),
                                Mark.points("runs", distance, depth),
                                Mark.line("0.55/(J − 1)", distance, law)),
                        Panel.of(
                                "(0.9, 0.8985)",
                                PanelAxis.linear("step t"),
                                PanelAxis.log10Values("loss"),
                                Curve.of(tables, "scaled", "log10Loss").line("scaled"),
                                Curve.of(tables, "double", "log10Loss").line("double, until it leaves its range"))));
    }

    private static EpsilonFloor floor() {
        return new EpsilonFloor(new PowerLawTheory(4, 0.9, 0.93), 1e-3, EPS);
    }

    @Override
    public List<Claim> claims(Tables tables) {
        return List.of(simplifications(tables), depth(tables), range(tables));
    }

    private static Claim simplifications(Tables tables) {
        Curve v = Curve.of(tables, "eps", "log10Coupling").plus(2, Curve.of(tables, "eps", "log10Gradient"));
        int at = 0;
        while (at + 1 < v.y().length && v.y()[at] > 2 * Math.log10(EPS)) {
            at++;
        }
        double x = Math.pow(10, tables.numbers("eps", "log10Abs[x]")[at]);
        double predicted = floor().x();
        double without = Curve.of(tables, "no-eps", "log10Loss").at(2500);
        double corrected = Curve.of(tables, "corrected", "log10Loss").at(2500);
        double late = Math.pow(10, Curve.of(tables, "eps", "log10Abs[x]").last());
        return Register.of("P1-60")
                .ran("(0.9, 0.93): loss at step 2500 with and without bias correction; |x| where √v = ε = 1e-8")
                .got("decades between the losses with and without correction", Math.abs(corrected - without))
                .got("|x| where √v = ε, relative distance from theory", Math.abs(x / predicted - 1))
                .got("|x| after 30,000 steps with ε", late)
                .claim(
                        text("equal losses; with ε the linear phase ends at |x| = %.3g", predicted),
                        text(
                                "1e%.2f and 1e%.2f; |x| = %.3g, after 30,000 steps still %.3g",
                                corrected, without, x, late),
                        "Bias correction is; ε is not: after that point the method is momentum with a power law.");
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "β₂ lower by 0.1: regime III, in which nothing is deep; ε = 10⁻⁵, with bias correction too",
                Set.of("P1-60", "P1-62", "P1-63"),
                effort -> measure(effort, 0.1, 1e-5, 1e-5)));
    }

    private static Claim depth(Tables tables) {
        List<String> shown = new ArrayList<>();
        double off = 0;
        for (double beta2 : BETA2) {
            double product = tables.value("depth " + beta2) * (new PowerLawTheory(4, 0.9, beta2).det() - 1);
            shown.add(text("%.3f", product));
            off = Math.max(off, Math.abs(product / -0.55 - 1));
        }
        List<String> others = new ArrayList<>();
        double offFit = 0;
        for (int k : DEGREES) {
            for (double excess : EXCESS) {
                double beta2 = Math.pow(0.9 / (1 + excess), 2 * (k - 2.0) / k);
                double depth = tables.value("depth k=" + k + ", J-1=" + excess);
                double law = new HenonReduction(new PowerLawTheory(k, 0.9, beta2)).spikeDepth();
                others.add(text("k = %d: %.3f", k, depth * excess));
                offFit = Math.max(offFit, Math.abs(depth / law - 1));
            }
        }
        return Register.of("P1-62")
                .ran("β₁ = 0.9; k = 4, β₂ = 0.8995 to 0.895; k = 6 and 8, J − 1 = 0.002 and 0.004; log₁₀ of the"
                        + " deepest sustained loss times (J − 1)")
                .got("k = 4, off −0.55, relative", off)
                .got("k = 6 and 8, off the fit, relative", offFit)
                .claim(
                        "−0.55 for k = 4; C·log₁₀β₁ with C = 4.1 − (13.6/k)·ln(1−β₁) for others",
                        String.join(", ", shown) + "; " + String.join(", ", others),
                        "The product does not depend on J; on k and β₁ it does: next to the border the loss falls by"
                                + " log₁₀β₁ a step, and an orbit escapes after C/(J − 1) steps.");
    }

    private static Claim range(Tables tables) {
        double left = tables.value("double left its range at");
        Curve direct = Curve.of(tables, "double", "log10Loss");
        Curve scaled = Curve.of(tables, "scaled", "log10Loss");
        double lowest = scaled.y()[scaled.lowest()];
        double after = scaled.max(scaled.x()[scaled.lowest()], 40_000);
        return Register.of("P1-63")
                .ran("(0.9, 0.8985), regime II, 40,000 steps in both arithmetics")
                .got("step at which double leaves its range", left)
                .got("decades of the rise afterwards, scaled", after - lowest)
                .claim(
                        "the run in double falls to its floor, and stays there",
                        text(
                                "double: 1e%.0f when v leaves its range at step %.0f; scaled: down to 1e%.0f, then"
                                        + " back to 1e%.1f",
                                direct.last(), left, lowest, after),
                        "Double cannot follow the fall to the spike. Here such a run ends with the outcome left-range"
                                + " instead of a false convergence.");
    }
}
