package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.optimizer.Catalogue;
import adamscope.report.Claim;
import adamscope.stability.FixedPointGrid;
import adamscope.stability.OrbitDiagram;
import adamscope.stability.PowerLaw;
import adamscope.stability.ReducedSystem;
import adamscope.stability.SmoothMap;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Paper 1, Fig. 13: how stability is lost at small and at large β₁.
record CornerRuns() implements ComputedFigure {
    private static final double LOW = 0.002;
    private static final double HIGH = 0.5;
    private static final double[] BETA2 = {0.07, 0.018, 0.0165, 0.01};
    private static final double[] DISTANCES = {1e-3, 5e-3, 1e-2};
    private static final int STEPS = 4000;
    private static final int KEPT = 40;

    @Override
    public Caption caption() {
        return new Caption(
                "P1-fig13",
                "Degenerate polynomials, Fig. 13 and appendix D",
                "(a) Smooth linear convergence, (b) convergence through period doubling and chaos, (c) transient"
                        + " convergence, then a spike or oscillation; the limit set of the effective sharpness p = ηωλ"
                        + " over β₂: (d) period doublings at small β₁, (e) a direct escape at large β₁.",
                "x⁴/4, η = 10⁻³, x₀ = 1, ε = 0; β₁ = 0.002, β₂ = 0.07, 0.018, 0.0165 and 0.01, 4,000 steps; limit sets"
                        + " of the system derived from the rule at β₁ = 0.002 and 0.5, 400 values of β₂, 3,000 steps of"
                        + " transient. The paper's values are not in the text at hand.",
                "100,000 steps of transient.");
    }

    @Override
    public List<Table> measure(Effort effort) {
        List<Table> tables = new ArrayList<>();
        for (double beta2 : BETA2) {
            tables.add(AdamRun.usual(4, LOW, beta2).table("run-" + beta2, STEPS, 1));
            effort.finished().accept(0.1);
        }
        tables.add(orbits(0, 1 / 81.0 + 1e-6, 1));
        int transientSteps = effort.size(3000, 100_000);
        tables.add(limitSet("low", LOW, Plane.spread(0.012, 0.09, 400), transientSteps));
        tables.add(limitSet("high", HIGH, Plane.spread(0.49, 0.52, 400), transientSteps));
        return tables;
    }

    /// Orbits of the map.
    ///
    /// @param beta1  of the periods
    /// @param crisis β₂ next to which the largest p is looked for
    /// @param side   1: β₂ beyond the border of stability; −1: before it
    private static Table orbits(double beta1, double crisis, int side) {
        SingleNumbers measured = new SingleNumbers();
        for (double beta2 : new double[] {0.06, 0.0385, 0.036}) {
            measured.put("period at " + beta2, period(orbit(beta1, beta2, 6000, 6000)));
        }
        measured.put("largest p at the crisis", largest(orbit(0, crisis, 20_000, 20_000)));
        for (double distance : DISTANCES) {
            int[] left = leaving(HIGH, HIGH * (1 - side * distance));
            measured.put("first p>2 at " + distance, left[0]);
            measured.put("escape at " + distance, left[1]);
        }
        return measured.table();
    }

    /// Adam without bias correction on x⁴/4 in variables without scale, its decays free; observed: p = ηωλ.
    private static ReducedSystem system() {
        return ReducedSystem.of(Catalogue.shipped("adam-uncorrected"), Map.of("lr", 1.0, "eps", 0.0), PowerLaw.of(4));
    }

    private static SmoothMap map() {
        Map<String, Double> values = Map.of("lr", 1.0, "eps", 0.0, ReducedSystem.DEGREE, 4.0);
        return SmoothMap.of(system().limit(), values, ReducedSystem.RELATIVE_STEP);
    }

    /// Largest multiplier at the fixed point.
    static double radius(double beta1, double beta2) {
        return grid(beta1, beta2).radius()[0];
    }

    private static FixedPointGrid grid(double beta1, double beta2) {
        Map<String, Double> values = Map.of("lr", 1.0, "eps", 0.0, ReducedSystem.DEGREE, 4.0);
        return FixedPointGrid.of(
                system(), values, Map.of("beta1", new double[] {beta1}, "beta2", new double[] {beta2}));
    }

    /// A point near the fixed point, `w` 1 % above it.
    private static double[] start(double beta1, double beta2) {
        FixedPointGrid point = grid(beta1, beta2);
        List<String> components = map().components();
        double[] start = new double[components.size()];
        Arrays.setAll(start, i -> point.state()[i][0] * (components.get(i).equals(ReducedSystem.STEP) ? 1.01 : 1));
        return start;
    }

