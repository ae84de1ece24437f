package adamscope.serve;

import adamscope.diagnosis.Diagnosis;
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
import adamscope.store.JsonDocument;
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

    /// What is told of a run at once.
    private static final int MOST_EVENTS = 100;

    /// Above the height of every rise that ends in a number.
    private static final double NO_NUMBER = 1e6;

    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Path run;
    private final Executor beside;
    private final Map<String, LiveTraining> trainings = new LinkedHashMap<>();
    private final Deque<long[]> pace = new ArrayDeque<>();
    private long rowsSeen;
    private long rowsDiagnosed;
    private boolean diagnosing;
    private long restUntil = System.nanoTime();
    private Rises rises = new Rises(List.of(), 0);

    /// @param told  those that were explained
    /// @param found how many there are
    private record Rises(List<Map<String, Object>> told, long found) {}

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
        Rises found = null;
        try {
            if (Files.exists(run)) {
                List<Diagnosis> diagnosed = LogReader.read(run, NameMap.byDefault()).stream()
                        .map(LogDiagnosis.ofUnknown()::of)
                        .toList();
                found = new Rises(
                        diagnosed.stream()
                                .flatMap(each -> each.events().stream().map(event -> rise(each.log(), event)))
                                .toList(),
                        diagnosed.stream().mapToLong(Diagnosis::rises).sum());
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
        double weight = event.event().broken() ? NO_NUMBER : event.event().height();
        return LiveTraining.event(part, "rise", weight, event.event().onset(), RiseWords.sentence(event));
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

    /// What happened, in order of the steps: where it is too much to be told, the losses that are no number, then the
    /// highest rises, then the last crossings; and how much of each is left out.
    synchronized Map<String, Object> events() {
        List<Map<String, Object>> all = new ArrayList<>(rises.told);
        trainings.values().forEach(training -> all.addAll(training.crossings()));
        List<Map<String, Object>> told = all.stream()
                .sorted(by("weight").thenComparing(by("step")).reversed())
                .limit(MOST_EVENTS)
                .sorted(by("step"))
                .toList();
        long toldRises =
                told.stream().filter(event -> event.get("kind").equals("rise")).count();
        long crossings =
                trainings.values().stream().mapToLong(LiveTraining::crossed).sum();
        return JsonDocument.object(
                "events",
                told,
                "untoldRises",
                rises.found - toldRises,
                "untoldCrossings",
                crossings - (told.size() - toldRises),
                "undiagnosed",
                bytes() > MOST_DIAGNOSED);
    }

    private static Comparator<Map<String, Object>> by(String key) {
        return Comparator.comparingDouble(event -> ((Number) event.get(key)).doubleValue());
    }
}
