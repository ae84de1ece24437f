package adamscope.experiment;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.GradientNoise;
import adamscope.flow.FlowKind;
import adamscope.kernel.Arithmetic;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.Domain;
import adamscope.optimizer.HyperParameter;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.RuleReader;
import adamscope.stability.OrbitDiagram;
import adamscope.sweep.Axis;
import adamscope.sweep.Coordinate;
import adamscope.sweep.FormulaSweep;
import adamscope.sweep.Listed;
import adamscope.sweep.OrbitSweep.Variables;
import adamscope.sweep.Sampled;
import adamscope.sweep.Space;
import adamscope.training.WatchPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/// Experiments of every kind, drawn at random.
final class RandomExperiments {
    private final Random random;
    private final RandomTrainings trainings;

    RandomExperiments(long seed) {
        this.random = new Random(seed);
        this.trainings = new RandomTrainings(random);
    }

    /// One of that kind.
    Experiment of(String kind) {
        return switch (kind) {
            case "simulation" -> simulation();
            case "phase" -> phase();
            case "bifurcation" -> bifurcation();
            case "basin" -> basin();
            case "stability-map" -> stability();
            case "flow" -> flows();
            case "train" -> trainings.train();
            case "series" -> series();
            case "sweep" -> sweep();
            case "reproduction" ->
                new Reproduction(
                        "P" + random.nextInt(9) + "-fig" + random.nextInt(99),
                        Size.values()[random.nextInt(Size.values().length)],
                        coin() ? Optional.empty() : Optional.of(series()));
            default -> throw new IllegalArgumentException("nothing random of kind " + kind);
        };
    }

    private Simulation simulation() {
        long steps = 1 + random.nextInt(1000);
        return new Simulation(
                tuned(rule()),
                "x^4/4",
                List.of(number(-3, 3)),
                steps,
                one(ClosedMap.Start.values()),
                one(Arithmetic.values()),
                1 + random.nextInt(50),
                minimum(),
                new GradientNoise(coin() ? 0 : number(0, 1), random.nextInt(9)));
    }

    private Optional<Double> minimum() {
        return coin() ? Optional.empty() : Optional.of(number(-3, 3));
    }

    private Phase phase() {
        OptimizerRule rule = Catalogue.shipped("adam");
        List<Axis> axes = twoAxes();
        return new Phase(
                tunedBut(rule, axes),
                axes.getFirst(),
                axes.getLast(),
                "x^4/4 + y^2/2",
                List.of(number(-3, 3), number(-3, 3)),
                1 + random.nextInt(5000),
                one(ClosedMap.Start.values()),
                one(Arithmetic.values()),
                minimum());
    }

    private Bifurcation bifurcation() {
        boolean reduced = coin();
        Axis factor = axis("factor", 1, 9);
        int steps = 1 + random.nextInt(500);
        return new Bifurcation(
                tunedBut(Catalogue.shipped("gd-exponential"), List.of(factor)),
                factor,
                "x^4/4",
                reduced ? Variables.REDUCED : Variables.ORIGINAL,
                reduced ? "w" : "x",
                List.of(number(0.01, 1)),
                new OrbitDiagram.Length(random.nextInt(50), steps, 1 + random.nextInt(steps)));
    }

    private Basin basin() {
        return new Basin(
                tuned(Catalogue.shipped("rmsprop")),
                "x^4/4",
                axis("x", 0.3, 1),
                axis("v", 1e-4, 1),
                List.of(number(0.1, 1)),
                1 + random.nextInt(500),
                one(ClosedMap.Start.values()),
                one(Arithmetic.values()),
                minimum());
    }

    private Stability stability() {
        List<Axis> axes = twoAxes();
        Map<String, Double> values =
                new LinkedHashMap<>(tunedBut(Catalogue.shipped("adam"), axes).values());
        values.put("eps", 0.0);
        return new Stability(
                new TunedRule(Catalogue.shipped("adam"), values),
                axes.getFirst(),
                axes.getLast(),
                "x^4/4",
                List.of(number(0.1, 1)));
    }

    private Flows flows() {
        return new Flows(
                new TunedRule(
                        Catalogue.shipped("rmsprop"),
                        Map.of("lr", number(0.01, 0.1), "beta2", number(0.5, 0.99), "eps", number(1e-6, 1e-2))),
                "x^2*(1 + y^2)/2",
                List.of(number(0.5, 1), number(0.5, 1)),
                one(ClosedMap.Start.values()),
                number(0.5, 3),
                2 + random.nextInt(1000),
                List.of(FlowKind.LIMIT));
    }

