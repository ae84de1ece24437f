package adamscope.experiment;

import adamscope.curvature.ProbeSchedule;
import adamscope.data.ArraySource;
import adamscope.data.CifarFormat;
import adamscope.data.DataSource;
import adamscope.data.ImageSource;
import adamscope.data.ImageSource.Format;
import adamscope.data.ParallelText;
import adamscope.data.Scaling;
import adamscope.data.SineSum;
import adamscope.data.Subset;
import adamscope.data.TableSource;
import adamscope.data.TextSource;
import adamscope.data.Tokenizer;
import adamscope.dynamics.ClosedMap;
import adamscope.model.Activation;
import adamscope.model.BatchNorm;
import adamscope.model.Criterion;
import adamscope.model.GalerkinProblem;
import adamscope.model.ModelSource;
import adamscope.model.Region;
import adamscope.model.ResNet;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.RuleReader;
import adamscope.probe.CurvatureQuestion;
import adamscope.probe.DirectionsProbe;
import adamscope.probe.ModelEvaluation;
import adamscope.probe.ProbePlan;
import adamscope.probe.SpectrumProbe;
import adamscope.probe.Validation;
import adamscope.rule.Change;
import adamscope.rule.Schedule;
import adamscope.rule.TunedSchedule;
import adamscope.shape.Given;
import adamscope.shape.Node;
import adamscope.tensor.Place;
import adamscope.tensor.Precision;
import adamscope.training.Batching;
import adamscope.training.CheckpointPolicy;
import adamscope.training.GradientChanges;
import adamscope.training.Task;
import adamscope.training.Training;
import adamscope.training.WatchPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/// Trainings drawn at random: every model, data source, schedule, change and probe.
record RandomTrainings(Random random) {
    /// Texts that YAML would take for something else.
    private static final List<String> AWKWARD = List.of(
            "plain", "a: b", "- x", "#c", "true", "null", "1e5", "0x1F", "é ü", "'q'", "\"q\"", "tab\tin", "~", "{a}",
            "%d", "@x");

    Train train() {
        long seed = random.nextLong();
        long steps = 1 + random.nextInt(10_000);
        OptimizerRule rule = coin()
                ? RuleReader.read("own", Experiments.OWN_RULE)
                : Catalogue.shipped(one(List.of("adam", "adamw")));
        ModelSource model = model();
        boolean ownData = model instanceof ModelSource.Galerkin;
        Optional<Criterion> loss = ownData || coin() ? Optional.empty() : Optional.of(criterion());
        List<TunedSchedule.Group> groups = coin()
                ? List.of()
                : List.of(
                        new TunedSchedule.Group(List.of("a.bias", one(AWKWARD)), Map.of("lr", schedule())),
                        new TunedSchedule.Group(List.of("b"), Map.of("lr", new Schedule.Constant(0.5))));
        Training training = new Training(
                new TunedSchedule(rule, schedules(rule)).with(groups),
                new Training.StopRule(
                        steps,
                        coin() ? Double.NEGATIVE_INFINITY : random.nextDouble(),
                        coin() ? Double.MAX_VALUE : 1 + random.nextDouble()),
                new Batching(random.nextInt(3), random.nextInt(3), seed),
                new GradientChanges(
                        random.nextDouble(),
                        coin() ? Double.POSITIVE_INFINITY : random.nextDouble() + 0.1,
                        groups.isEmpty() ? random.nextDouble() : 0,
                        coin()),
                some(() -> change(rule)),
                new Training.Conditions(
                        seed,
                        one(ClosedMap.Start.values()),
                        new Place("cpu", one(Precision.values())),
                        1 + random.nextInt(4)));
        return new Train(
                new Task(model, ownData ? Optional.empty() : Optional.of(data()), loss, validation(ownData)),
                training,
                new WatchPlan(probe(), evaluation(ownData), spectrum(), random.nextInt(4) - 1),
                coin()
                        ? CheckpointPolicy.DEFAULT
                        : new CheckpointPolicy(random.nextInt(100), 0.5 + random.nextDouble(), 1 + random.nextInt(9)));
    }

