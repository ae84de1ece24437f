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
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.RuleReader;
import adamscope.report.Claim;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Paper 1, Fig. 8: losses that are degenerate in one direction and quadratic in the other.
record MixedLosses() implements ComputedFigure {
    private static final int STEPS = 20_000;
    private static final List<String> OBJECTIVES =
            List.of("(x-y)^2/4 + (x+y)^4/16", "x^2/2 + y^4/4", "x^4/4 + y^6/6", "(x-y)^4/4 + (x+y)^4/4");
    private static final List<String> METHODS = List.of("gd", "heavy-ball-ema", "adam-uncorrected", "adam-decay");
    private static final List<String> NAMES = List.of("GD", "momentum", "Adam", "Adam, η decays");
    private static final String DECAY = """
        optimizer adam-decay
        hyper lr    = 1e-3  in (0, inf) "learning rate" symbol η
        hyper beta1 = 0.9   in [0, 1)   "decay of the average gradient, per step" symbol β₁
        hyper beta2 = 0.93  in [0, 1)   "decay of the average squared gradient, per step" symbol β₂
        hyper decay = 0.999 in (0, 1]   "decay of the learning rate, per step after 1500" symbol δ
        state m = 0 warm g, v = 0 warm g^2, s = 1
        m <- beta1*m + (1 - beta1)*g
        v <- beta2*v + (1 - beta2)*g^2
        precondition P = sqrt(v)
        s <- s*decay^min(1, max(0, t - 1501))
        x <- x - lr*s*m/P
        """;

    @Override
    public Caption caption() {
        return new Caption(
                "P1-fig8",
                "Degenerate polynomials, Fig. 8",
                "Four losses of two variables: Adam beats GD and momentum by many decades where all directions are"
                        + " degenerate; a quadratic direction brings spikes back, and a decaying learning rate cures"
                        + " them.",
                "From (1, 0.6), 20,000 steps; GD and momentum (averaged, 0.9) η = 0.3; Adam η = 10⁻³, β₁ = 0.9,"
                        + " β₂ = 0.93, ε = 0; decay by 0.999 a step after step 1500. The first loss is the paper's, the"
                        + " others are a choice.",
                Caption.SAME);
    }

    @Override
    public List<Table> measure(Effort effort) {
        List<Table> tables = new ArrayList<>();
        for (int i = 0; i < OBJECTIVES.size(); i++) {
            for (String method : METHODS) {
                tables.add(new Table(
                        name(i, method), run(OBJECTIVES.get(i), method).columns()));
                effort.finished().accept(1.0 / 16);
            }
        }
        return tables;
    }

    private static String name(int objective, String method) {
        return "loss" + (objective + 1) + "-" + method;
    }

    private static Table run(String objective, String method) {
        OptimizerRule rule =
                method.equals("adam-decay") ? RuleReader.read("adam-decay.opt", DECAY) : Catalogue.shipped(method);
        Map<String, Double> values = switch (method) {
            case "gd" -> Map.of("lr", 0.3);
            case "heavy-ball-ema" -> Map.of("lr", 0.3, "beta1", 0.9);
            case "adam-uncorrected" -> Map.of("lr", 1e-3, "beta1", 0.9, "beta2", 0.93, "eps", 0.0);
            default -> Map.of();
        };
        ClosedMap.Start start = method.startsWith("adam") ? ClosedMap.Start.GRADIENT : ClosedMap.Start.ZERO;
        return new SingleRun(
                        new Iteration(
                                rule,
                                FormulaObjective.read(objective),
                                values,
                                List.of(1.0, 0.6),
                                start,
                                Arithmetic.SCALED),
                        STEPS,
                        5)
                .run()
                .table();
    }

    @Override
    public Figure draw(Tables tables) {
        List<Panel> panels = new ArrayList<>();
        for (int i = 0; i < OBJECTIVES.size(); i++) {
            List<Mark> marks = new ArrayList<>();
            for (int m = 0; m < METHODS.size(); m++) {
                marks.add(Curve.of(tables, name(i, METHODS.get(m)), "log10Loss").line(NAMES.get(m)));
            }
            double floor = i < 2 ? -60 : -700;
            panels.add(new Panel(
                    OBJECTIVES.get(i),
                    PanelAxis.linear("step t"),
                    PanelAxis.log10Values("loss").from(floor, 1),
                    marks));
        }
        return new Figure("P1-fig8", "", "Losses of two variables under four methods", 2, panels);
    }

    @Override
    public List<Claim> claims(Tables tables) {
        double below = Double.POSITIVE_INFINITY;
        double cured = Double.POSITIVE_INFINITY;
        double spikes = Double.POSITIVE_INFINITY;
        double stuck = Double.POSITIVE_INFINITY;
        List<String> words = new ArrayList<>();
        for (int i = 0; i < OBJECTIVES.size(); i++) {
            double adam = level(tables, i, "adam-uncorrected");
            double gd = level(tables, i, "gd");
            if (i < 2) {
                double decayed = level(tables, i, "adam-decay");
                Curve run = Curve.of(tables, name(i, "adam-uncorrected"), "log10Loss");
                double rise = run.max(run.x()[run.lowest()], STEPS) - run.y()[run.lowest()];
                cured = Math.min(cured, adam - decayed);
                spikes = Math.min(spikes, rise);
                stuck = Math.min(stuck, adam - gd);
                words.add(text(
                        "%s: Adam %.1f, rises by %.1f decades, with decay %.1f, GD %.1f",
                        OBJECTIVES.get(i), adam, rise, decayed, gd));
            } else {
                below = Math.min(below, gd - adam);
                words.add(text("%s: Adam %.1f, GD %.1f", OBJECTIVES.get(i), adam, gd));
            }
        }
        return List.of(Register.of("P1-37")
                .ran("all four losses; median of log₁₀ loss over the last 500 steps")
                .got("degenerate losses: decades of Adam below GD, least", below)
                .got("quadratic part: decades of a rise after the lowest loss, least", spikes)
                .got("quadratic part: decades of Adam above GD, least", stuck)
                .got("quadratic part: decades lower with decay, least", cured)
                .claim("Adam far below GD; spikes; cured by decay", String.join("; ", words)));
    }

    @Override
    public List<Control> controls() {
        List<String> others =
                List.of("(x-y)^4/4 + (x+y)^4/16", "x^4/2 + y^4/4", "x^4/4 + y^6/6 + x^2/2", "(x-y)^4/4 + (x+y)^2/4");
        return List.of(new Control(
                "without the quadratic part where there is one, with one where there is none: "
                        + String.join(", ", others),
                Set.of("P1-37"),
                _ -> {
                    List<Table> tables = new ArrayList<>();
                    for (int i = 0; i < others.size(); i++) {
                        for (String method : METHODS) {
                            tables.add(new Table(
                                    name(i, method), run(others.get(i), method).columns()));
                        }
                    }
                    return tables;
                }));
    }

    private static double level(Tables tables, int objective, String method) {
        return Curve.of(tables, name(objective, method), "log10Loss").median(STEPS - 500);
    }
}
