package adamscope.cli;

import adamscope.experiment.Train;
import adamscope.regime.Crossing;
import adamscope.regime.Quantity;
import adamscope.report.RunReport;
import adamscope.store.JsonDocument;
import adamscope.store.ResultStore;
import adamscope.table.Table;
import adamscope.training.CheckpointFolder;
import adamscope.training.FolderLock;
import adamscope.training.Probe;
import adamscope.training.SharpnessProbe;
import adamscope.training.Training;
import adamscope.training.TrainingOutcome;
import adamscope.training.TrainingResult;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Trains into a run folder, from the start or from the newest checkpoint in it.
record TrainRun(Console console, ResultStore store, Train train) {
    /// The folder of checkpoints in a run folder.
    static final String CHECKPOINTS = "checkpoints";

    /// What came out, for people and programs; the outcome of an interrupted run is `interrupted`.
    Map<String, Object> run() {
        try (FolderLock _ = FolderLock.take(store.folder());
                Interruption interruption = new Interruption()) {
            Map<String, Object> found = run(interruption);
            console.out().flush();
            console.err().flush();
            return found;
        }
    }

    private Map<String, Object> run(Interruption interruption) {
        Path checkpoints = store.folder().resolve(CHECKPOINTS);
        long last = new CheckpointFolder(checkpoints, train.digest(store.folder()), train.checkpoints(), () -> {})
                .newestWhole(reason -> console.remark("warning: " + reason + "; it is set aside"))
                .orElse(-1);
        long total = train.training().ending().steps();
        try (TrainingFiles files = new TrainingFiles(store.folder(), last)) {
            TrainingResult result;
            try (Progress progress = console.progress("training", total, "steps")) {
                progress.begin(Math.max(0, last));
                result = train(
                        new CheckpointFolder(
                                checkpoints, train.digest(store.folder()), train.checkpoints(), files::force),
                        files,
                        progress,
                        interruption);
            }
            List<Table> tables = files.tables();
            Map<String, Object> found = found(result, tables.getLast(), last, checkpoints);
            if (result.outcome() instanceof TrainingOutcome.Stopped) {
                console.remark("interrupted after step " + result.outcome().step()
                        + "; go on with: adamscope train --resume " + store.folder());
                return found;
            }
            tables.forEach(store::write);
            RunReport.write(store);
            store.finish(Map.of("training", train.training().run().seed()), Map.of("", found));
            return found;
        }
    }

    private TrainingResult train(
            CheckpointFolder keeper, TrainingFiles files, Progress progress, Interruption interruption) {
        Training training = train.training();
        List<Probe.Source> probes = train.probe().stream()
                .map(plan -> plan.source(training.run().seed()))
                .toList();
        ThresholdNote note = new ThresholdNote();
        AtomicReference<Double> reached = new AtomicReference<>();
        progress.note(() ->
                reached.get() == null ? "" : String.format(Locale.ROOT, "loss %.4g%s", reached.get(), note.words()));
        return training.goOn(
                place -> {
                    if (files.last() >= 0) {
                        console.remark("going on after step " + files.last());
                    }
                    return train.task().at(place, training.run().seed());
                },
                new Training.Watch(
                        probes,
                        train.layers(),
                        List.of(files, note),
                        (_, loss) -> {
                            progress.advance(1);
                            reached.set(loss);
                            return !interruption.wanted();
                        },
                        Optional.of(keeper)),
                keeper);
    }

    private Map<String, Object> found(TrainingResult result, Table probes, long from, Path checkpoints) {
        Table losses = result.losses();
        double[] values = losses.numbers("loss");
        double least = Double.NaN;
        for (double value : values) {
            least = Double.isNaN(least) || value < least ? value : least;
        }
        List<Long> kept = CheckpointFolder.steps(checkpoints);
        Map<String, Object> found = new LinkedHashMap<>(JsonDocument.object(
                "outcome",
                word(result.outcome()),
                "steps",
                result.outcome().step(),
                "finalLoss",
                values.length == 0 ? Double.NaN : values[values.length - 1],
                "minLoss",
                least,
                "resumedAfter",
                from < 0 ? null : from,
                "lastCheckpoint",
                kept.isEmpty() ? null : kept.getLast(),
                "folder",
                store.folder().toString()));
        if (train.probe().isPresent()) {
            found.put("thresholdCrossings", crossings(probes));
        }
        return found;
    }

    /// Where the preconditioned sharpness crosses the threshold, over all rows of the run.
    private static List<Map<String, Object>> crossings(Table probes) {
        double[] ratio = probes.numbers(Quantity.PRECONDITIONED_SHARPNESS).clone();
        double[] threshold = probes.numbers(SharpnessProbe.THRESHOLD);
        Arrays.setAll(ratio, i -> ratio[i] / threshold[i]);
        return Crossing.of(probes.numbers(Quantity.STEP), ratio, 1).stream()
                .map(crossing -> JsonDocument.object("step", crossing.step(), "upwards", crossing.upwards()))
                .toList();
    }

    /// The outcome in a word.
    static String word(TrainingOutcome outcome) {
        return switch (outcome) {
            case TrainingOutcome.Completed _ -> "done";
            case TrainingOutcome.ReachedLoss _ -> "reached-loss";
            case TrainingOutcome.Diverged _ -> "diverged";
            case TrainingOutcome.Stopped _ -> "interrupted";
        };
    }
}