    private Map<String, Schedule> schedules(OptimizerRule rule) {
        Map<String, Schedule> schedules = new LinkedHashMap<>();
        for (String name : rule.hyperNames()) {
            if (coin()) {
                schedules.put(
                        name,
                        name.equals("lr")
                                ? schedule()
                                : coin()
                                        ? new Schedule.Rate(1e-6)
                                        : new Schedule.Constant(0.25 * random.nextDouble() + 0.1));
            }
        }
        return schedules;
    }

    /// Any positive schedule.
    private Schedule schedule() {
        double value = 0.01 + random.nextDouble();
        Schedule plain = switch (random.nextInt(6)) {
            case 0 -> new Schedule.Constant(value);
            case 1 -> new Schedule.InverseSquareRoot(value, count());
            case 2 -> new Schedule.Cosine(value, value / 3, count());
            case 3 -> new Schedule.Linear(value, value / 3, 1 + count());
            case 4 -> new Schedule.Steps(value, 0.999, 1000);
            default -> new Schedule.Exponential(value, 1 - 1e-6 * random.nextDouble());
        };
        return coin()
                ? plain
                : new Schedule.Warmup(
                        plain instanceof Schedule.InverseSquareRoot(var _, long steps) && coin() ? steps : count(),
                        plain);
    }

    private Change change(OptimizerRule rule) {
        long at = count();
        return switch (random.nextInt(5)) {
            case 0 -> rule.precondition().isPresent() ? new Change.Freeze(at) : new Change.Skip(at);
            case 1 -> new Change.Clear(at, "m");
            case 2 -> new Change.Floor(at, "m");
            case 3 -> new Change.Skip(at);
            default ->
                new Change.Retune(at, coin() ? Map.of("lr", schedule()) : Map.of("lr", new Schedule.Constant(0.5)));
        };
    }

    private Optional<ModelEvaluation> evaluation(boolean ownData) {
        return !ownData || coin()
                ? Optional.empty()
                : Optional.of(new ModelEvaluation(1 + random.nextInt(50), 1 + random.nextInt(1000)));
    }

    private Optional<Validation> validation(boolean ownData) {
        if (ownData || coin()) {
            return Optional.empty();
        }
        boolean share = coin();
        return Optional.of(new Validation(
                share ? 0.1 * top() : 0,
                share ? Optional.empty() : Optional.of(data()),
                random.nextLong(),
                top(),
                coin() ? Optional.of(0.999) : Optional.empty()));
    }

    private Optional<SpectrumProbe.Plan> spectrum() {
        return coin()
                ? Optional.empty()
                : Optional.of(new SpectrumProbe.Plan(
                        some(this::count),
                        new SpectrumProbe.Resolution(
                                1 + random.nextInt(5), 1 + random.nextInt(50), random.nextLong())));
    }

    private Optional<ProbePlan> probe() {
        if (coin()) {
            return coin() ? Optional.empty() : Optional.of(ProbePlan.every(1 + random.nextInt(99)));
        }
        int top = 1 + random.nextInt(5);
        return Optional.of(new ProbePlan(
                new ProbeSchedule(
                        1 + random.nextInt(50),
                        0.5 * random.nextDouble() + 1e-6,
                        1 + random.nextInt(99),
                        coin(),
                        new ProbeSchedule.Dense(
                                some(() -> new ProbeSchedule.Window(count(), 5000 + count(), 1 + random.nextInt(9))),
                                coin() ? Double.POSITIVE_INFINITY : 1.5 + random.nextDouble(),
                                coin() ? Double.POSITIVE_INFINITY : random.nextDouble() + 0.1,
                                random.nextInt(30))),
                Arrays.stream(CurvatureQuestion.values())
                        .filter(question -> coin())
                        .toList(),
                coin(),
                new DirectionsProbe.Choice(
                        top, top + random.nextInt(3), 1 + random.nextInt(9), 1 + random.nextInt(99))));
    }

