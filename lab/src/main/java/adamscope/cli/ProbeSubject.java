package adamscope.cli;

import adamscope.data.FashionMnist;
import adamscope.experiment.Experiment;
import adamscope.experiment.NetworkTraining;
import adamscope.experiment.Series;
import adamscope.experiment.Train;
import adamscope.model.BatchLoss;
import adamscope.store.ResultStore;
import adamscope.tensor.LibTorch;
import adamscope.tensor.Place;
import adamscope.training.CheckpointFolder;
import adamscope.training.CurvatureAnswers;
import adamscope.training.Training;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The training that a path belongs to, and the step it points at.
///
/// @param plan        of the run
/// @param loss        of the run
/// @param checkpoints where its checkpoints lie, and the digest they must have; empty for runs without
/// @param pointed     the step of a checkpoint that the path names
record ProbeSubject(
        Training plan, Function<Place, BatchLoss> loss, Optional<Checkpoints> checkpoints, OptionalLong pointed) {
    private static final Pattern CHECKPOINT = Pattern.compile("step-(\\d+)\\.(json|safetensors)");

    /// @param folder     of the checkpoints
    /// @param experiment the digest they must have
    record Checkpoints(Path folder, String experiment) {}

    /// Of a run folder, or of a checkpoint in one.
    ///
    /// @throws IllegalArgumentException if there is none, or no network in it
    static ProbeSubject of(Path path) {
        if (!Files.exists(path)) {
            throw new IllegalArgumentException(path + " does not exist; name a run folder, or a checkpoint in one");
        }
        Matcher name = CHECKPOINT.matcher(path.getFileName().toString());
        OptionalLong pointed = name.matches() ? OptionalLong.of(Long.parseLong(name.group(1))) : OptionalLong.empty();
        Path folder = pointed.isPresent() ? path.toAbsolutePath().getParent().getParent() : path;
        ResultStore store = ResultStore.of(folder);
        return of(store, store.experiment(), pointed);
    }

    private static ProbeSubject of(ResultStore store, Experiment experiment, OptionalLong pointed) {
        return switch (experiment) {
            case Train train ->
                new ProbeSubject(
                        train.training(),
                        place -> train.task().at(place, train.training().run().seed()),
                        Optional.of(
                                new Checkpoints(store.folder().resolve("checkpoints"), train.digest(store.folder()))),
                        pointed);
            case NetworkTraining network ->
                new ProbeSubject(
                        NetworkPlan.training(network),
                        NetworkPlan.loss(network, FashionMnist.shipped(network.images())),
                        Optional.empty(),
                        pointed);
            case Series series -> {
                List<Experiment> networks = series.parts().values().stream()
                        .filter(part -> part instanceof NetworkTraining || part instanceof Train)
                        .toList();
                if (networks.size() != 1) {
                    throw new IllegalArgumentException(store.folder() + " is a series with " + networks.size()
                            + " trainings of a network; probe looks at a run with one");
                }
                yield of(store, networks.getFirst(), pointed);
            }
            default ->
                throw new IllegalArgumentException(store.folder() + " holds an experiment of kind " + experiment.kind()
                        + ", no training of a network");
        };
    }

    /// The step that is looked at: the wanted one, the one after the named or the newest checkpoint, or the last.
    long step(Long wanted) {
        if (wanted != null) {
            if (wanted < 1) {
                throw new IllegalArgumentException("--step = " + wanted + " is outside [1, inf)");
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
        return checkpoints.map(where -> CheckpointFolder.steps(where.folder())).orElse(List.of());
    }

    /// Goes to a step, from the nearest checkpoint before it, and asks.
    Map<String, Object> answers(Console console, long step, CurvatureAnswers.Inquiry inquiry) {
        LibTorch.require();
        CurvatureAnswers answers =
                new CurvatureAnswers(step, inquiry, plan.tuned().rule());
        Training until = new Training(
                plan.tuned(),
                Training.Ending.after(step),
                plan.batching(),
                plan.gradient(),
                plan.changes().stream().filter(change -> change.at() <= step).toList(),
                plan.run());
        OptionalLong from = kept().stream()
                .filter(kept -> kept < step)
                .mapToLong(Long::longValue)
                .max();
        try (Progress progress = console.progress("to step " + step, step - from.orElse(0), "steps")) {
            Training.Watch watch = Training.Watch.of(List.of((_, _) -> answers), (_, _) -> {
                progress.advance(1);
                return !Thread.currentThread().isInterrupted();
            });
            if (from.isPresent()) {
                Checkpoints where = checkpoints.orElseThrow();
                until.resume(loss, watch, CheckpointFolder.read(where.folder(), from.getAsLong(), where.experiment()));
            } else {
                until.run(loss, watch);
            }
        }
        if (answers.answers().isEmpty()) {
            throw new IllegalStateException("the training ended before step " + step);
        }
        return answers.answers();
    }
}
