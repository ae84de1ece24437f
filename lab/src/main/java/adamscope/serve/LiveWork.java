package adamscope.serve;

import adamscope.experiment.Experiment;
import adamscope.experiment.ExperimentDraft;
import adamscope.experiment.ExperimentText;
import adamscope.experiment.Series;
import adamscope.experiment.Size;
import adamscope.experiment.Sweep;
import adamscope.experiment.Train;
import adamscope.run.Host;
import adamscope.run.Run;
import adamscope.run.SweepProgress;
import adamscope.store.JsonDocument;
import adamscope.store.Provenance;
import adamscope.store.ResultStore;
import adamscope.store.RunList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/// Runs that are begun, stopped, gone on with and watched from pages; what another terminal runs in the folder is
/// watched too.
final class LiveWork implements AutoCloseable {
    private static final int AT_ONCE = 2;
    private static final int IN_LINE = 16;

    /// Rows of a point of a sweep lie in `points/NUMBER/`.
    private static final int ROWS_DEPTH = 3;

    private static final int MOST_WATCHED = 64;

    private final RunPaths paths;
    private final Jobs jobs;
    private final Map<Path, LiveRun> watched = new LinkedHashMap<>(16, 0.75f, true);
    private final ExecutorService beside = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("serve diagnosis").factory());

    LiveWork(RunPaths paths, OwnProgram program, Host host) {
        this.paths = paths;
        this.jobs = new Jobs(program, host, AT_ONCE, IN_LINE);
    }

    /// Begins what a text says.
    ///
    /// @param source names the text in complaints
    /// @throws IllegalArgumentException if the text is wrong; nothing is begun
    HttpAnswer start(String source, String text) {
        jobs.refuseFull();
        ExperimentDraft draft =
                ExperimentDraft.within(paths.root(), paths.root(), source, text).size(Size.DEFAULT);
        Experiment experiment = draft.isSweep() ? draft.sweep() : draft.trainings();
        Run.refuseUnusable(experiment);
        String command = experiment instanceof Sweep ? "sweep" : "train";
        ResultStore store = ResultStore.below(paths.root(), experiment, command, jobs::has);
        try {
            jobs.enter(store);
        } catch (RuntimeException e) {
            Jobs.withdraw(store);
            throw e;
        }
        jobs.awaitBegin(store.folder(), () -> hasRead(store.folder(), experiment));
        return HttpAnswer.Whole.json(JsonDocument.object("run", paths.name(store.folder())));
    }

    /// Whether a process has read the data of a run, which is the last that may be wrong: then it begins its rows.
    private static boolean hasRead(Path run, Experiment experiment) {
        if (experiment instanceof Sweep sweep && !(sweep.base() instanceof Train)) {
            return true;
        }
        try (Stream<Path> files = Files.walk(run, ROWS_DEPTH)) {
            return files.anyMatch(file -> file.endsWith("live.jsonl"));
        } catch (IOException | UncheckedIOException _) {
            // It goes, or files in it do.
            return false;
        }
    }

    /// Goes on with a run that was cut off.
    ///
    /// @throws IllegalArgumentException if it is complete, at work, or of files that lie elsewhere
    HttpAnswer resume(Path run) {
        ResultStore store = ResultStore.resume(run, List.of());
        Experiment experiment = store.experiment();
        if (!isRun(experiment)) {
            throw new IllegalArgumentException(
                    paths.name(run) + " holds kind = " + experiment.kind() + ", no training and no sweep");
        }
        try {
            Path file = run.resolve("experiment.yaml");
            ExperimentDraft.within(paths.root(), run, file.toString(), Files.readString(file))
                    .experiment();
        } catch (IOException e) {
            throw new IllegalArgumentException(paths.name(run) + " cannot be read", e);
        }
        jobs.enter(store);
        return said("goes on");
    }

    /// Ends a run where it can go on.
    HttpAnswer stop(Path run) {
        jobs.stop(run);
        return said("stops");
    }

    private static HttpAnswer said(String words) {
        return HttpAnswer.Whole.json(JsonDocument.object("said", words));
    }

    private static boolean isRun(Experiment experiment) {
        return experiment instanceof Sweep
                || experiment instanceof Train
                || experiment instanceof Series series
                        && series.parts().values().stream().allMatch(Train.class::isInstance);
    }

    /// How far runs are, and their curves.
    HttpAnswer watch(List<String> names) {
        return HttpAnswer.Whole.json(JsonDocument.object(
                "runs", names.stream().distinct().map(this::document).toList()));
    }

    private Map<String, Object> document(String name) {
        Path run;
        try {
            run = paths.run(name);
        } catch (HttpProblem absent) {
            String words = jobs.lastWords(paths.root().resolve(name));
            if (words.isEmpty()) {
                throw absent;
            }
            return JsonDocument.object("name", name, "state", "gone", "words", words);
        }
        // asked before the files are looked at, so that what came last is read
        String state = state(run);
        Experiment experiment = ResultStore.experiment(run);
        Map<String, Object> document = JsonDocument.object(
                "name", name,
                "address", "runs/" + paths.address(run),
                "state", state,
                "words", jobs.lastWords(run),
                "kind", experiment.kind(),
                "optimizer", experiment.rules().getFirst().name(),
                "report", Files.isRegularFile(run.resolve("report.html")),
                "mayStop", jobs.has(run),
                "mayResume", state.equals("stopped") && isRun(experiment));
        Map<String, Train> trainings = LiveRun.parts(experiment);
        if (!trainings.isEmpty()) {
            put(document, run, experiment, trainings);
        }
        if (experiment instanceof Sweep sweep) {
            put(document, SweepProgress.counted(run, sweep));
            document.put(
                    "ask",
                    "select * exclude (run) from sweep"
                            + (sweep.keep().contains("finalLoss") ? " order by finalLoss" : "") + " limit 10");
        }
        if (Provenance.results(run).get("") instanceof Map<?, ?> found && found.get("outcome") instanceof String word) {
            document.put("outcome", word);
        }
        return document;
    }

    private void put(Map<String, Object> document, Path run, Experiment experiment, Map<String, Train> trainings) {
        long total = trainings.values().stream()
                .mapToLong(train -> train.training().ending().steps())
                .sum();
        LiveRun live = live(run, experiment);
        if (!document.get("state").equals("running") && !document.get("state").equals("elsewhere")) {
            live.rested();
        }
        live.advance();
        document.put("done", live.done());
        document.put("total", total);
        document.put("unit", "steps");
        document.put("secondsLeft", live.secondsLeft(total));
        document.put("trainings", live.curves());
        live.events().forEach(document::put);
    }

    private static void put(Map<String, Object> document, SweepProgress progress) {
        document.put("done", progress.done());
        document.put("total", progress.points());
        document.put("unit", progress.refining() ? "points, as outcomes decide" : "points");
        document.put("secondsLeft", progress.secondsLeft());
    }

    private synchronized LiveRun live(Path run, Experiment experiment) {
        LiveRun live = watched.computeIfAbsent(run, _ -> new LiveRun(run, experiment, beside));
        if (watched.size() > MOST_WATCHED) {
            watched.remove(watched.keySet().iterator().next());
        }
        return live;
    }

    /// A word for how far a run is.
    String state(Path run) {
        Jobs.Stage stage = jobs.stage(run);
        if (stage != null) {
            return switch (stage) {
                case WAITING -> "waiting";
                case STARTING -> "starting";
                case RUNNING -> "running";
                case STOPPING -> "stopping";
            };
        }
        return switch (RunList.state(run)) {
            case COMPLETE -> "complete";
            case RUNNING -> "elsewhere";
            case UNFINISHED, DAMAGED, UNREADABLE -> "stopped";
        };
    }

    /// The text of a run's experiment, to begin another from.
    static String text(Path run) {
        return ExperimentText.write(ResultStore.experiment(run));
    }

    @Override
    public void close() {
        beside.shutdownNow();
        jobs.close();
    }
}