    private ModelSource model() {
        int n = 1 + random.nextInt(9);
        return switch (random.nextInt(10)) {
            case 0 -> new ModelSource.Dense(some(() -> n), one(Activation.values()), coin());
            case 1 -> new ModelSource.Convolutional(some(() -> n), some(() -> n + 1), coin());
            case 2 -> new ModelSource.TwoConvolutional(List.of(n, n + 1), coin());
            case 3, 4 ->
                new ModelSource.Residual(
                        one(ResNet.Depth.values()), 0.5 * n, one(ResNet.Stem.values()), batchNorm(), coin());
            case 5 ->
                coin()
                        ? new ModelSource.Wide(n, n + 1, true, batchNorm(), coin())
                        : new ModelSource.Wide(n, n + 1, false, BatchNorm.DEFAULT, coin());
            case 6 -> new ModelSource.Language(n, n + 1, n + 2, coin());
            case 7 -> new ModelSource.Translation(n, n + 1, n + 2, n + 3, coin(), coin());
            case 8 -> new ModelSource.Galerkin(equation(), some(() -> n), one(Activation.values()), 100 * n, coin());
            default -> new ModelSource.TorchScript(path(".pt"));
        };
    }

    private BatchNorm batchNorm() {
        return coin() ? BatchNorm.DEFAULT : new BatchNorm(0.1 * random.nextInt(11), coin());
    }

    private Criterion criterion() {
        return coin()
                ? one(Criterion.ALL)
                : Criterion.FORM.read(new Node.Scalar("loss", "log(cosh(y - t))"), Given.in(Path.of("")));
    }

    private GalerkinProblem equation() {
        return switch (random.nextInt(4)) {
            case 0 -> GalerkinProblem.CUBE;
            case 1 -> GalerkinProblem.DISK;
            case 2 ->
                GalerkinProblem.read(
                        new Region.Disk(0.5 * top(), List.of(1.0, -2.5)),
                        "u_xx + u_y = x",
                        "u_n = pi",
                        Optional.of("x*y"));
            default ->
                GalerkinProblem.read(
                        new Region.Box(List.of(List.of(-1.0, 1e-3), List.of(0.0, 0.1 * top()))),
                        "-laplace(u) = u^2",
                        "u = y",
                        Optional.of("y + x*x"));
        };
    }

    private int top() {
        return 1 + random.nextInt(9);
    }

    private DataSource data() {
        int first = random.nextInt(3);
        return switch (random.nextInt(9)) {
            case 0 -> images(new Format.Bundled());
            case 1 -> images(new Format.Idx(path(".gz"), path(".gz")));
            case 2 -> images(new Format.Cifar(one(CifarFormat.values()), List.of(path(".bin"), path(",2.bin"))));
            case 3 -> images(new Format.Folder(path(""), 9, 1 + random.nextInt(9)));
            case 4 ->
                new TextSource(
                        coin() ? Optional.empty() : Optional.of(path(".txt")),
                        one(Tokenizer.values()),
                        1 + random.nextInt(99),
                        first);
            case 5 ->
                new ParallelText(
                        coin() ? Optional.empty() : Optional.of(new ParallelText.Aligned(path(".de"), path(".en"))),
                        one(Tokenizer.values()),
                        1 + random.nextInt(9),
                        2 + random.nextInt(9),
                        first);
            case 6 -> new TableSource(path(".csv"), List.of(one(AWKWARD), one(AWKWARD)), coin(), first);
            case 7 ->
                new ArraySource(
                        new ArraySource.Stored(path(".npy"), ""),
                        new ArraySource.Stored(path(".safetensors"), "y"),
                        random.nextInt(9),
                        first);
            default -> new SineSum(1 + random.nextInt(99), 1 + random.nextInt(9), random.nextLong());
        };
    }

    private ImageSource images(Format format) {
        List<Integer> classes = coin() ? List.of() : List.of(7, 0, 3);
        return new ImageSource(
                format,
                new Subset(classes, random.nextInt(3), random.nextInt(3)),
                one(Scaling.values()),
                coin() ? 0 : random.nextLong());
    }

    private static final List<String> FOLDERS = List.of("/data", "/a b", "/x#y", "/tmp/run", "/c: d");

    private Path path(String ending) {
        return Path.of(one(FOLDERS), "f" + random.nextInt(9) + ending);
    }

    private long count() {
        return 1 + random.nextInt(4000);
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

    private <T> List<T> some(Supplier<T> made) {
        List<T> values = new ArrayList<>();
        for (int count = random.nextInt(4); count > 0; count--) {
            values.add(made.get());
        }
        return values;
    }
}
