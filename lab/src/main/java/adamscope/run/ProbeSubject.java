package adamscope.run;

import adamscope.experiment.Experiment;
import adamscope.experiment.Series;
import adamscope.experiment.Train;
import adamscope.model.BatchLoss;
import adamscope.probe.CurvatureAnswers;
import adamscope.store.ResultStore;
import adamscope.tensor.LibTorch;
import adamscope.tensor.Place;
import adamscope.training.CheckpointFolder;
import adamscope.training.Training;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The training that a path belongs to, and the step it points at.
///
/// @param plan        of the run
/// @param loss        of the run
/// @param checkpoints where its checkpoints lie, and the digest they must have
/// @param pointed     the step of a checkpoint that the path names
public record ProbeSubject(
        Training plan, Function<Place, BatchLoss> loss, Checkpoints checkpoints, OptionalLong pointed) {
    private static final Pattern CHECKPOINT = Pattern.compile("step-(\\d+)\\.(json|safetensors)");

    /// @param folder     of the checkpoints
    /// @param experiment the digest they must have
    public record Checkpoints(Path folder, String experiment) {}

    /// Of a run folder, or of a checkpoint in one.
    ///
    /// @throws IllegalArgumentException if there is none, or no network in it
    public static ProbeSubject of(Path path) {
        if (!Files.exists(path)) {
            throw new IllegalArgumentException(path + " does not exist; name a run folder, or a checkpoint in one");
        }
        Matcher name = CHECKPOINT.matcher(path.getFileName().toString());
        OptionalLong pointed = name.matches() ? OptionalLong.of(Long.parseLong(name.group(1))) : OptionalLong.empty();
        Path folder = path;
        if (pointed.isPresent()) {
            folder = path.toAbsolutePath().getParent().getParent();
            // The folder of a part lies in that of its series.
            folder = Files.isRegularFile(folder.resolve("experiment.yaml")) ? folder : folder.getParent();
        }
        ResultStore store = ResultStore.of(folder);
        return of(store, "", store.experiment(), pointed);
    }

    private static ProbeSubject of(ResultStore store, String part, Experiment experiment, OptionalLong pointed) {
        return switch (experiment) {
            case Train train ->
                new ProbeSubject(
                        train.training(),
                        place -> train.task().at(place, train.training().run().seed()),
                        new Checkpoints(TrainingRun.checkpoints(store.folder(), part), train.digest(store.folder())),
                        pointed);
            case Series series -> {
                List<String> trainings = series.parts().keySet().stream()
                        .filter(name -> series.parts().get(name) instanceof Train)
                        .toList();
                if (trainings.size() != 1) {
                    throw new IllegalArgumentException(store.folder() + " is a series with " + trainings.size()
                            + " trainings of a network; probe looks at a run with one");
                }
                String name = trainings.getFirst();
                yield of(store, name, series.parts().get(name), pointed);
            }
            default ->
                throw new IllegalArgumentException(store.folder() + " holds an experiment of kind " + experiment.kind()
                        + ", no training of a network");
        };
    }

    /// The step that is looked at: the wanted one, the one after the named or the newest checkpoint, or the last.
    public long step(Long wanted) {
        if (wanted != null) {
            if (wanted < 1) {
                throw new IllegalArgumentException("--step = " + wanted + " is outside [1, inf)");
            }
            if (wanted > plan.ending().steps()) {
                throw new IllegalArgumentException("--step = " + wanted + ": the run has "
                        + plan.ending().steps() + " steps; to prolong it: adamscope train --resume DIR --set steps=N");
            }
            return wanted;
        }
        if (pointed.isPresent()) {
            return pointed.getAsLong() + 1;
        }
        List<Long> kept = kept();
        return kept.isEmpty() ? plan.ending().steps() : kept.getLast() + 1;
    }

    private List<Long> kept() {
        return CheckpointFolder.steps(checkpoints.folder());
    }

    /// Goes to a step, from the nearest checkpoint before it, and asks.
    public Map<String, Object> answers(Host host, long step, CurvatureAnswers.Inquiry inquiry) {
        LibTorch.require();
        CurvatureAnswers answers =
                new CurvatureAnswers(step, inquiry, plan.tuned().rule());
        Training until = plan.until(step);
        OptionalLong from = kept().stream()
                .filter(kept -> kept < step)
                .mapToLong(Long::longValue)
                .max();
        BooleanSupplier stopping = host.stopping();
        try (Progress progress = host.progress("to step " + step, step - from.orElse(0), "steps")) {
            Training.Watch watch = Training.Watch.of(List.of((_, _) -> answers), (_, _) -> {
                progress.advance(1);
                return !stopping.getAsBoolean();
            });
            if (from.isPresent()) {
                until.resume(
                        loss,
                        watch,
                        CheckpointFolder.read(checkpoints.folder(), from.getAsLong(), checkpoints.experiment()));
            } else {
                until.run(loss, watch);
            }
        }
        if (answers.answers().isEmpty()) {
            if (stopping.getAsBoolean()) {
                throw new CancellationException();
            }
            throw new IllegalArgumentException("the training ends before step " + step);
        }
        return answers.answers();
    }
}
