package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.report.Claim;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Paper 1, Fig. 14: more runs of regime II.
record MoreRegimeRuns() implements ComputedFigure {
    private static final List<AdamRun> RUNS =
            List.of(AdamRun.usual(4, 0.94, 0.93), AdamRun.usual(4, 0.5, 0.45), AdamRun.usual(6, 0.9, 0.86));
    private static final int STEPS = 6000;
    private static final int WINDOW = 20;

    @Override
    public Caption caption() {
        return new Caption(
                "P1-fig14",
                "Degenerate polynomials, Fig. 14",
                "More examples of the regimes: the loss converges for a while, then spikes; the state stays around the"
                        + " fixed point before it escapes.",
                "k = 4 at (0.94, 0.93) and (0.5, 0.45), k = 6 at (0.9, 0.86); η = 10⁻³, x₀ = 1, ε = 0, 6,000 steps. The"
                        + " paper's values are not in the text at hand.",
                Caption.SAME);
    }

    private static String name(AdamRun run) {
        return "k" + run.degree() + "-" + run.beta1() + "-" + run.beta2();
    }

    @Override
    public Cost cost() {
        return Cost.theory(34);
    }

    @Override
    public List<Table> measure(Effort effort) {
        List<Table> tables = new ArrayList<>();
        for (AdamRun run : RUNS) {
            tables.add(run.table(name(run), STEPS, 1));
            effort.finished().accept(1.0 / 3);
        }
        return tables;
    }

    @Override
    public Figure draw(Tables tables) {
        List<Panel> panels = new ArrayList<>();
        for (AdamRun run : RUNS) {
            panels.add(Panel.of(
                    "k = " + run.degree() + ", (" + run.beta1() + ", " + run.beta2() + ")",
                    PanelAxis.linear("step t"),
                    PanelAxis.log10Values("loss"),
                    Curve.of(tables, name(run), "log10Loss").line("loss"),
                    new Mark.HorizontalReference("L(η/2)", run.log10SignLevel())));
        }
        for (AdamRun run : RUNS) {
            panels.add(Panel.of(
                    "",
                    PanelAxis.linear("step t"),
                    PanelAxis.log10Values("λ = |x|^(k−2)/√v"),
                    DegenerateRates.curvature(tables, name(run), run.degree()).line("λ"),
                    new Mark.HorizontalReference("λ*", Math.log10(run.theory().w() / run.lr()))));
        }
        return new Figure("P1-fig14", "", "Loss and effective curvature of three runs of regime II", 3, panels);
    }

    @Override
    public List<Claim> claims(Tables tables) {
        List<Claim> claims = new ArrayList<>();
        for (AdamRun run : RUNS) {
            Curve loss = Curve.of(tables, name(run), "log10Loss");
            double level = run.log10SignLevel();
            double crossing = loss.min(0, 3000);
            double lowest = loss.before(3000).sustainedMinimum(WINDOW);
            double after = loss.max(loss.x()[loss.lowest()], STEPS);
            claims.add(Register.of("P1-54")
                    .ran("k = " + run.degree() + ", (" + run.beta1() + ", " + run.beta2() + "), regime "
                            + run.theory().regime())
                    .got("decades below L(η/2), sustained", level - lowest)
                    .got("decades of the rebound from L(η/2)", Math.abs(after - level))
                    .claim(
                            text("below 1e%.1f for %d steps together, then back to 1e%.1f", level - 10, WINDOW, level),
                            text(
                                    "sustained 1e%.1f (one step at a zero of x: 1e%.0f), back to 1e%.1f",
                                    lowest, crossing, after),
                            "A single low step is a zero crossing of x, which runs of regime III have too."));
        }
        return claims;
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "the same three with β₂ so low that the fixed point does not exist (regime III)",
                Set.of("P1-54"),
                effort -> RUNS.stream()
                        .map(run -> AdamRun.usual(run.degree(), run.beta1(), 0.5 * run.beta2())
                                .table(name(run), STEPS, 1))
                        .toList()));
    }
}
