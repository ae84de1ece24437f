package adamscope.run;

import adamscope.experiment.Simulation;
import adamscope.experiment.Sweep;
import adamscope.experiment.Train;
import adamscope.store.TableSize;
import adamscope.sweep.TileWork;
import adamscope.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/// Measures what a sweep takes: some of its points, all over its space, first until the program is warm, then for the
/// number. One thread; nothing is kept.
public final class CostMeasure {
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
    private static final long WARM_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long MEASURED_NANOS = Duration.ofSeconds(3).toNanos();

    private static final long WRITTEN_NANOS = Duration.ofMillis(500).toNanos();

    /// Rows of a file, at least, so that what a file takes is of no weight.
    private static final int TILE = 1 << 14;

    /// Points that are run together; a chunk takes about a fifth of a second at most.
    private static final int CHUNK = 384;

    private final Sweep sweep;
    private final BooleanSupplier stopping;
    private final Map<Long, Table> rows = new LinkedHashMap<>();
    private long taken;

    private CostMeasure(Sweep sweep, BooleanSupplier stopping) {
        this.sweep = sweep;
        this.stopping = stopping;
    }

    /// Measures.
    ///
    /// @throws CancellationException if the host ends it
    public static SweepCost of(Sweep sweep, Host host) {
        CostMeasure measure = new CostMeasure(sweep, host.stopping());
        return sweep.base() instanceof Train train ? measure.training(train) : measure.formula();
    }

    private SweepCost formula() {
        long steps = ((Simulation) sweep.base()).steps();
        int chunk = (int) Math.min(sweep.space().points(), Math.clamp((long) (0.2 / (1e-6 + 4e-9 * steps)), 8, CHUNK));
        TileWork work = sweep.formula().prepared();
        long run = points(work, chunk, WARM_NANOS);
        List<Table> parts = List.copyOf(rows.values());
        double bytes = TableSize.bytesPerRow(parts);
        long begin = threadNanos();
        long measured = points(work, chunk, MEASURED_NANOS);
        double perPoint = 1e-9 * (threadNanos() - begin) / measured;
        // What the compilers still did meanwhile is of the start.
        double start = processSeconds() - (run + measured) * perPoint;
        return cost(steps, perPoint + secondsToWrite(parts), start, bytes, secondsToMerge(parts));
    }

    /// Processor seconds that a row takes in the file of a tile.
    private static double secondsToWrite(List<Table> parts) {
        return secondsPerRow(tile(parts), TableSize::keeping);
    }

    /// Processor seconds that a row takes in a merge.
    private static double secondsToMerge(List<Table> parts) {
        return secondsPerRow(tile(parts), TableSize::merging);
    }

    private static Table tile(List<Table> parts) {
        Table some = Table.concatenated(parts);
        return Table.concatenated(Collections.nCopies(Math.ceilDiv(TILE, some.rows()), some));
    }

    private static double secondsPerRow(Table tile, BiConsumer<Table, Consumer<Runnable>> doing) {
        double[] seconds = new double[1];
        doing.accept(tile, work -> {
            double before = processSeconds();
            long rows = 0;
            for (long begin = System.nanoTime(); rows == 0 || System.nanoTime() - begin < WRITTEN_NANOS; ) {
                work.run();
                rows += tile.rows();
            }
            seconds[0] = (processSeconds() - before) / rows;
        });
        return seconds[0];
    }

    /// Runs chunks for so long, as the thread's processor counts; returns how many points that were.
    private long points(TileWork work, int chunk, long nanos) {
        long points = 0;
        for (long begin = threadNanos(); points == 0 || threadNanos() - begin < nanos; ) {
            long place = (long) (taken++ * GOLDEN % 1 * (sweep.space().points() / chunk));
            Table found = work.rows(
                    LongStream.range(place * chunk, (place + 1) * chunk).toArray(), stopping);
            if (rows.size() < CHUNK) {
                rows.putIfAbsent(place, found);
            }
            points += chunk;
        }
        return points;
    }

    private SweepCost cost(long steps, double perPoint, double start, double bytes, double merge) {
        return new SweepCost(
                sweep.space().points(), steps, perPoint, Math.max(0, start), bytes, merge, ProcessMemory.now());
    }

    /// Whole trainings where they are short, else some steps of the first.
    ///
    /// @throws CancellationException if the host ends it
    private SweepCost training(Train train) {
        Path folder = temporary();
        try {
            TrainingSweep work = new TrainingSweep(sweep, train, folder);
            long steps = train.training().ending().steps();
            Pace pace = new Pace();
            double perStep;
            double start;
            if (work.steps(0, pace) < steps) {
                if (!pace.over) {
                    throw new CancellationException();
                }
                perStep = pace.secondsPerStep();
                start = pace.start();
            } else {
                double warm = processSeconds();
                long whole = 0;
                long points = 0;
                for (BooleanSupplier over = until(MEASURED_NANOS); points == 0 || !over.getAsBoolean(); points++) {
                    TrainingTask.clear(work.folder(points % sweep.space().points()));
                    whole += work.steps(points % sweep.space().points(), stopping);
                }
                perStep = (processSeconds() - warm) / whole;
                start = warm - steps * perStep;
            }
            // A number is eight bytes, a word one or two.
            double bytes =
                    8.0 * (sweep.space().coordinates().size() + sweep.keep().size());
            // Rows of trainings are few.
            return cost(steps, steps * perStep, start, bytes, 0);
        } finally {
            TrainingTask.clear(folder);
        }
    }

    /// Asked after each step of a training: ends it when steps enough have been measured after those that made it warm.
    /// What comes before the first step and after the last, as a checkpoint, is of no step.
    private final class Pace implements BooleanSupplier {
        private static final int LEAST = 2;

        private final long begin = System.nanoTime();
        private long before;
        private boolean isWarm;
        private double warm;
        private long measured;
        private boolean over;
        private double end;

        @Override
        public boolean getAsBoolean() {
            long nanos = System.nanoTime() - begin;
            if (isWarm) {
                measured++;
                over = measured >= LEAST && nanos > WARM_NANOS + MEASURED_NANOS;
                end = over ? processSeconds() : end;
            } else {
                before++;
                isWarm = nanos > WARM_NANOS;
                warm = isWarm ? processSeconds() : warm;
            }
            return over || stopping.getAsBoolean();
        }

        double secondsPerStep() {
            return (end - warm) / measured;
        }

        /// Processor seconds before the first step.
        double start() {
            return warm - before * secondsPerStep();
        }
    }

    private BooleanSupplier until(long nanos) {
        long begin = System.nanoTime();
        return () -> stopping.getAsBoolean() || System.nanoTime() - begin > nanos;
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("adamscope-cost");
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder: " + e.getMessage(), e);
        }
    }

    private static long threadNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /// Since the process began, of all its threads.
    private static double processSeconds() {
        return 1e-9
                * ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toNanos();
    }
}