    private static OrbitDiagram diagram(double beta1, double[] beta2, double[] start, OrbitDiagram.Length length) {
        return OrbitDiagram.of(map(), Map.of("beta1", beta1), "beta2", beta2, start, length);
    }

    /// p of the last `kept` of so many steps from near the fixed point.
    private static double[] orbit(double beta1, double beta2, int steps, int kept) {
        return diagram(
                        beta1,
                        new double[] {beta2},
                        start(beta1, beta2),
                        new OrbitDiagram.Length(steps - kept, kept, kept))
                .limitSet()[0];
    }

    /// First step with p > 2, and the step of escape, from near the fixed point.
    private static int[] leaving(double beta1, double beta2) {
        double[] start = start(beta1, beta2);
        int escape = diagram(beta1, new double[] {beta2}, start, new OrbitDiagram.Length(0, 20_000, 1))
                .escapedAt()[0];
        int bounded = escape < 0 ? 20_000 : escape - 1;
        double[] orbit = diagram(beta1, new double[] {beta2}, start, new OrbitDiagram.Length(0, bounded, bounded))
                .limitSet()[0];
        int first = 0;
        while (first < orbit.length && !(orbit[first] > 2)) {
            first++;
        }
        return new int[] {first, escape};
    }

    private static Table limitSet(String name, double beta1, double[] beta2, int transientSteps) {
        double[][] sets = diagram(
                        beta1,
                        beta2,
                        start(beta1, beta2[beta2.length - 1]),
                        new OrbitDiagram.Length(transientSteps, KEPT, KEPT))
                .limitSet();
        double[] x = new double[beta2.length * KEPT];
        for (int i = 0; i < beta2.length; i++) {
            Arrays.fill(x, i * KEPT, (i + 1) * KEPT, beta2[i]);
        }
        double[] y = Arrays.stream(sets).flatMapToDouble(Arrays::stream).toArray();
        return new Table("limit-" + name, List.of(new Column.Numbers("beta2", "", x), new Column.Numbers("p", "", y)));
    }

    /// The smallest of 1, 2, 4, … 32 that the last 64 points repeat with, to 1e-7; 0 for none.
    private static int period(double[] orbit) {
        for (int period = 1; period <= 32; period *= 2) {
            boolean repeats = true;
            for (int i = orbit.length - 64 + period; i < orbit.length; i++) {
                repeats &= Math.abs(orbit[i] - orbit[i - period]) < 1e-7;
            }
            if (repeats) {
                return period;
            }
        }
        return 0;
    }

    private static double largest(double[] orbit) {
        return Arrays.stream(orbit).skip(1000).max().orElse(Double.NaN);
    }

    @Override
    public Figure draw(Tables tables) {
        List<Panel> panels = new ArrayList<>();
        String[] titles = {"(a) β₂ = 0.07", "(b) β₂ = 0.018", "(c) β₂ = 0.0165", "(c) β₂ = 0.01"};
        for (int i = 0; i < BETA2.length; i++) {
            panels.add(Panel.of(
                    titles[i],
                    PanelAxis.linear("step t").from(950, i < 2 ? 1250 : 2500),
                    PanelAxis.log10Values("loss").from(i < 2 ? -500 : -300, 1),
                    Curve.of(tables, "run-" + BETA2[i], "log10Loss").line("loss")));
        }
        panels.add(limit(tables, "low", "(d) β₁ = 0.002", 0.0875));
        panels.add(limit(tables, "high", "(e) β₁ = 0.5", 0.5));
        return new Figure("P1-fig13", "", "Runs in the corner and limit sets of p = ηωλ over β₂", 2, panels);
    }

