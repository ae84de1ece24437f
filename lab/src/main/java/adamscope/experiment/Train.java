package adamscope.experiment;

import adamscope.data.DataSource;
import adamscope.formula.PlainText;
import adamscope.model.Criterion;
import adamscope.model.ModelSource;
import adamscope.optimizer.OptimizerRule;
import adamscope.probe.ModelEvaluation;
import adamscope.probe.ProbePlan;
import adamscope.probe.Validation;
import adamscope.rule.Change;
import adamscope.rule.Schedule;
import adamscope.rule.TunedSchedule;
import adamscope.shape.Forms;
import adamscope.shape.Key;
import adamscope.shape.Shape;
import adamscope.tensor.Place;
import adamscope.tensor.Precision;
import adamscope.training.Batching;
import adamscope.training.CheckpointPolicy;
import adamscope.training.GradientChanges;
import adamscope.training.Task;
import adamscope.training.Training;
import adamscope.training.WatchPlan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The training of a model on data by a rule.
///
/// @param watch       what is measured on the way
/// @param checkpoints when checkpoints are taken; changes no number
public record Train(Task task, Training training, WatchPlan watch, CheckpointPolicy checkpoints) implements Experiment {

    /// As text.
    public static final Shape<Train> SHAPE = Shape.of(keys -> {
        var model = keys.add(
                Key.of("model", ModelSource.WORDS, "what is trained"),
                train -> train.task().model());
        var data = keys.add(
                Key.optional("data", DataSource.WORDS, "where samples come from; deep-galerkin makes its own"),
                train -> train.task().data());
        var loss = keys.add(
                Key.optional("loss", Criterion.FORM, "mean over samples; without it as the data say"),
                train -> train.task().loss());
        var validation = keys.add(
                Key.optional("validation", Validation.SHAPE, "samples that are not trained on, to measure on"),
                train -> train.task().validation());
        var optimizer =
                keys.add(TunedSchedule.OPTIMIZER, train -> train.training().tuned());
        var groups =
                keys.add(TunedSchedule.GROUPS, train -> train.training().tuned().groups());
        var steps = keys.add(Schedule.STEPS, train -> train.training().ending().steps());
        var stop = keys.add(
                number("stop_loss", Double.NEGATIVE_INFINITY, "ends at or below"),
                train -> train.training().ending().loss());
        var diverged = keys.add(
                number("diverged_loss", Double.MAX_VALUE, "counts as diverged above"),
                train -> train.training().ending().bound());
        var batch = keys.add(
                Key.of("batch", Forms.wordOr("full", 0L, Forms.whole(1, Integer.MAX_VALUE)), "samples of a batch")
                        .orElse(0L),
                train -> train.training().batching().size());
        var micro = keys.add(
                Key.of(
                                "micro_batch",
                                Forms.whole(0, Integer.MAX_VALUE),
                                "samples that pass through memory at once; 0: the whole batch")
                        .orElse(0L),
                train -> train.training().batching().micro());
        var gradient =
                keys.inline(GradientChanges.SHAPE, train -> train.training().gradient());
        var changes = keys.add(
                Key.of(
                                "changes",
                                Forms.mappings(Change.WORDS, "{at: 6000, freeze: preconditioner}"),
                                "what happens in the middle")
                        .orElse(List.of())
                        .quiet(),
                train -> train.training().changes());
        var watch = keys.inline(WatchPlan.SHAPE, Train::watch);
        var checkpoint = keys.add(
                Key.of("checkpoint", CheckpointPolicy.SHAPE, "when checkpoints are taken")
                        .orElse(CheckpointPolicy.DEFAULT),
                Train::checkpoints);
        var init = keys.add(FormulaKeys.init(), train -> train.training().run().start());
        var seed = keys.add(seed(), train -> train.training().run().seed());
        var precision =
                keys.add(precision(), train -> train.training().run().place().precision());
        var device = keys.add(device(), train -> train.training().run().place().device());
        var threads = keys.add(
                Key.of("threads", Forms.count(1, 1024), "inside one operation").orElse(1),
                train -> train.training().run().threads());
        return in -> new Train(
                new Task(
                        in.get(model),
                        in.get(data),
                        in.get(loss),
                        in.get(validation).or(() -> earlier(in.get(watch)))),
                new Training(
                        in.get(optimizer).with(in.get(groups)),
                        new Training.StopRule(in.get(steps), in.get(stop), in.get(diverged)),
                        new Batching(in.get(batch), in.get(micro), in.get(seed)),
                        in.get(gradient),
                        in.get(changes),
                        new Training.Conditions(
                                in.get(seed),
                                in.get(init),
                                new Place(in.get(device), in.get(precision)),
                                in.get(threads))),
                in.get(watch).ofSolution(),
                in.get(checkpoint));
    });

