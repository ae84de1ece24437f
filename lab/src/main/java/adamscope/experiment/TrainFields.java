package adamscope.experiment;

import adamscope.dynamics.ClosedMap;
import adamscope.model.Criterion;
import adamscope.model.ModelSource;
import adamscope.optimizer.OptimizerRule;
import adamscope.tensor.Place;
import adamscope.tensor.Precision;
import adamscope.training.Batching;
import adamscope.training.Change;
import adamscope.training.CheckpointFolder;
import adamscope.training.GradientChanges;
import adamscope.training.ProbePlan;
import adamscope.training.Schedule;
import adamscope.training.Task;
import adamscope.training.Training;
import adamscope.training.TunedSchedule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Understands the nodes of an experiment of kind `train`.
record TrainFields(ExperimentReader reader, Fields fields) {
    /// The value of `layers` that leaves it to the cost.
    static final String AUTO = "auto";

    /// Keys with a single value, which `--set` may give as well as the hyper-parameters of the optimizer.
    static final List<String> SINGLE = List.of(
            "loss",
            "steps",
            "stop_loss",
            "diverged_loss",
            "batch",
            "micro_batch",
            "clip",
            "noise",
            "decay",
            "decoupled",
            "probe",
            "layers",
            "init",
            "seed",
            "precision",
            "device",
            "threads");

