package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.optimizer.Catalogue;
import adamscope.report.Claim;
import adamscope.stability.ExponentialRateMap;
import adamscope.stability.FixedPoint;
import adamscope.stability.OrbitDiagram;
import adamscope.stability.PeriodicOrbits;
import adamscope.stability.PowerLaw;
import adamscope.stability.ReducedSystem;
import adamscope.stability.SmoothMap;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Paper 1, Fig. 4: the limit set of the map of Eq. 18 over the growth of the learning rate.
/// @param above by how much k of the runs is above that of the statements; 0 but in the control
record PeriodDoublings(int above) implements ComputedFigure {
    private static final String GAMMA = "factor";
    private static final double[] DEGREES = {4, 6, 8, 10, 12};
    private static final int VALUES = 700;
    private static final int AVERAGED = 5000;
    private static final int POINTS = 60;
    private static final double LAST = 9.2;

    @Override
    public Caption caption() {
        return new Caption(
                "P1-fig4",
                "Degenerate polynomials, Fig. 4, Eq. 18 and Proposition 5.6",
                "The limit set of u ← γu(1−u)^(k−2) over γ: a fixed point, period doublings, chaos, and a sudden"
                        + " escape; x keeps converging all the time before that.",
                "k = 4 (not in the text at hand), the system derived from the rule, 700 values of γ, 2,000 steps of"
                        + " transient, 60 points kept; Lyapunov exponent over 5,000 steps.",
                "200,000 steps of transient.");
    }

    /// Gradient descent with a rate that grows by `factor` a step, in its variable without scale, u ← γu(1−u)^(k−2);
    /// observed: u, before the step.
    private static SmoothMap map(double degree) {
        PowerLaw law = PowerLaw.of(degree);
        ReducedSystem system = ReducedSystem.of(Catalogue.shipped("gd-exponential"), Map.of("lr", 1.0), law);
        return SmoothMap.of(system.limit(), Map.of("lr", 1.0, ReducedSystem.DEGREE, degree), ReducedSystem.STEP);
    }

    private OrbitDiagram orbits(double[] gammas, int discarded, int steps, int kept) {
        return OrbitDiagram.of(
                map(4 + above),
                Map.of(),
                GAMMA,
                gammas,
                new double[] {0.3},
                new OrbitDiagram.Length(discarded, steps, kept));
    }

    @Override
    public List<Table> measure(Effort effort) {
        double[] gammas = Plane.spread(1.5, LAST, VALUES);
        OrbitDiagram diagram = orbits(gammas, effort.size(2000, 200_000), AVERAGED, AVERAGED);
        effort.finished().accept(0.6);
        double[] gamma = new double[VALUES * POINTS];
        double[] u = new double[VALUES * POINTS];
        double[] rates = new double[VALUES];
        for (int i = 0; i < VALUES; i++) {
            double[] orbit = diagram.limitSet()[i];
            Arrays.fill(gamma, i * POINTS, (i + 1) * POINTS, gammas[i]);
            System.arraycopy(orbit, 0, u, i * POINTS, POINTS);
            rates[i] = Arrays.stream(orbit).map(w -> Math.log(Math.abs(1 - w))).sum() / AVERAGED;
        }
        return List.of(
                new Table("orbits", List.of(new Column.Numbers("gamma", "", gamma), new Column.Numbers("u", "", u))),
                new Table(
                        "exponents",
                        List.of(
                                new Column.Numbers("gamma", "", gammas),
                                new Column.Numbers("lyapunov", "per step", diagram.exponent()),
                                new Column.Numbers("rate", "per step", rates))),
                measured());
    }

    private Table measured() {
        SingleNumbers measured = new SingleNumbers();
        double[][] brackets = {{3.9, 4.1}, {4.9, 5.1}, {5.22, 5.25}, {5.28, 5.29}};
        for (int doubling = 0; doubling < 4; doubling++) {
            measured.put("doubling " + doubling, doubling(1 << doubling, brackets[doubling]));
        }
        for (double k : DEGREES) {
            measured.put("multiplier error, k=" + k, multiplierError(k));
        }
        OrbitDiagram edge = orbits(new double[] {9, 9.001}, 0, 200_000, 1);
        measured.put("escape at 9.000", edge.escapedAt()[0]);
        measured.put("escape at 9.001", edge.escapedAt()[1]);
        return measured.put(
                        "Lyapunov exponent at 9",
                        orbits(new double[] {9}, 1000, 2_000_000, 1).exponent()[0])
                .table();
    }

