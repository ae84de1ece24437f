package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.dynamics.ClosedMap;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.formula.Expression;
import adamscope.formula.FormulaReader;
import adamscope.kernel.Recurrence;
import adamscope.linear.CountedNormal;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import adamscope.report.Claim;
import adamscope.stability.SmoothMap;
import adamscope.stability.Threshold;
import adamscope.stability.TwoCycle;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntToDoubleFunction;

/// Paper 3, appendix C, in one dimension: a curvature that grows by itself, and where ηh/P settles.
record HoverOrOscillate() implements ComputedFigure {
    private static final double GROWTH = 2e-4;
    private static final double NOISE = 1e-6;
    private static final int SEED = 11;
    private static final SeedAxis SEEDS = new SeedAxis(SeedAxis.USUAL);
    private static final int EVERY = 20;
    private static final String CURVATURE = "curvature";
    private static final String DISTURBANCE = "disturbance";
    private static final List<String> RULES = List.of("rmsprop", "nadam", "adam-uncorrected", "padam");

    @Override
    public Caption caption() {
        return new Caption(
                "P3-appC",
                "Adaptive edge of stability, appendix C",
                "Without momentum, and with Nesterov's, the preconditioned sharpness hovers at its threshold; with"
                        + " heavy-ball momentum it oscillates around it.",
                "The smallest model of it: gradient h(t)·x + 10⁻⁶·noise with the imposed curvature h = e^(2·10⁻⁴t), x₀"
                    + " = 1, η = 10⁻³, β₁ = 0.9, β₂ = 0.99, ε = 10⁻⁷, 60,000 steps, noise from five seeds, drawn is"
                    + " the first; ηh/P of RMSProp, Nadam, Adam (no bias correction) and Padam over the last quarter."
                    + " The paper trains networks.",
                "240,000 steps, curvature growing a quarter as fast.");
    }

    @Override
    public List<Table> measure(Effort effort) {
        return runs(effort.size(60_000, 240_000), GROWTH / effort.size(1, 4), NOISE, effort);
    }

    private static List<Table> runs(int steps, double growth, double noise, Effort effort) {
        List<Table> tables = new ArrayList<>();
        for (int seed = 1; seed <= SEEDS.count(); seed++) {
            IntToDoubleFunction disturbance = disturbance(SEED + seed - 1, noise);
            tables.addAll(SeedAxis.named(
                    seed,
                    RULES.stream()
                            .map(rule -> run(rule, steps, growth, disturbance))
                            .toList()));
            effort.finished().accept(1.0 / SEEDS.count());
        }
        return tables;
    }

    private static IntToDoubleFunction disturbance(int seed, double noise) {
        return t -> noise * CountedNormal.number(seed, t);
    }

    /// The rule on the gradient `curvature`·x + `disturbance`, two numbers given anew at each step.
    private static SmoothMap map(OptimizerRule rule, Map<String, Double> values) {
        FormulaObjective driven = new FormulaObjective(
                "h*x^2/2",
                List.of("x"),
                Expression.ZERO,
                List.of(FormulaReader.read("gradient", CURVATURE + "*x + " + DISTURBANCE)));
        Recurrence closed = ClosedMap.of(rule, driven, ClosedMap.Start.ZERO);
        List<String> parameters = new ArrayList<>(closed.parameters());
        parameters.addAll(List.of(CURVATURE, DISTURBANCE));
        return SmoothMap.of(
                new Recurrence(parameters, closed.components(), closed.observables()), values, "preconditioner");
    }

    private static Table run(String name, int steps, double growth, IntToDoubleFunction disturbance) {
        OptimizerRule rule = Catalogue.shipped(name);
        Map<String, Double> values = values(rule);
        SmoothMap.LaneBlock block = map(rule, values).block(1);
        block.state()[0][0] = 1;
        double[] at = new double[steps / EVERY];
        double[] scaled = new double[steps / EVERY];
        for (int t = 1; t <= steps; t++) {
            double curvature = Math.exp(growth * t);
            block.parameter(CURVATURE)[0] = curvature;
            block.parameter(DISTURBANCE)[0] = disturbance.applyAsDouble(t);
            block.step();
            if (t % EVERY == 0) {
                at[t / EVERY - 1] = t;
                scaled[t / EVERY - 1] = values.get("lr") * curvature / block.observed()[0];
            }
            block.advance();
        }
        return new Table(
                name, List.of(new Column.Numbers("step", "", at), new Column.Numbers("scaledSharpness", "", scaled)));
    }

