package adamscope.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import adamscope.experiment.ExperimentText;
import adamscope.experiment.Sweep;
import adamscope.experiment.Train;
import adamscope.spark.SparkProcess;
import adamscope.spark.SparkStart;
import adamscope.store.ResultStore;
import adamscope.sweep.Tile;
import adamscope.table.Table;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Trainings of a sweep in processes of their own: to the same bytes, also when one is killed on the way.
@Tag("slow")
class SparkTrainingsTest {
    private static final String SWEEP = """
        kind: sweep
        base:
          kind: train
          model: {kind: fully-connected, hidden: [30]}
          data: {source: sine-sum, samples: 400}
          validation: {share: 0.25, every: 100, ema: 0.99}
          optimizer: {name: adam, lr: 1e-3}
          steps: 1500
          batch: 50
          probe: 500
          checkpoint: {steps: 100, keep: 2}
        axes:
          lr: [1e-3, 1e-2]
        """;

    @TempDir
    Path folder;

    private ResultStore store(String name) {
        return ResultStore.create(folder.resolve(name), ExperimentText.read("test", SWEEP), List.of("test"));
    }

    private static Table inMemory(ResultStore store) {
        Sweep sweep = (Sweep) store.experiment();
        return new TrainingSweep(
                        sweep,
                        (Train) sweep.base(),
                        TrainingTask.points(store.folder()).resolveSibling("apart"))
                .rows(new long[] {0, 1}, () -> false);
    }

    private static boolean isBelow(ProcessHandle process, int generations) {
        Optional<ProcessHandle> above = Optional.of(process);
        for (int i = 0; i < generations; i++) {
            above = above.flatMap(ProcessHandle::parent);
        }
        return above.equals(Optional.of(ProcessHandle.current()));
    }

    /// Kills one process that trains, so many generations below this one, once it has kept a checkpoint; returns the
    /// newest checkpoint of its point.
    private static long killed(Path points, int generations) {
        try {
            while (true) {
                for (long point : new long[] {0, 1}) {
                    Path checkpoints = TrainingRun.checkpoints(new TrainingSweep(null, null, points).folder(point), "");
                    List<Long> steps = Files.isDirectory(checkpoints)
                            ? adamscope.training.CheckpointFolder.steps(checkpoints)
                            : List.of();
                    Optional<ProcessHandle> trains = ProcessHandle.current()
                            .descendants()
                            .filter(process -> isBelow(process, generations))
                            .findFirst();
                    if (!steps.isEmpty() && trains.isPresent()) {
                        trains.get().destroyForcibly();
                        return steps.getLast();
                    }
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aTrainingThatIsKilledGoesOnFromItsCheckpointToTheSameRows() {
        ResultStore store = store("killed");
        Path points = TrainingTask.points(store.folder());
        long[] at = new long[1];
        Thread killer = Thread.ofPlatform().daemon().start(() -> at[0] = killed(points, 1));
        Table rows = rowsByProcess(store);
        assertThat(killer.isAlive()).as("nothing was killed").isFalse();
        assertThat(at[0]).isBetween(100L, 1499L);
        Table expected = inMemory(store);
        for (String column : List.of(
                "finalLoss",
                "minLoss",
                "finalSharpness",
                "bestValidationLoss",
                "bestValidationStep",
                "finalValidationLossAveraged",
                "stepsDone")) {
            assertThat(rows.numbers(column)).as(column).isEqualTo(expected.numbers(column));
        }
        assertThat(rows.words("outcome")).isEqualTo(expected.words("outcome"));
    }

    private static Table rowsByProcess(ResultStore store) {
        return Table.concatenated(Stream.of(new Tile.Consecutive(0, 1), new Tile.Consecutive(1, 1))
                .map(tile -> TrainingTask.of(store.folder()).rows(tile).toTable())
                .toList());
    }

    /// Spark's jars, from the class path of the test or from the environment.
    private static String spark() {
        String jars = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .filter(entry -> !entry.matches(
                        ".*(adamscope|junit|assertj|hipparchus|surefire|opentest4j|apiguardian|bytedeco).*"))
                .collect(Collectors.joining(File.pathSeparator));
        return jars.contains("spark-core") ? jars : System.getenv().getOrDefault(SparkStart.CLASS_PATH, "");
    }

    @Test
    void aSweepOnSparkGivesTheBytesOfTheLocalEngineThoughATrainingIsKilled() throws IOException {
        assumeTrue(!spark().isEmpty(), SparkStart.CLASS_PATH + " says where Spark's jars are");
        ResultStore here = store("here");
        String local = SweepRun.open(here, Host.QUIET, SweepRun.Means.DEFAULT)
                .complete()
                .sha256();
        ResultStore there = store("there");
        Path points = TrainingTask.points(there.folder());
        Path classes = Files.createDirectories(folder.resolve("classes"));
        for (String module : List.of("core", "spark")) {
            copy(Path.of("..", module, "target", "classes"), classes);
        }
        String own = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.matches(".*(antlr4-runtime|hipparchus).*[.]jar"))
                .collect(Collectors.joining(File.pathSeparator));
        SweepRun.Means means = new SweepRun.Means(
                run -> new SparkProcess(
                        new SparkStart(
                                classes,
                                Map.of(SparkStart.CLASS_PATH, own + File.pathSeparator + spark()),
                                "local[2]",
                                run.resolve("spark.log")),
                        Duration.ofSeconds(120),
                        _ -> {}),
                OptionalInt.empty());
        Thread killer = Thread.ofPlatform().daemon().start(() -> killed(points, 2));
        assertThat(SweepRun.open(there, Host.QUIET, means).complete().sha256()).isEqualTo(local);
        assertThat(killer.isAlive()).as("nothing was killed").isFalse();
        assertThat(Files.mismatch(
                        here.folder().resolve("sweep.parquet"), there.folder().resolve("sweep.parquet")))
                .isEqualTo(-1);
        assertThat(points).doesNotExist();
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