    /// Largest difference between the multiplier derived from the rule and the closed form, γ = 1.2 to 6.
    private double multiplierError(double degree) {
        double worst = 0;
        for (double gamma = 1.2; gamma < 6; gamma += 0.37) {
            ExponentialRateMap closed = new ExponentialRateMap(degree, gamma);
            List<FixedPoint> found = PeriodicOrbits.fixedPoints(
                    map(degree + above), Map.of(GAMMA, gamma), List.of(new double[] {1.01 * closed.fixedPoint()}));
            double nearest = found.stream()
                    .filter(point -> Math.abs(point.state()[0] - closed.fixedPoint()) < 1e-9)
                    .mapToDouble(point -> point.multipliers().realParts()[0] - closed.multiplier())
                    .map(Math::abs)
                    .min()
                    .orElse(Double.NaN);
            worst = Double.isNaN(nearest) ? nearest : Math.max(worst, nearest);
        }
        return worst;
    }

    /// γ in the bracket above which no orbit of that period is stable.
    private double doubling(int period, double[] bracket) {
        double low = bracket[0];
        double high = bracket[1];
        for (int i = 0; i < 40; i++) {
            double middle = 0.5 * (low + high);
            double[] settled = {orbits(new double[] {middle}, 4000, 1, 1).limitSet()[0][0]};
            boolean stable =
                    PeriodicOrbits.of(
                                    map(4 + above), Map.of(GAMMA, middle), period, List.of(settled, new double[] {0.3}))
                            .stream()
                            .anyMatch(orbit -> orbit.multipliers().stable());
            low = stable ? middle : low;
            high = stable ? high : middle;
        }
        return high;
    }

    @Override
    public Figure draw(Tables tables) {
        double[] gamma = tables.numbers("exponents", "gamma");
        PanelAxis axis = PanelAxis.linear("γ").from(1.5, LAST);
        return new Figure(
                "P1-fig4",
                "",
                "Limit set and Lyapunov exponent of u ← γu(1−u)² over γ",
                1,
                List.of(
                        Panel.of(
                                "limit set",
                                axis,
                                PanelAxis.linear("u").from(0, 1.4),
                                Mark.points("", tables.numbers("orbits", "gamma"), tables.numbers("orbits", "u")),
                                new Mark.VerticalReference("escape, γ = 9", 9)),
                        Panel.of(
                                "exponents",
                                axis,
                                PanelAxis.linear("per step").from(-2.5, 1.5),
                                Mark.line("Lyapunov exponent", gamma, tables.numbers("exponents", "lyapunov")),
                                Mark.line("mean ln|x(t+1)/x(t)|", gamma, tables.numbers("exponents", "rate")),
                                new Mark.HorizontalReference("0", 0))));
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "the map of k + 1, held against what is stated of k",
                Set.of("P1-19", "P1-20", "P1-20-rate", "P1-20-chaos"),
                new PeriodDoublings(1)::measure));
    }

    @Override
    public List<Claim> claims(Tables tables) {
        double worst = 0;
        for (double k : DEGREES) {
            worst = Math.max(worst, tables.value("multiplier error, k=" + k));
        }
        double[] gamma = tables.numbers("exponents", "gamma");
        double[] rate = tables.numbers("exponents", "rate");
        double off = 0;
        for (int i = 0; i < gamma.length; i++) {
            if (gamma[i] < 9) {
                off = Math.max(off, Math.abs(rate[i] + 0.5 * Math.log(gamma[i])));
            }
        }
        double[] expected = {4, 5, 5.2350893, 5.2864491};
        double[] found = new double[4];
        double apart = 0;
        for (int i = 0; i < 4; i++) {
            found[i] = tables.value("doubling " + i);
            apart = Math.max(apart, Math.abs(found[i] - expected[i]));
        }
        return List.of(
                Register.of("P1-19")
                        .ran("k = 4 to 12, γ = 1.2 to 6; symbolic derivative of the system derived from the rule")
                        .got("difference", worst)
                        .claim("0", text("at most %.1e", worst), ""),
                Register.of("P1-20")
                        .ran("k = 4; doublings by Newton's method on the orbit and its multiplier −1")
                        .got("doublings off by", apart)
                        .got("step of escape at 9.000", tables.value("escape at 9.000"))
                        .got("step of escape at 9.001", tables.value("escape at 9.001"))
                        .claim(
                                "doublings at 4, 5, 5.2350893, 5.2864491; bounded at γ = 9, escape above",
                                text(
                                        "%.5f, %.5f, %.5f, %.5f; bounded at 9.000, at 9.001 escape after %.0f steps",
                                        found[0], found[1], found[2], found[3], tables.value("escape at 9.001")),
                                "|u| < 2 is enough for a step to lower the loss, but escape begins at"
                                        + " 1 + γ^(−1/(k−2)) = 4/3."),
                Register.of("P1-20-rate")
                        .ran("700 values of γ below 9, mean of ln|1−u| over 5,000 steps against −ln γ/2")
                        .got("difference", off)
                        .claim("0", text("at most %.1e", off), ""),
                Register.of("P1-20-chaos")
                        .ran("γ = 9, 2,000,000 steps")
                        .got("exponent off ln 3", Math.abs(tables.value("Lyapunov exponent at 9") - Math.log(3)))
                        .claim("ln 3", text("%.6f", tables.value("Lyapunov exponent at 9")), ""));
    }
}
