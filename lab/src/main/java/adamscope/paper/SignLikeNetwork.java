package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.data.FashionMnist;
import adamscope.data.LabelledImages;
import adamscope.dynamics.ClosedMap;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.model.Activation;
import adamscope.model.FullyConnected;
import adamscope.model.NetworkLoss;
import adamscope.optimizer.Catalogue;
import adamscope.probe.StepRatioProbe;
import adamscope.report.Claim;
import adamscope.rule.TunedSchedule;
import adamscope.statistics.AffinePowerFit;
import adamscope.statistics.Interval;
import adamscope.statistics.PowerTrend;
import adamscope.table.Column;
import adamscope.table.Table;
import adamscope.tensor.Place;
import adamscope.training.Batching;
import adamscope.training.GradientChanges;
import adamscope.training.Training;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// Paper 4, conditions 2 and 3 along the training of a small network: whether u follows one law in all layers, the
/// shape of the gradient, its variance and the smoothness of the loss; decided by intervals over independent runs.
record SignLikeNetwork() implements ComputedFigure {
    private static final int BATCH = 50;
    private static final Interval POWERS = new Interval(0.1, 4);
    static final String NETWORK = "network";
    static final String SEEDS = "seeds";

    @Override
    public Caption caption() {
        return new Caption(
                "P4-network",
                "Sign-like descent, conditions 2 and 3 and assumptions, on a network",
                "The coordinates of u = |m|/√v are i.i.d. (Kolmogorov–Smirnov tests on ResNet-50 and GPT-2), and"
                        + " ‖∇F‖₁/‖∇F‖₂ is stable; variance and smoothness grow with powers of ‖∇F‖.",
                "Network 784–32–32–10, tanh, half the squared error, 500 images, batches of 50, Adam without bias"
                        + " correction, η = 10⁻³, 300 steps, looked at every 10, from 6 seeds. Within a run: tests of"
                        + " every pair of layers, Holm's correction, level 0.05. Over seeds: Student's intervals, 95 %."
                        + " (The paper's networks are ResNet-50, GPT-2.)",
                "2,000 images, 3,000 steps, 10 seeds.");
    }

    @Override
    public Cost cost() {
        return Cost.network(20);
    }

    @Override
    public List<Table> measure(Effort effort) {
        List<Table> runs = new ArrayList<>();
        int seeds = effort.size(6, 10);
        for (int seed = 0; seed < seeds && !effort.stopped().getAsBoolean(); seed++) {
            runs.add(network(effort, seed));
            effort.finished().accept(1.0 / seeds);
        }
        return List.of(runs.getFirst(), seeds(runs));
    }

    /// One number of each run: intervals over runs need no independence within one.
    private static Table seeds(List<Table> runs) {
        List<Column> columns = new ArrayList<>();
        columns.add(over("evennessPower", runs, run -> late(run, "gradientEvenness")));
        columns.add(
                over("variancePower", runs, run -> fit(run, "gradientVariance").p()));
        columns.add(over(
                "smoothnessPower", runs, run -> fit(run, "gradientSmoothness").p()));
        columns.add(over(
                "leastEvenness",
                runs,
                run -> Arrays.stream(run.numbers("gradientEvenness")).min().orElseThrow()));
        for (String layer : layers(runs.getFirst())) {
            columns.add(over("meanRatio " + layer, runs, run -> {
                double[] mean = run.numbers("meanRatio " + layer);
                return Arrays.stream(mean, mean.length / 2, mean.length)
                        .average()
                        .orElseThrow();
            }));
        }
        return new Table(SEEDS, columns);
    }

    private static Column over(String name, List<Table> runs, ToDoubleFunction<Table> number) {
        return new Column.Numbers(name, "", runs.stream().mapToDouble(number).toArray());
    }

    /// The power of t that a quantity follows over the last three quarters of a run.
    private static double late(Table run, String name) {
        double[] steps = run.numbers("step");
        double[] values = run.numbers(name);
        int from = values.length / 4;
        return PowerTrend.of(
                        Arrays.copyOfRange(steps, from, steps.length),
                        Arrays.copyOfRange(values, from, values.length),
                        0.95)
                .exponent();
    }

    private static AffinePowerFit fit(Table run, String name) {
        return AffinePowerFit.of(run.numbers("gradientNorm"), run.numbers(name), POWERS);
    }

