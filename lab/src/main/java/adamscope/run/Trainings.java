package adamscope.run;

import adamscope.experiment.Train;
import adamscope.spark.SparkProcess;
import adamscope.sweep.Engine;
import adamscope.sweep.LocalEngine;
import adamscope.sweep.Tile;
import adamscope.training.CheckpointPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/// Runs trainings side by side, each with the threads that it asks for, so that no number depends on how many run at
/// once; equal ones are run once, whichever series of one call of the program ask for them.
public final class Trainings {
    private final Map<Train, Made> done = new ConcurrentHashMap<>();
    private final Function<Path, Engine> engine;

    /// On this machine.
    public Trainings() {
        this(_ -> LocalEngine.ofThisMachine());
    }

    /// @param engine where they are run, for a run folder
    public Trainings(Function<Path, Engine> engine) {
        this.engine = engine;
    }

    /// Where what belongs to a run folder is run.
    public Engine engine(Path run) {
        return engine.apply(run);
    }

    /// What each made, in the same order; after an interruption those that had come to their end or kept a checkpoint.
    ///
    /// @param run    the folder
    /// @param wanted by the name of the part
    Map<String, Made> of(Host host, Path run, Map<String, Train> wanted) {
        Map<Train, List<String>> missing = new LinkedHashMap<>();
        wanted.forEach((part, train) -> {
            if (!done.containsKey(key(train))) {
                missing.computeIfAbsent(key(train), _ -> new ArrayList<>()).add(part);
            }
        });
        if (!missing.isEmpty()) {
            run(host, run, missing);
        }
        Map<String, Made> made = new LinkedHashMap<>();
        wanted.forEach((part, train) -> {
            if (done.containsKey(key(train))) {
                made.put(part, done.get(key(train)));
            }
        });
        // An interrupted one is to go on, not to be taken for another.
        done.values().removeIf(one -> one.finding().interrupted());
        return made;
    }

    /// What the numbers depend on.
    private static Train key(Train train) {
        return new Train(train.task(), train.training(), train.watch(), CheckpointPolicy.DEFAULT);
    }

    private void run(Host host, Path run, Map<Train, List<String>> missing) {
        if (engine.apply(run) instanceof SparkProcess cluster) {
            there(cluster, host, run, missing);
        }
        long total = missing.keySet().stream()
                .mapToLong(train -> train.training().ending().steps())
                .sum();
        BooleanSupplier stopping = host.stopping();
        AtomicBoolean broken = new AtomicBoolean();
        int threads = Math.min(Runtime.getRuntime().availableProcessors(), missing.size());
        String task = missing.size() == 1 ? missing.values().iterator().next().getFirst() : "trainings";
        try (Progress progress = host.progress(task, total, "steps");
                ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            Host each = new One(host, progress, () -> broken.get() || stopping.getAsBoolean(), missing.size() == 1);
            Map<Train, Future<Made>> running = new LinkedHashMap<>();
            missing.forEach((train, parts) ->
                    running.put(train, pool.submit(() -> new TrainingRun(each, run, parts.getFirst(), train).made())));
            try {
                running.forEach((train, made) -> done.put(train, result(made)));
            } catch (RuntimeException | Error failure) {
                broken.set(true); // the others end at their next step
                throw failure;
            }
        }
    }

    /// Each to its end by a task of the cluster, in the run folder; what it made is then read here.
    private static void there(SparkProcess cluster, Host host, Path run, Map<Train, List<String>> missing) {
        List<String> parts = TrainingTask.parts(run);
        Iterator<Tile> tasks = missing.values().stream()
                .<Tile>map(names -> new Tile.Consecutive(parts.indexOf(names.getFirst()), 1))
                .iterator();
        try (Progress progress = host.progress("on the cluster", missing.size(), "trainings")) {
            cluster.run(TrainingTask.of(run), tasks, (_, _) -> progress.advance(1), host.stopping());
        }
    }

    private static Made result(Future<Made> running) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return running.get();
                } catch (InterruptedException _) {
                    // The trainings are asked for this too and keep their checkpoints.
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                default -> throw new IllegalStateException(e.getCause());
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// The host of one training among several: all count in one progress.
    ///
    /// @param alone whether it is the only one, so that its loss can stand there
    private record One(Host host, Progress all, BooleanSupplier stopping, boolean alone) implements Host {
        @Override
        public Progress progress(String task, long total, String unit) {
            return new Share(all, alone);
        }

        @Override
        public void remark(String text) {
            host.remark(text);
        }
    }

    private record Share(Progress all, boolean alone) implements Progress {
        @Override
        public void begin(long earlier) {
            all.advance(earlier);
        }

        @Override
        public void advance(long more) {
            all.advance(more);
        }

        @Override
        public void note(Supplier<String> text) {
            if (alone) {
                all.note(text);
            }
        }

        @Override
        public void close() {}
    }
}
