package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.Iteration;
import adamscope.dynamics.SingleRun;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.report.Claim;
import adamscope.stability.PowerLawDescent;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Paper 1, Fig. 1: constant steps on a quadratic and on a quartic minimum.
record ConstantSteps() implements ComputedFigure {
    private static final int STEPS = 20_000;
    private static final Map<String, String> METHODS =
            new java.util.TreeMap<>(Map.of("gd", "GD", "heavy-ball-ema", "momentum", "adam-uncorrected", "Adam"));

    @Override
    public Caption caption() {
        return new Caption(
                "P1-fig1",
                "Degenerate polynomials, Fig. 1 and section 3.2",
                "With constant steps, GD and momentum converge fast on x²/2 and slowly on x⁴/4; Adam the other way"
                    + " round: it stalls or spikes on x²/2 and converges linearly on x⁴/4. Sign descent stops at the"
                    + " size of its step.",
                "x₀ = 1, 20,000 steps; GD η = 0.1, momentum (averaged) η = 0.1, β₁ = 0.9, Adam η = 10⁻³, β₁ = 0.9,"
                        + " β₂ = 0.93, ε = 0, sign descent η = 10⁻³ from 1.0003. The paper's values are not in the text"
                        + " at hand; these are a choice.",
                Caption.SAME);
    }

    @Override
    public List<Table> measure(Effort effort) {
        List<Table> tables = new ArrayList<>();
        for (int k : new int[] {2, 4}) {
            METHODS.keySet().forEach(method -> {
                tables.add(run(method, k, 1, STEPS, 10));
                effort.finished().accept(1.0 / 7);
            });
        }
        tables.add(run("signgd", 2, 1.0003, 2000, 1));
        return tables;
    }

    private static Table run(String method, int k, double x0, int steps, int every) {
        Map<String, Double> values = switch (method) {
            case "gd" -> Map.of("lr", 0.1);
            case "heavy-ball-ema" -> Map.of("lr", 0.1, "beta1", 0.9);
            case "signgd" -> Map.of("lr", 1e-3);
            default -> Map.of("lr", 1e-3, "beta1", 0.9, "beta2", 0.93, "eps", 0.0);
        };
        SingleRun run = new SingleRun(
                new Iteration(
                        Catalogue.shipped(method),
                        FormulaObjective.power(k),
                        values,
                        List.of(x0),
                        ClosedMap.Start.GRADIENT,
                        Arithmetic.SCALED),
                steps,
                every);
        return new Table(method + "-k" + k, run.run().table().columns());
    }

    @Override
    public Figure draw(Tables tables) {
        List<Panel> panels = new ArrayList<>();
        for (int k : new int[] {2, 4}) {
            List<Mark> marks = METHODS.entrySet().stream()
                    .map(m ->
                            Curve.of(tables, m.getKey() + "-k" + k, "log10Loss").line(m.getValue()))
                    .toList();
            PanelAxis loss = PanelAxis.log10Values("loss").from(k == 2 ? -40 : -620, 1);
            panels.add(new Panel("L = x^" + k + "/" + k, PanelAxis.linear("step t"), loss, marks));
        }
        return new Figure("P1-fig1", "", "Loss of GD, momentum and Adam on x²/2 (left) and x⁴/4 (right)", 2, panels);
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "x²/2 in place of x⁴/4 and the other way round; gradient descent in place of sign descent",
                Set.of("P1-07", "P1-59"),
                _ -> {
                    List<Table> tables = new ArrayList<>();
                    for (String method : METHODS.keySet()) {
                        tables.add(renamed(run(method, 2, 1, STEPS, 10), method + "-k4"));
                        tables.add(renamed(run(method, 4, 1, STEPS, 10), method + "-k2"));
                    }
                    tables.add(renamed(run("gd", 2, 1.0003, 2000, 1), "signgd-k2"));
                    return tables;
                }));
    }

    private static Table renamed(Table table, String name) {
        return new Table(name, table.columns());
    }

    @Override
    public List<Claim> claims(Tables tables) {
        double gd = Curve.of(tables, "gd-k4", "log10Loss").last();
        double momentum = Curve.of(tables, "heavy-ball-ema-k4", "log10Loss").last();
        double adam = Curve.of(tables, "adam-uncorrected-k4", "log10Loss").last();
        Curve quadratic = Curve.of(tables, "adam-uncorrected-k2", "log10Loss");
        double stuck = quadratic.median(STEPS / 2.0);
        Curve sign = Curve.of(tables, "signgd-k2", "x");
        double low = Math.abs(sign.y()[sign.y().length - 1]);
        double high = Math.abs(sign.y()[sign.y().length - 2]);
        double law = 4 * Math.log10(new PowerLawDescent(4, 0.1, 1).at(STEPS)) - Math.log10(4);
        return List.of(
                Register.of("P1-07")
                        .ran("20,000 steps, log₁₀ of the final loss; on x²/2 the median over the second half")
                        .got("Adam on x⁴/4", adam)
                        .got("GD off its power law", Math.abs(gd - law))
                        .got("momentum off the power law of GD", Math.abs(momentum - law))
                        .got("Adam on x²/2", stuck)
                        .claim(
                                text("x⁴/4: Adam below −300, GD and momentum %.2f; x²/2: Adam above −20", law),
                                text(
                                        "x⁴/4: Adam %.1f, GD %.2f, momentum %.2f; x²/2: Adam %.1f",
                                        adam, gd, momentum, stuck),
                                ""),
                Register.of("P1-59")
                        .ran("x²/2, η = 10⁻³, x₀ = 1.0003")
                        .got("lower value off 0.0003", Math.abs(Math.min(low, high) - 3e-4))
                        .got("upper value off 0.0007", Math.abs(Math.max(low, high) - 7e-4))
                        .claim(
                                "alternates between 0.0003 and 0.0007",
                                text("%.7f and %.7f", Math.min(low, high), Math.max(low, high)),
                                "It oscillates between a and η − a with a = x₀ mod η; only a = η/2 gives L(η/2)."));
    }
}
