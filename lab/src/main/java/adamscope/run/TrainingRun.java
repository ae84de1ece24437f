package adamscope.run;

import adamscope.experiment.Train;
import adamscope.probe.Probe;
import adamscope.probe.SharpnessProbe;
import adamscope.regime.Crossing;
import adamscope.regime.Quantity;
import adamscope.store.ResultStore;
import adamscope.table.Table;
import adamscope.training.CheckpointFolder;
import adamscope.training.Companions;
import adamscope.training.Training;
import adamscope.training.TrainingOutcome;
import adamscope.training.TrainingResult;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/// Trains into a run folder, from the start or from the newest checkpoint in it.
///
/// @param run  the folder
/// @param part of a series, whose files lie in a folder of this name; empty: the run is this training
public record TrainingRun(Host host, Path run, String part, Train train) {
    /// Where the checkpoints of a training lie.
    ///
    /// @param run  the run folder
    /// @param part of a series; empty: the run is this training
    public static Path checkpoints(Path run, String part) {
        return folder(run, part).resolve("checkpoints");
    }

    /// Where the files of a training lie.
    public static Path folder(Path run, String part) {
        return part.isEmpty() ? run : run.resolve(part);
    }

    /// What came out; a run that was interrupted has kept a checkpoint.
    Made made() {
        Path folder = folder(run, part);
        TrainingFiles.make(folder);
        OptionalLong last = keeper(TrainingFiles.rows(folder))
                .newestWhole(reason -> host.remark("warning: " + reason + "; it is set aside"));
        if (last.isEmpty() && ResultStore.isImported(run)) {
            throw new IllegalArgumentException(
                    run + " was imported, and the checkpoint it begins with is gone; import it again");
        }
        try (TrainingFiles files = new TrainingFiles(folder, last.orElse(-1))) {
            TrainingResult result;
            String task = part.isEmpty() ? "training" : part;
            try (Progress progress =
                    host.progress(task, train.training().ending().steps(), "steps")) {
                progress.begin(Math.max(0, files.last()));
                result = train(keeper(files), files, progress);
            }
            List<Table> tables = files.tables();
            if (result.outcome() instanceof TrainingOutcome.Stopped(long step) && part.isEmpty()) {
                host.interrupted("interrupted after step " + step + "; " + Run.wayOn(run, train));
            }
            return new Made(found(result.outcome(), tables, last), tables);
        }
    }

    private CheckpointFolder keeper(Companions companions) {
        return new CheckpointFolder(checkpoints(run, part), train.digest(run), train.checkpoints(), companions);
    }

    private TrainingResult train(CheckpointFolder keeper, TrainingFiles files, Progress progress) {
        Training training = train.training();
        List<Probe.Source> probes = train.watch().sources(train.task(), training);
        ThresholdNote note = new ThresholdNote();
        AtomicReference<Double> reached = new AtomicReference<>();
        progress.note(() ->
                reached.get() == null ? "" : String.format(Locale.ROOT, "loss %.4g%s", reached.get(), note.words()));
        BooleanSupplier stopping = host.stopping();
        return training.goOn(
                place -> {
                    if (files.last() >= 0 && files.last() < training.ending().steps()) {
                        host.remark((part.isEmpty() ? "" : part + ": ") + "going on after step " + files.last());
                    }
                    return train.task().at(place, training.run().seed());
                },
                new Training.Watch(
                        probes,
                        train.watch().layers(),
                        List.of(files, note),
                        (_, loss) -> {
                            progress.advance(1);
                            reached.set(loss);
                            return !stopping.getAsBoolean();
                        },
                        Optional.of(keeper)),
                keeper);
    }

    /// @param tables of the whole run, also of what was made before it was broken off
    private Finding found(TrainingOutcome outcome, List<Table> tables, OptionalLong from) {
        double[] losses = tables.getFirst().numbers(Quantity.LOSS);
        List<Long> kept = CheckpointFolder.steps(checkpoints(run, part));
        return new TrainingFound(
                train,
                word(outcome),
                outcome.step(),
                losses.length == 0 ? Double.NaN : losses[losses.length - 1],
                least(losses),
                from,
                kept.isEmpty() ? OptionalLong.empty() : OptionalLong.of(kept.getLast()),
                train.probe().map(_ -> crossings(tables.getLast())),
                ValidationFound.of(tables.getLast(), ""),
                ValidationFound.of(tables.getLast(), ValidationFound.AVERAGED));
    }

    /// The least of the losses that are numbers.
    static double least(double[] losses) {
        return Arrays.stream(losses).filter(loss -> !Double.isNaN(loss)).min().orElse(Double.NaN);
    }

    /// Where the preconditioned sharpness crosses the threshold, over all rows of the run.
    private static List<Crossing> crossings(Table all) {
        Table probes = all.measured(Quantity.PRECONDITIONED_SHARPNESS);
        double[] ratio = probes.numbers(Quantity.PRECONDITIONED_SHARPNESS).clone();
        double[] threshold = probes.numbers(SharpnessProbe.THRESHOLD);
        Arrays.setAll(ratio, i -> ratio[i] / threshold[i]);
        return Crossing.of(probes.numbers(Quantity.STEP), ratio, 1);
    }

    /// How it ended, in a word.
    static String word(TrainingOutcome outcome) {
        return switch (outcome) {
            case TrainingOutcome.Completed _ -> "done";
            case TrainingOutcome.ReachedLoss _ -> "reached-loss";
            case TrainingOutcome.Diverged _ -> "diverged";
            case TrainingOutcome.Stopped _ -> TrainingFound.INTERRUPTED;
        };
    }
}
