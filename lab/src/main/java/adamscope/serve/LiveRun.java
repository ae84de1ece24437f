package adamscope.serve;

import adamscope.diagnosis.EventDiagnosis;
import adamscope.diagnosis.RiseWords;
import adamscope.experiment.Experiment;
import adamscope.experiment.Series;
import adamscope.experiment.Train;
import adamscope.log.LogReader;
import adamscope.log.NameMap;
import adamscope.regime.RunLog;
import adamscope.run.LogDiagnosis;
import adamscope.run.TrainingRun;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// A run of trainings that is watched: its files are read, nothing in its folder is touched.
final class LiveRun {
    /// Longer files are diagnosed by `diagnose`.
    private static final long MOST_DIAGNOSED = 1L << 26;

    /// Of the time, at most a fifth goes into diagnoses.
    private static final int REST = 4;

    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Path run;
    private final Executor beside;
    private final Map<String, LiveTraining> trainings = new LinkedHashMap<>();
    private final Deque<long[]> pace = new ArrayDeque<>();
    private long rowsSeen;
    private long rowsDiagnosed;
    private boolean diagnosing;
    private long restUntil = System.nanoTime();
    private List<Map<String, Object>> rises = List.of();

    /// @param beside does what takes its time
    LiveRun(Path run, Experiment experiment, Executor beside) {
        this.run = run;
        this.beside = beside;
        parts(experiment)
                .keySet()
                .forEach(name -> trainings.put(name, new LiveTraining(name, TrainingRun.folder(run, name))));
    }

    /// The trainings of an experiment by name; of one that is a training, without a name.
    static Map<String, Train> parts(Experiment experiment) {
        Map<String, Train> parts = new LinkedHashMap<>();
        switch (experiment) {
            case Train train -> parts.put("", train);
            case Series series ->
                series.parts().forEach((name, part) -> {
                    if (part instanceof Train train) {
                        parts.put(name, train);
                    }
                });
            default -> {}
        }
        return parts;
    }

    /// Reads what was added.
    synchronized void advance() {
        for (LiveTraining training : trainings.values()) {
            rowsSeen += training.advance() ? 1 : 0;
        }
        long now = System.nanoTime();
        pace.addLast(new long[] {now, done()});
        while (pace.size() > 2 && now - pace.getFirst()[0] > WINDOW_NANOS) {
            pace.removeFirst();
        }
        if (rowsSeen > rowsDiagnosed && !diagnosing && now - restUntil >= 0 && bytes() <= MOST_DIAGNOSED) {
            diagnosing = true;
            long seen = rowsSeen;
            beside.execute(() -> diagnose(seen));
        }
    }

    private long bytes() {
        return trainings.keySet().stream()
                .map(name -> TrainingRun.folder(run, name).resolve("live.jsonl"))
                .mapToLong(file -> file.toFile().length())
                .sum();
    }

    private void diagnose(long seen) {
        long begin = System.nanoTime();
        List<Map<String, Object>> found = null;
        try {
            if (Files.exists(run)) {
                found = LogReader.read(run, NameMap.byDefault()).stream()
                        .flatMap(log -> LogDiagnosis.ofUnknown().of(log).events().stream()
                                .map(event -> rise(log, event)))
                        .toList();
            }
        } catch (IllegalArgumentException | UncheckedIOException _) {
            // No loss yet, or the folder goes: what was found before stays.
        }
        synchronized (this) {
            rises = found == null ? rises : found;
            rowsDiagnosed = seen;
            diagnosing = false;
            restUntil = System.nanoTime() + REST * (System.nanoTime() - begin);
        }
    }

    private Map<String, Object> rise(RunLog log, EventDiagnosis event) {
        String part = trainings.keySet().stream()
                .filter(name -> !name.isEmpty() && log.name().endsWith(":" + name))
                .max(Comparator.comparingInt(String::length))
                .orElse("");
        return LiveTraining.event(part, "rise", event.event().onset(), RiseWords.sentence(event));
    }

    /// Steps of all its trainings so far.
    synchronized long done() {
        return trainings.values().stream().mapToLong(LiveTraining::last).sum();
    }

    /// How long the rest takes at the pace of the last half minute; NaN where there is none.
    synchronized double secondsLeft(long total) {
        if (pace.size() < 2) {
            return Double.NaN;
        }
        long steps = pace.getLast()[1] - pace.getFirst()[1];
        double seconds = (pace.getLast()[0] - pace.getFirst()[0]) * 1e-9;
        return steps > 0 ? (total - done()) / (steps / seconds) : Double.NaN;
    }

    /// The pace counts anew, as after a pause.
    synchronized void rested() {
        pace.clear();
    }

    /// Its curves.
    synchronized List<Map<String, Object>> curves() {
        return trainings.values().stream().map(LiveTraining::document).toList();
    }

    /// What happened, in order of the steps.
    synchronized List<Map<String, Object>> events() {
        List<Map<String, Object>> events = new ArrayList<>(rises);
        trainings.values().forEach(training -> events.addAll(training.crossings()));
        events.sort(Comparator.comparingDouble(event -> ((Number) event.get("step")).doubleValue()));
        return events;
    }
}