    private Series series() {
        Map<String, Experiment> parts = new LinkedHashMap<>();
        List<Supplier<Experiment>> makers = List.of(this::simulation, this::phase, this::flows, trainings::train);
        for (int part = 0; part <= random.nextInt(3); part++) {
            parts.put("part " + part + "_-", one(makers).get());
        }
        return new Series(parts);
    }

    private Sweep sweep() {
        if (coin()) {
            Train drawn = trainings.train();
            WatchPlan watch = new WatchPlan(
                    drawn.probe(),
                    drawn.watch().evaluate(),
                    Optional.empty(),
                    drawn.watch().layers());
            Train base = new Train(drawn.task(), drawn.training(), watch, drawn.checkpoints());
            return new Sweep(
                    base,
                    new Space(List.of(new Listed("seed", List.of(0.0, 17.0, -3.0))), 0),
                    List.of(),
                    Map.of(),
                    base.probe().isPresent() ? Sweep.TRAINING_COLUMNS : List.of("outcome", "finalLoss"),
                    Sweep.EVERYWHERE,
                    false);
        }
        Simulation base = new Simulation(
                tuned(Catalogue.shipped("adam")),
                "a*x^2/2",
                List.of(number(0.1, 3), number(0.1, 3)),
                1 + random.nextInt(1000),
                one(ClosedMap.Start.values()),
                one(Arithmetic.values()),
                1,
                Optional.empty(),
                GradientNoise.NONE);
        boolean sampled = coin();
        List<Coordinate> coordinates = new ArrayList<>(List.of(axis("beta2", 0.1, 0.9)));
        coordinates.add(sampled ? new Sampled("lr", 1e-5, number(0.1, 3), Axis.Spacing.LOG) : axis("lr", 0.01, 1));
        boolean refined = !sampled && coin();
        if (!refined) {
            coordinates.add(new Listed("beta1", List.of(number(0, 0.4), number(0.5, 0.9))));
        }
        return new Sweep(
                base,
                new Space(coordinates, sampled ? 2 + random.nextInt(100) : 0),
                List.of("a"),
                coin() ? Map.of("eps", "lr*1e-3") : Map.of(),
                FormulaSweep.COLUMNS,
                refined ? one(List.of(Sweep.ANY, "diverged")) : Sweep.EVERYWHERE,
                !refined && coin());
    }

    /// A rule of the catalogue that runs on formulas, or one of a user.
    private OptimizerRule rule() {
        return coin()
                ? RuleReader.read("own", Experiments.OWN_RULE)
                : Catalogue.shipped(one(List.of("adam", "gd", "rmsprop", "lion", "adamw", "heavy-ball")));
    }

    private TunedRule tuned(OptimizerRule rule) {
        return tunedBut(rule, List.of());
    }

    private TunedRule tunedBut(OptimizerRule rule, List<Axis> axes) {
        List<String> swept = axes.stream().map(Axis::name).toList();
        Map<String, Double> values = new LinkedHashMap<>();
        for (HyperParameter hyper : rule.hyperParameters()) {
            if (!swept.contains(hyper.name())) {
                values.put(hyper.name(), coin() ? hyper.defaultValue() : inside(hyper.domain()));
            }
        }
        return new TunedRule(rule, values);
    }

    private List<Axis> twoAxes() {
        List<Axis> axes = List.of(axis("beta1", 0.01, 0.9), axis("beta2", 0.01, 0.99));
        return coin() ? axes : axes.reversed();
    }

    private Axis axis(String name, double from, double to) {
        Axis.Spacing scale = to < 1 ? one(Axis.Spacing.values()) : one(List.of(Axis.Spacing.LINEAR, Axis.Spacing.LOG));
        double middle = (from + to) / 2;
        return new Axis(name, number(from, middle), number(middle, to), 2 + random.nextInt(20), scale);
    }

    private double inside(Domain domain) {
        double low = Double.isFinite(domain.low()) ? domain.low() : -2;
        double high = Double.isFinite(domain.high()) ? domain.high() : low + 2;
        return low + (high - low) * (0.01 + 0.98 * random.nextDouble());
    }

    private double number(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    private boolean coin() {
        return random.nextBoolean();
    }

    @SafeVarargs
    private <T> T one(T... values) {
        return values[random.nextInt(values.length)];
    }

    private <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
