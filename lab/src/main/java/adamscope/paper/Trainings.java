package adamscope.paper;

import adamscope.training.TrainingOutcome;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/// The trainings of one call of the program: each is run once, whichever figures ask for it; several run at once, one
/// thread each, so that no number depends on how many.
public final class Trainings {
    private final Map<MeasuredTraining, MeasuredRun> done = new HashMap<>();

    /// The results by name; runs what was not run before.
    ///
    /// @throws CancellationException if the effort was stopped
    Map<String, MeasuredRun> of(Map<String, MeasuredTraining> wanted, Effort effort) {
        Set<MeasuredTraining> missing = new LinkedHashSet<>(wanted.values());
        missing.removeAll(done.keySet());
        double total = wanted.values().stream()
                .distinct()
                .mapToDouble(MeasuredTraining::steps)
                .sum();
        wanted.values().stream()
                .distinct()
                .filter(done::containsKey)
                .forEach(ready -> effort.finished().accept(ready.steps() / total));
        run(missing, total, effort);
        Map<String, MeasuredRun> results = new LinkedHashMap<>();
        wanted.forEach((name, training) -> results.put(name, done.get(training)));
        return results;
    }

    /// How many were run.
    int runs() {
        return done.size();
    }

    private void run(Set<MeasuredTraining> missing, double total, Effort effort) {
        if (missing.isEmpty()) {
            return;
        }
        AtomicBoolean broken = new AtomicBoolean();
        try (ExecutorService pool = Executors.newFixedThreadPool(Math.min(effort.threads(), missing.size()))) {
            Map<MeasuredTraining, Future<MeasuredRun>> running = new LinkedHashMap<>();
            missing.forEach(training -> running.put(training, pool.submit(() -> run(training, total, effort, broken))));
            try {
                running.forEach((training, result) -> done.put(training, result(result)));
            } catch (RuntimeException | Error failure) {
                broken.set(true); // the others end at their next step
                throw failure;
            }
        }
    }

    private static MeasuredRun run(MeasuredTraining training, double total, Effort effort, AtomicBoolean broken) {
        LongAdder told = new LongAdder();
        MeasuredRun result = training.run((_, _) -> {
            told.increment();
            effort.finished().accept(1 / total);
            return !broken.get() && !effort.stopped().getAsBoolean();
        });
        if (result.outcome() instanceof TrainingOutcome.Stopped(var step)) {
            throw new CancellationException("stopped after step " + step);
        }
        effort.finished().accept((training.steps() - told.sum()) / total);
        return result;
    }

    private static MeasuredRun result(Future<MeasuredRun> running) {
        try {
            return running.get();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CancellationException("stopped");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                default -> throw new IllegalStateException(e.getCause());
            }
        }
    }
}