    private static Panel limit(Tables tables, String name, String title, double border) {
        List<Mark> marks = new ArrayList<>();
        marks.add(Mark.points("", tables.numbers("limit-" + name, "beta2"), tables.numbers("limit-" + name, "p")));
        if (name.equals("high")) {
            marks.add(new Mark.VerticalReference("β₁ = β₂", border));
        }
        return new Panel(
                title,
                PanelAxis.linear("β₂"),
                PanelAxis.linear("p = ηωλ").from(name.equals("low") ? -1 : 0, name.equals("low") ? 4 : 0.6),
                marks);
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "runs with β₂ = 0.018, 0.0165, 0.07 and 0.07 in place of those stated; orbits at β₁ = 0.02, where"
                        + " nothing doubles, and before the border, from which nothing escapes",
                Set.of("P1-49", "P1-50", "P1-51", "P1-52", "P1-53"),
                _ -> {
                    double[] other = {0.018, 0.0165, 0.07, 0.07};
                    List<Table> tables = new ArrayList<>(List.of(orbits(0.02, 1 / 81.0 + 1e-6, -1)));
                    for (int i = 0; i < BETA2.length; i++) {
                        tables.add(AdamRun.usual(4, LOW, other[i]).table("run-" + BETA2[i], STEPS, 1));
                    }
                    return tables;
                }));
    }

    @Override
    public List<Claim> claims(Tables tables) {
        return List.of(smooth(tables), chaotic(tables), escapes(tables), doublings(tables), direct(tables));
    }

    private static int rises(Tables tables, double beta2) {
        double[] loss = tables.numbers("run-" + beta2, "log10Loss");
        int rises = 0;
        for (int t = 1500; t + 1 < loss.length; t++) {
            rises += loss[t + 1] > loss[t] ? 1 : 0;
        }
        return rises;
    }

    private static double rate(Tables tables, double beta2) {
        double slope = Curve.of(tables, "run-" + beta2, "log10Abs[x]").slope(1500, STEPS - 1) * Math.log(10);
        return slope / Math.log(AdamRun.usual(4, LOW, beta2).theory().rho());
    }

    private static Claim smooth(Tables tables) {
        int rises = rises(tables, 0.07);
        return Register.of("P1-49")
                .ran("(0.002, 0.07), steps 1500 to 4000")
                .got("rises of the loss", rises)
                .claim("0 rises of the loss", rises + " rises", "");
    }

    private static Claim chaotic(Tables tables) {
        double rate = rate(tables, 0.018);
        int rises = rises(tables, 0.018);
        return Register.of("P1-50")
                .ran("(0.002, 0.018), steps 1500 to 4000; mean rate over that of theory")
                .got("rate over that of theory", rate)
                .got("rises of the loss", rises)
                .claim("1, with rises of the loss", text("%.4f, %d rises", rate, rises), "");
    }

    private static Claim escapes(Tables tables) {
        Curve passing = Curve.of(tables, "run-0.0165", "log10Loss");
        double lowest = passing.sustainedMinimum(20);
        double end = passing.max(STEPS - 500, STEPS);
        double cycle = Curve.of(tables, "run-0.01", "log10Loss").median(STEPS - 500);
        return Register.of("P1-51")
                .ran("β₁ = 0.002; lowest: maximum over 20 steps; levels over the last 500")
                .got("lowest log₁₀ loss at 0.0165", lowest)
                .got("largest log₁₀ loss in the end at 0.0165", end)
                .got("median log₁₀ loss at 0.01", cycle)
                .claim(
                        "a fall, then back to the level of oscillation, about 1e-13.8",
                        text("0.0165: down to 1e%.0f, in the end 1e%.1f; 0.01: 1e%.1f", lowest, end, cycle),
                        "");
    }

    private static Claim doublings(Tables tables) {
        int[] periods = {
            (int) tables.value("period at 0.06"),
            (int) tables.value("period at 0.0385"),
            (int) tables.value("period at 0.036")
        };
        double largest = tables.value("largest p at the crisis");
        double beyond = Arrays.stream(tables.numbers("run-0.018", "relativeStep"))
                .skip(1500)
                .filter(p -> !Double.isNaN(p))
                .max()
                .orElse(Double.NaN);
        return Register.of("P1-52")
                .ran("β₁ = 0, β₂ = 0.06, 0.0385, 0.036 and just above the crisis 1/81; β₁ = 0.002, β₂ = 0.018")
                .got("periods are 2, 4, 8", Arrays.equals(periods, new int[] {2, 4, 8}))
                .got("largest p at β₁ = 0", largest)
                .got("largest p at β₁ = 0.002", beyond)
                .claim(
                        "periods 2, 4, 8; p below 2",
                        text(
                                "periods %s; β₁ = 0: p up to %.3f; β₁ = 0.002: p up to %.1f in a run that converges",
                                Arrays.toString(periods), largest, beyond),
                        "p < 2 is enough for convergence, but not necessary: with momentum bounded orbits pass it.");
    }

    private static Claim direct(Tables tables) {
        List<String> shown = new ArrayList<>();
        double shortest = Double.POSITIVE_INFINITY;
        double longest = 0;
        for (double d : DISTANCES) {
            double escape = tables.value("escape at " + d);
            shown.add(text("%.0f/%.0f", tables.value("first p>2 at " + d), escape));
            shortest = Math.min(shortest, escape * d);
            longest = Math.max(longest, escape * d);
        }
        return Register.of("P1-53")
                .ran("decoupled map, β₁ = 0.5, β₂ = 0.5·(1 − d), d = 1e-3, 5e-3, 1e-2; first p > 2 / escape")
                .got("shortest time times d", shortest)
                .got("longest time times d", longest)
                .claim(
                        "escape after a time ∝ 1/d, 13309 at d = 1e-3",
                        String.join(", ", shown),
                        "There is no attractor beyond the border: areas grow by J > 1 at every step.");
    }
}