    /// Held-out samples as they were once written.
    private static Optional<Validation> earlier(WatchPlan watch) {
        return watch.evaluate().flatMap(ModelEvaluation::validation);
    }

    private static Key<Double> number(String name, double defaultValue, String meaning) {
        return Key.of(name, Forms.number(), meaning).orElse(defaultValue);
    }

    static Key<Long> seed() {
        return Key.of("seed", Forms.whole(Long.MIN_VALUE, Long.MAX_VALUE), "of all chance")
                .orElse(0L);
    }

    static Key<Precision> precision() {
        return Key.of("precision", Forms.constant(Precision.values()), "of every number of the network")
                .orElse(Precision.FLOAT32);
    }

    static Key<String> device() {
        return Key.of("device", Forms.text(), "where tensors live: cpu, cuda, cuda:1")
                .orElse("cpu");
    }

    /// What stands before the name of a hyper-parameter that the training has too.
    static final String HYPER = "optimizer.";

    public Train {
        watch.refuse(task.model());
    }

    /// Refuses what cannot run, as far as it is seen before data are read and libtorch is loaded.
    public void refuseImpossible() {
        training.tuned().refuseMisfit(task.model().blocks());
        if (task.model() instanceof ModelSource.Galerkin galerkin) {
            galerkin.problem().refuseWrongSolution();
        }
    }

    /// What is measured of the curvature; empty: nothing.
    public Optional<ProbePlan> probe() {
        return watch.probe();
    }

    /// Data in words, without what a 0 or an empty list leaves at all there is.
    public static String words(DataSource source) {
        return DataSource.WORDS.write(source, Optional.empty()).entrySet().stream()
                .filter(word -> word.getKey().equals("seed")
                        || !List.of("0", "[]").contains(word.getValue().toString()))
                .map(word -> {
                    String value = word.getValue() instanceof List<?> items
                            ? items.stream().map(String::valueOf).collect(Collectors.joining(","))
                            : word.getValue().toString();
                    return word.getKey().equals("source") ? value : word.getKey() + " " + value;
                })
                .collect(Collectors.joining(", "));
    }

    /// A change in words.
    public static String words(Change change) {
        return switch (change) {
            case Change.Freeze _ -> "the preconditioner stays.";
            case Change.Clear(var _, String state) -> "the state " + state + " becomes 0.";
            case Change.Floor(var _, String state) -> "the state " + state + " stays at or above its value.";
            case Change.Skip _ -> "the next step is not made.";
            case Change.Retune(var _, var schedules) -> "hyper-parameters follow " + schedules + ".";
        };
    }

    /// Keys that an axis of a sweep can give, beside the hyper-parameters of the rule.
    private static final List<String> SWEPT =
            List.of("seed", "steps", "batch", "micro_batch", "noise", "clip", "decay", "stop_loss", "diverged_loss");