    private static Map<String, Double> values(OptimizerRule rule) {
        Map<String, Double> wanted = Map.of("lr", 1e-3, "beta1", 0.9, "beta2", 0.99, "eps", 1e-7);
        Map<String, Double> values = new java.util.HashMap<>(rule.values(Map.of()));
        rule.hyperNames().stream().filter(wanted::containsKey).forEach(n -> values.put(n, wanted.get(n)));
        return values;
    }

    private static double threshold(String name) {
        OptimizerRule rule = Catalogue.shipped(name);
        return Threshold.timesLearningRate(rule, values(rule)).orElseThrow();
    }

    @Override
    public Figure draw(Tables tables) {
        List<Panel> panels = new ArrayList<>();
        for (String rule : RULES) {
            double threshold = threshold(rule);
            panels.add(Panel.of(
                    rule,
                    PanelAxis.linear("step t"),
                    PanelAxis.linear("ηh/P").from(0, 1.5 * threshold),
                    Curve.of(tables, rule, "scaledSharpness").line("ηh/P"),
                    new Mark.HorizontalReference(text("threshold %.4g", threshold), threshold)));
        }
        return new Figure(
                "P3-appC", "", "Preconditioned sharpness times η under an imposed growth of the curvature", 2, panels);
    }

    /// The last quarter of a run: mean, smallest, largest.
    private static double[] settled(Tables tables, String rule) {
        double[] all = tables.numbers(rule, "scaledSharpness");
        double[] end = Arrays.copyOfRange(all, all.length * 3 / 4, all.length);
        return new double[] {
            Arrays.stream(end).average().orElse(Double.NaN),
            Arrays.stream(end).min().orElse(Double.NaN),
            Arrays.stream(end).max().orElse(Double.NaN)
        };
    }

    @Override
    public List<Claim> claims(Tables tables) {
        return SEEDS.judged(HoverOrOscillate::ofSeed, tables);
    }

    private static List<Claim> ofSeed(Tables tables) {
        double off = 0;
        double low = Double.NEGATIVE_INFINITY;
        double high = Double.POSITIVE_INFINITY;
        List<String> words = new ArrayList<>();
        for (String rule : RULES) {
            double threshold = threshold(rule);
            double[] settled = settled(tables, rule);
            if (rule.equals("rmsprop") || rule.equals("nadam")) {
                off = Math.max(off, Math.max(settled[2] / threshold - 1, 1 - settled[1] / threshold));
            } else {
                low = Math.max(low, settled[1] / threshold);
                high = Math.min(high, settled[2] / threshold);
            }
            words.add(text(
                    "%s: threshold %.4g, mean %.4f, from %.4f to %.4f%s",
                    rule,
                    threshold,
                    settled[0],
                    settled[1],
                    settled[2],
                    rule.equals("padam")
                            ? ""
                            : text(", radius of x = ±A %.4f", cycle(rule).spectralRadius())));
        }
        return List.of(Register.of("P3-12")
                .ran("last quarter of the runs; spectral radius of the oscillation x = ±A on a quadratic")
                .got("RMSProp and Nadam, largest relative distance from the threshold", off)
                .got("Adam and Padam, lowest over the threshold, larger of both", low)
                .got("Adam and Padam, highest over the threshold, smaller of both", high)
                .claim(
                        "without momentum and with Nesterov's on the threshold, with heavy ball on either side",
                        String.join("; ", words)));
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "noise of 10⁴ in place of 10⁻⁶: P is so large that nothing comes to its threshold",
                Set.of("P3-12"),
                effort -> runs(60_000, GROWTH, 1e4, effort)));
    }

    private static TwoCycle cycle(String rule) {
        return switch (rule) {
            case "rmsprop" -> TwoCycle.rmsprop(2, 0.99);
            case "nadam" -> new TwoCycle(TwoCycle.Momentum.NESTEROV, 2, 0.9, 0.99);
            default -> new TwoCycle(TwoCycle.Momentum.HEAVY_BALL, 2, 0.9, 0.99);
        };
    }
}
