package adamscope.experiment;

import adamscope.data.DataSource;
import adamscope.optimizer.OptimizerRule;
import adamscope.training.Batching;
import adamscope.training.Change;
import adamscope.training.CheckpointFolder;
import adamscope.training.GradientChanges;
import adamscope.training.ProbePlan;
import adamscope.training.Schedule;
import adamscope.training.Task;
import adamscope.training.Training;
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
/// @param probe       what is measured of the curvature; empty: nothing
/// @param layers      steps between two measurements of each layer by itself; 0: never;
///                    [adamscope.training.Training.Watch#LAYERS_BY_COST]
/// @param checkpoints when checkpoints are taken; changes no number
public record Train(
        Task task, Training training, Optional<ProbePlan> probe, int layers, CheckpointFolder.Policy checkpoints)
        implements Experiment {

    /// What stands before the name of a hyper-parameter that the training has too.
    private static final String HYPER = "optimizer.";

    public Train {
        if (layers < Training.Watch.LAYERS_BY_COST) {
            throw new IllegalArgumentException("layers = " + layers + " is outside [0, inf)");
        }
    }

    /// Data in words.
    public static String words(DataSource source) {
        return DataFields.words(source).entrySet().stream()
                .filter(word -> !word.getValue().equals("0"))
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
        return new Train(task, changed, probe, layers, checkpoints);
    }

    private Training tuned(String hyper, double value) {
        Schedule schedule = training.tuned().schedules().get(hyper);
        if (schedule instanceof Schedule.Constant) {
            training.tuned().rule().checked(hyper, value);
        }
        return training.with(training.tuned().with(Map.of(hyper, schedule.beginningAt(value))));
    }

    private Training keyed(String key, double value) {
        Training.Ending ending = training.ending();
        GradientChanges gradient = training.gradient();
        return switch (key) {
            case "seed" -> training.seeded(whole(key, value, Long.MIN_VALUE));
            case "steps" -> training.with(new Training.Ending(whole(key, value, 1), ending.loss(), ending.bound()));
            case "stop_loss" -> training.with(new Training.Ending(ending.steps(), value, ending.bound()));
            case "diverged_loss" -> training.with(new Training.Ending(ending.steps(), ending.loss(), value));
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
            throw new IllegalArgumentException(
                    "axis " + key + ": " + value + " is no whole number from " + least + " on; give a list of values");
        }
        return (long) value;
    }

    /// SHA-256 of everything that the numbers depend on.
    ///
    /// @param folder of the run, which may be moved with what lies in it
    public String digest(Path folder) {
        Train bare = new Train(task, training, probe, layers, CheckpointFolder.Policy.STANDARD);
        try {
            byte[] text = ExperimentText.write(bare, folder).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