    /// The same training with other values: of hyper-parameters, where a schedule begins at the value and keeps its
    /// shape, and of keys with a number, such as `seed` or `batch`.
    ///
    /// @param values by name; `optimizer.decay` where the rule and the training both know a `decay`
    /// @throws IllegalArgumentException if a name is not known, means two things, or its value is not allowed
    public Train with(Map<String, Double> values) {
        Train changed = this;
        for (Map.Entry<String, Double> value : values.entrySet()) {
            changed = changed.with(value.getKey(), value.getValue());
        }
        return changed;
    }

    private Train with(String name, double value) {
        OptimizerRule rule = training.tuned().rule();
        String hyper = name.startsWith(HYPER) ? name.substring(HYPER.length()) : name;
        boolean known = rule.hyperNames().contains(hyper);
        boolean key = SWEPT.contains(name);
        if (known && key) {
            throw new IllegalArgumentException("axis " + name + ": both " + rule.name()
                    + " and the training have it; write " + HYPER + name + " for the hyper-parameter, or call that"
                    + " something else");
        }
        if (!known && !key) {
            List<String> settable = new ArrayList<>(rule.hyperNames());
            settable.addAll(SWEPT);
            throw new IllegalArgumentException("axis " + name + ": a training can be given other " + settable);
        }
        Training changed = known ? tuned(hyper, value) : keyed(name, value);
        return new Train(task, changed, watch, checkpoints);
    }

    private Training tuned(String hyper, double value) {
        Schedule schedule = training.tuned().schedules().get(hyper);
        if (schedule instanceof Schedule.Constant) {
            training.tuned().rule().checked(hyper, value);
        }
        return training.with(training.tuned().with(Map.of(hyper, schedule.beginningAt(value))));
    }

    private Training keyed(String key, double value) {
        Training.StopRule ending = training.ending();
        GradientChanges gradient = training.gradient();
        return switch (key) {
            case "seed" -> training.seeded(whole(key, value, Long.MIN_VALUE));
            case "steps" -> training.with(new Training.StopRule(whole(key, value, 1), ending.loss(), ending.bound()));
            case "stop_loss" -> training.with(new Training.StopRule(ending.steps(), value, ending.bound()));
            case "diverged_loss" -> training.with(new Training.StopRule(ending.steps(), ending.loss(), value));
            case "batch" ->
                training.with(new Batching(
                        whole(key, value, 1),
                        training.batching().micro(),
                        training.batching().seed()));
            case "micro_batch" ->
                training.with(new Batching(
                        training.batching().size(),
                        whole(key, value, 0),
                        training.batching().seed()));
            case "noise" ->
                training.with(
                        new GradientChanges(value, gradient.clip(), gradient.weightDecay(), gradient.decoupled()));
            case "clip" ->
                training.with(
                        new GradientChanges(gradient.noise(), value, gradient.weightDecay(), gradient.decoupled()));
            case "decay" ->
                training.with(new GradientChanges(gradient.noise(), gradient.clip(), value, gradient.decoupled()));
            default -> throw new IllegalStateException(key);
        };
    }

    private static long whole(String key, double value, long least) {
        if (value != Math.rint(value) || value < least) {
            throw new IllegalArgumentException("axis " + key + ": " + new PlainText().number(value)
                    + " is no whole number from " + least + " on; give a list of values");
        }
        return (long) value;
    }

    /// SHA-256 of everything that the numbers depend on; when the run ends is not of it, so that it can be prolonged.
    ///
    /// @param folder of the run, which may be moved with what lies in it
    public String digest(Path folder) {
        Train bare = new Train(task, training, watch, CheckpointPolicy.DEFAULT);
        try {
            byte[] text = ExperimentText.write(bare, folder)
                    .lines()
                    .filter(line -> !line.startsWith("steps:") && !line.startsWith("stop_loss:"))
                    .collect(Collectors.joining("\n"))
                    .getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<OptimizerRule> rules() {
        return List.of(training.tuned().rule());
    }
}