    private static Table network(Effort effort, int seed) {
        LabelledImages images = FashionMnist.shipped(effort.size(500, 2000));
        FullyConnected network =
                FullyConnected.between(FashionMnist.PIXELS, List.of(32, 32), FashionMnist.CLASSES, Activation.TANH);
        int steps = effort.size(300, 3000);
        Training training = new Training(
                TunedSchedule.constant(Catalogue.shipped("adam-uncorrected"), Map.of()),
                Training.StopRule.after(steps),
                new Batching(BATCH, 0, 1 + seed),
                GradientChanges.NONE,
                List.of(),
                new Training.Conditions(seed, ClosedMap.Start.ZERO, Place.CPU_FLOAT32, 1));
        return new Table(
                NETWORK,
                training.run(
                                place -> NetworkLoss.halfSquared(network, images.toSamples(place)),
                                Training.Watch.of(
                                        List.of(StepRatioProbe.source(steps / 30, BATCH)),
                                        (_, _) -> !effort.stopped().getAsBoolean()))
                        .probes()
                        .columns());
    }

    static List<String> layers(Table run) {
        return run.columns().stream()
                .map(Column::name)
                .filter(name -> name.startsWith("largestRatio "))
                .map(name -> name.substring("largestRatio ".length()))
                .toList();
    }

    @Override
    public Figure draw(Tables tables) {
        List<Mark> ratios = new ArrayList<>();
        layers(tables.table(NETWORK)).stream()
                .filter(layer -> layer.startsWith("weight"))
                .forEach(layer -> ratios.add(
                        Curve.of(tables, NETWORK, "largestRatio " + layer).line(layer)));
        ratios.add(Curve.of(tables, NETWORK, "stepBound").line("bound R(t)"));
        double[] norms = tables.numbers(NETWORK, "gradientNorm");
        double[] sorted = norms.clone();
        Arrays.sort(sorted);
        AffinePowerFit fit = fit(tables.table(NETWORK), "gradientVariance");
        AffinePowerFit smooth = fit(tables.table(NETWORK), "gradientSmoothness");
        return new Figure(
                "P4-network",
                "The conditions of the sign-like proof on a network",
                "Largest u by layer, distances of laws by layer; shape, variance and smoothness of the gradient",
                2,
                List.of(
                        new Panel(
                                "Network: largest u by layer",
                                PanelAxis.linear("step t"),
                                PanelAxis.log10("largest u"),
                                ratios),
                        Panel.of(
                                "Network: laws of u by layer",
                                PanelAxis.linear("step t"),
                                PanelAxis.linear("distance, share").from(0, 1),
                                Curve.of(tables, NETWORK, "lawDistance").line("distance of the widest pair"),
                                rejectedShare(tables)),
                        Panel.of(
                                "Network: shape of the gradient",
                                PanelAxis.linear("step t"),
                                PanelAxis.linear("‖∇F‖₁/(‖∇F‖₂√d)").from(0, 1),
                                Curve.of(tables, NETWORK, "gradientEvenness").line("measured"),
                                new Mark.HorizontalReference("normal coordinates, √(2/π)", Math.sqrt(2 / Math.PI))),
                        Panel.of(
                                "Network: variance of the gradient",
                                PanelAxis.log10("‖∇F‖"),
                                PanelAxis.log10("E‖g − ∇F‖²"),
                                Mark.points("measured", norms, tables.numbers(NETWORK, "gradientVariance")),
                                Mark.line(
                                        "σ₀² + σ₁²‖∇F‖^p, p = " + text("%.2f", fit.p()),
                                        sorted,
                                        Arrays.stream(sorted).map(fit::mean).toArray())),
                        Panel.of(
                                "Network: smoothness along the run",
                                PanelAxis.log10("‖∇F‖"),
                                PanelAxis.log10("‖∇F(θₜ) − ∇F(θₜ₋₁)‖/‖Δθ‖"),
                                Mark.points("measured", norms, tables.numbers(NETWORK, "gradientSmoothness")),
                                Mark.line(
                                        "L₀ + L₁‖∇F‖^q, q = " + text("%.2f", smooth.p()),
                                        sorted,
                                        Arrays.stream(sorted).map(smooth::mean).toArray()))));
    }

    private static Mark rejectedShare(Tables tables) {
        double[] tested = tables.numbers(NETWORK, "lawsTested");
        double[] share = tables.numbers(NETWORK, "lawsRejected").clone();
        Arrays.setAll(share, i -> share[i] / tested[i]);
        return Mark.line("share of pairs rejected", tables.numbers(NETWORK, "step"), share);
    }

    @Override
    public List<Claim> claims(Tables tables) {
        return SignLikeNetworkClaims.of(tables);
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "Adam on 100 wells Σ x/(2√c) − √x with noise that grows with the gradient, six seeds: few coordinates"
                        + " carry the gradient in the end, its variance grows as ‖∇F‖³, the curvature faster than ‖∇F‖",
                Set.of("P4-09"),
                _ -> {
                    List<Table> runs = IntStream.range(0, 6)
                            .mapToObj(seed -> RootWells.readings(NETWORK, seed))
                            .toList();
                    return List.of(runs.getFirst(), seeds(runs));
                }));
    }
}