    Train read() {
        long steps = fields.whole("steps", 1, Integer.MAX_VALUE);
        TunedSchedule tuned = optimizer(steps);
        long seed = fields.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE, 0);
        Task task = task();
        Training training = new Training(
                tuned,
                new Training.Ending(
                        steps,
                        number("stop_loss", Double.NEGATIVE_INFINITY),
                        number("diverged_loss", Double.MAX_VALUE)),
                new Batching(batch(), fields.whole("micro_batch", 0, Integer.MAX_VALUE, 0), seed),
                new GradientChanges(
                        number("noise", 0),
                        number("clip", Double.POSITIVE_INFINITY),
                        number("decay", 0),
                        fields.truth("decoupled", true)),
                changes(tuned.rule(), steps),
                new Training.Settings(
                        seed,
                        fields.choice("init", ClosedMap.Start.ZERO),
                        new Place(fields.text("device", "cpu"), fields.choice("precision", Precision.FLOAT32)),
                        (int) fields.whole("threads", 1, 1024, 1)));
        return new Train(task, training, probe(), layers(), checkpoints());
    }

    private Optional<ProbePlan> probe() {
        return fields.find("probe").flatMap(ProbeFields::read);
    }

    private Task task() {
        Fields model = new Fields(ExperimentReader.mapping(fields.require("model")));
        Map<String, String> words = new LinkedHashMap<>();
        String kind = model.text("kind");
        model.find("file")
                .ifPresent(node -> words.put(
                        "file",
                        reader.folder()
                                .resolve(Fields.text(node))
                                .toAbsolutePath()
                                .normalize()
                                .toString()));
        model.others().forEach((key, node) -> words.put(key, Fields.words(node)));
        ModelSource source = Fields.at(fields.require("model"), () -> ModelSource.read(kind, words));
        Optional<Criterion> loss =
                fields.find("loss").map(node -> Fields.at(node, () -> Criterion.named(Fields.text(node))));
        return new Task(source, fields.find("data").map(node -> DataFields.read(node, reader.folder())), loss);
    }

    private long batch() {
        return fields.text("batch", "full").equals("full") ? 0 : fields.whole("batch", 1, Integer.MAX_VALUE);
    }

    private int layers() {
        return fields.text("layers", AUTO).equals(AUTO)
                ? Training.Watch.LAYERS_BY_COST
                : (int) fields.whole("layers", 0, Integer.MAX_VALUE);
    }

    private double number(String key, double standard) {
        return fields.find(key).map(Fields::number).orElse(standard);
    }

    private TunedSchedule optimizer(long steps) {
        Node node = fields.require("optimizer");
        Node.Mapping mapping = node instanceof Node.Scalar
                ? new Node.Mapping(node.label(), Map.of("name", node))
                : ExperimentReader.mapping(node);
        OptimizerRule rule = reader.rule(new Fields(mapping));
        return Fields.at(mapping, () -> new TunedSchedule(rule, schedules(rule, mapping, steps)));
    }

    private static Map<String, Schedule> schedules(OptimizerRule rule, Node.Mapping mapping, long steps) {
        Map<String, Schedule> schedules = new LinkedHashMap<>();
        mapping.fields().forEach((name, value) -> {
            if (!name.equals("name") && !name.equals("rule")) {
                Fields.at(value, () -> rule.hyper(name));
                schedules.put(name, schedule(rule, name, value, steps));
            }
        });
        return schedules;
    }

    private static Schedule schedule(OptimizerRule rule, String name, Node node, long steps) {
        return switch (node) {
            case Node.Mapping mapping -> {
                Fields schedule = new Fields(mapping);
                Schedule read = Fields.at(mapping, () -> schedule(schedule, steps));
                schedule.refuseOthers();
                yield read;
            }
            case Node.Scalar _, Node.Sequence _ ->
                new Schedule.Constant(
                        ExperimentReader.value(node, rule.hyper(name).domain()));
        };
    }

    private static Schedule schedule(Fields fields, long steps) {
        String word = fields.text("schedule");
        Optional<Node> warmup = fields.find("warmup");
        Schedule schedule = switch (word) {
            case "constant" -> new Schedule.Constant(fields.number("value"));
            case "inverse-square-root" ->
                new Schedule.InverseSquareRoot(fields.number("value"), fields.whole("warmup", 1, Long.MAX_VALUE));
            case "cosine" ->
                new Schedule.Cosine(
                        fields.number("value"), end(fields), fields.whole("steps", 1, Long.MAX_VALUE, steps));
            case "linear" ->
                new Schedule.Linear(
                        fields.number("value"), end(fields), fields.whole("steps", 1, Long.MAX_VALUE, steps));
            case "steps" ->
                new Schedule.Steps(
                        fields.number("value"), fields.number("factor"), fields.whole("every", 1, Long.MAX_VALUE));
            case "exponential" -> new Schedule.Exponential(fields.number("value"), fields.number("factor"));
            case "rate" -> new Schedule.Rate(fields.number("rate"));
            default ->
                throw new IllegalArgumentException("schedule = " + word
                        + " is none of [constant, inverse-square-root, cosine, linear, steps, exponential, rate]");
        };
        return warmup.isEmpty() ? schedule : new Schedule.Warmup(fields.whole("warmup", 1, Long.MAX_VALUE), schedule);
    }

    private static double end(Fields fields) {
        return fields.find("end").map(Fields::number).orElse(0.0);
    }

    private List<Change> changes(OptimizerRule rule, long steps) {
        Optional<Node> node = fields.find("changes");
        if (node.isEmpty()) {
            return List.of();
        }
        if (!(node.get() instanceof Node.Sequence(var _, List<Node> items))) {
            throw new IllegalArgumentException(
                    node.get().label() + " must be a list, such as - {at: 6000, freeze: preconditioner}");
        }
        List<Change> changes = new ArrayList<>();
        for (Node item : items) {
            Fields change = new Fields(ExperimentReader.mapping(item));
            changes.add(Fields.at(item, () -> change(rule, change, steps)));
            change.refuseOthers();
        }
        return changes;
    }

    private static Change change(OptimizerRule rule, Fields change, long steps) {
        long at = change.whole("at", 0, Long.MAX_VALUE);
        Optional<Node> freeze = change.find("freeze");
        Optional<Node> set = change.find("set");
        Optional<Node> clear = change.find("clear");
        Optional<Node> floor = change.find("floor");
        Optional<Node> skip = change.find("skip");
        if (Stream.of(freeze, set, clear, floor, skip)
                        .filter(Optional::isPresent)
                        .count()
                != 1) {
            throw new IllegalArgumentException("one of 'freeze: preconditioner', 'set: {NAME: VALUE}', 'clear: STATE',"
                    + " 'floor: STATE' and 'skip: step' is needed");
        }
        if (freeze.isPresent()) {
            Checks.oneOf("freeze", Fields.text(freeze.get()), List.of("preconditioner"));
            return new Change.Freeze(at);
        }
        if (skip.isPresent()) {
            Checks.oneOf("skip", Fields.text(skip.get()), List.of("step"));
            return new Change.Skip(at);
        }
        if (floor.isPresent()) {
            return new Change.Floor(at, Fields.text(floor.get()));
        }
        return clear.isPresent()
                ? new Change.Clear(at, Fields.text(clear.get()))
                : new Change.Retune(at, schedules(rule, ExperimentReader.mapping(set.orElseThrow()), steps));
    }

    private CheckpointFolder.Policy checkpoints() {
        Optional<Node> node = fields.find("checkpoint");
        CheckpointFolder.Policy standard = CheckpointFolder.Policy.STANDARD;
        if (node.isEmpty()) {
            return standard;
        }
        Fields policy = new Fields(ExperimentReader.mapping(node.get()));
        CheckpointFolder.Policy read = Fields.at(
                node.get(),
                () -> new CheckpointFolder.Policy(
                        policy.whole("steps", 0, Long.MAX_VALUE, standard.steps()),
                        policy.find("minutes").map(Fields::number).orElse(standard.minutes()),
                        (int) policy.whole("keep", 1, 1000, standard.keep())));
        policy.refuseOthers();
        return read;
    }
}
