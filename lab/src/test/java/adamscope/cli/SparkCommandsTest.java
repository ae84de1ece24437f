package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sweeps by command line on a standalone cluster of which workers, executors and drivers are killed: the tables are
/// those of this machine alone.
@Tag("slow")
class SparkCommandsTest {
    private static final String FORMULAS = """
        kind: sweep
        fullLength: true
        base:
          kind: simulation
          optimizer: {name: adam-uncorrected, lr: 1e-3, eps: 0}
          objective: x^4/4
          x0: [1]
          steps: 100000
          init: gradient
        axes:
          beta1: {from: 0.02, to: 0.98, points: 64}
          beta2: {from: 0.1, to: 0.99, points: 64, scale: one-minus-log}
        keep: [outcome, minLog10Loss, sustainedMinLog10Loss, ranSteps]
        """;

    private static final int STEPS = 3000;

    private static final String TRAININGS = """
        kind: sweep
        base:
          kind: train
          model: {kind: fully-connected, hidden: [30]}
          data: {source: sine-sum, samples: 400}
          validation: {share: 0.25, every: 100}
          optimizer: {name: adam, lr: 1e-3}
          steps: 3000
          batch: 50
          checkpoint: {steps: 100, keep: 2}
        axes:
          lr: [1e-3, 1e-2]
          seed: [0, 1]
        """;

    @TempDir
    private static Path folder;

    private static LoopbackCluster cluster;

    @BeforeAll
    static void start() throws IOException {
        cluster = LoopbackCluster.start(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        if (cluster != null) {
            cluster.close();
        }
    }

    private static String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name + ".yaml"), text).toString();
    }

    /// Of every table of a run on this machine.
    private static byte[] local(String name, String file) throws IOException {
        Path run = folder.resolve(name);
        Ran ran = Ran.of("sweep", "-c", file, "--out", run.toString());
        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
        return table(run);
    }

    private static byte[] table(Path run) throws IOException {
        return Files.readAllBytes(run.resolve("sweep.parquet"));
    }

    private static long tiles(Path run) throws IOException {
        if (!Files.isDirectory(run.resolve("tiles"))) {
            return 0;
        }
        try (Stream<Path> files = Files.list(run.resolve("tiles"))) {
            return files.filter(tile -> tile.toString().endsWith(".parquet")).count();
        }
    }

    private static void done(String name, Process sweep) throws Exception {
        assertThat(sweep.waitFor()).as(Files.readString(cluster.said(name))).isEqualTo(ExitCode.DONE);
    }

    private static void resumed(String name, Path run, boolean submitted) throws Exception {
        done(name, cluster.sweep(name, submitted, "--resume", run.toString()));
    }

    @Test
    void formulasComeToTheSameBytesThoughAWorkerAndADriverAreKilled() throws Exception {
        String file = file("formulas", FORMULAS);
        Path run = folder.resolve("formulas-there");
        Process first = cluster.sweep("formulas", true, "-c", file, "--tile", "64", "--out", run.toString());
        cluster.await("formulas", first, () -> tiles(run) >= 3);
        LoopbackCluster.killDriver(first);
        assertThat(first.waitFor()).isEqualTo(ExitCode.FAILED);
        assertThat(Files.readAllLines(cluster.said("formulas")))
                .filteredOn(line -> line.startsWith("adamscope: "))
                .singleElement()
                .asString()
                .contains("the driver on Spark ended early")
                .contains("finished tiles are kept; go on with: adamscope sweep --resume " + run);
        long before = tiles(run);
        Process second = cluster.sweep("formulas-2", true, "--resume", run.toString());
        cluster.await("formulas-2", second, () -> tiles(run) >= before + 3);
        cluster.killWorker();
        done("formulas-2", second);
        assertThat(table(run)).isEqualTo(local("formulas-here", file));
        assertThat(Files.readString(cluster.said("formulas-2").resolveSibling("out.txt")))
                .contains("kept from before");
    }

    @Test
    void trainingsGoOnFromTheirCheckpointsWhereExecutorsAndDriversAreKilled() throws Exception {
        String file = file("trainings", TRAININGS);
        Path run = folder.resolve("trainings-there");
        Process first = cluster.sweep("trainings", false, "-c", file, "--out", run.toString());
        cluster.await("trainings", first, () -> newestCheckpoint(run) >= 300);
        cluster.killExecutors();
        cluster.await("trainings", first, () -> !goingOn().isEmpty());
        cluster.await("trainings", first, () -> newestCheckpoint(run) >= 1000);
        LoopbackCluster.killDriver(first);
        first.waitFor();
        resumed("trainings-2", run, false);
        assertThat(table(run)).isEqualTo(local("trainings-here", file));
        assertThat(goingOn()).isNotEmpty().allMatch(step -> step >= 100 && step % 100 == 0);
        assertThat(stepsOfThoseThatCameToAnEnd()).isLessThan(4 * STEPS);
    }

    /// Planes of points, and trainings.
    @ParameterizedTest
    @ValueSource(strings = {"P1-fig7", "P3-fig6"})
    void aFigureOfAPaperHasTheTablesOfThisMachine(String figure) throws Exception {
        Path here = folder.resolve(figure + "-here");
        Path there = folder.resolve(figure + "-there");
        Ran ran = Ran.of("reproduce", figure, "--out", here.toString());
        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
        done(figure, cluster.program(figure, false, List.of("reproduce", figure, "--out", there.toString())));
        assertThat(there.resolve("spark.log")).exists();
        assertThat(tables(there)).isNotEmpty().isEqualTo(tables(here));
    }

    private static Map<String, String> tables(Path run) throws IOException {
        Map<String, String> tables = new TreeMap<>();
        try (Stream<Path> files = Files.walk(run)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".parquet")).toList()) {
                tables.put(
                        run.relativize(file).toString(),
                        new java.math.BigInteger(1, Files.readAllBytes(file)).toString(16));
            }
        }
        return tables;
    }

    /// 3,000,000 rows of all columns are some 300 MB; the driver has half of that for itself and them.
    @Test
    void rowsPassThroughADriverThatCouldNotHoldThem() throws Exception {
        String file = file(
                "many",
                FORMULAS.replace("steps: 100000", "steps: 10")
                        .replace("points: 64", "points: 1732")
                        .replaceAll("keep: .*", ""));
        Path run = folder.resolve("many-there");
        done(
                "many",
                cluster.program(
                        "many",
                        false,
                        List.of("sweep", "-c", file, "--tile", "16384", "--out", run.toString()),
                        "-Dspark.executor.memory=512m\n-Xmx150m\n-Dspark.testing.memory=600000000"));
        assertThat(table(run)).isEqualTo(local("many-here", file));
    }

    private static long newestCheckpoint(Path run) throws IOException {
        if (!Files.isDirectory(run.resolve("points"))) {
            return -1;
        }
        try (Stream<Path> files = Files.walk(run.resolve("points"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("step-\\d+\\.json"))
                    .mapToLong(name -> Long.parseLong(name.replaceAll("\\D", "")))
                    .max()
                    .orElse(-1);
        } catch (java.io.UncheckedIOException _) {
            return -1; // a point was taken away meanwhile
        }
    }

    private static List<Long> goingOn() throws IOException {
        return Pattern.compile("point \\d+: going on after step (\\d+)")
                .matcher(cluster.executorsSaid())
                .results()
                .map(found -> Long.parseLong(found.group(1)))
                .toList();
    }

    private static long stepsOfThoseThatCameToAnEnd() throws IOException {
        Matcher ended =
                Pattern.compile("point \\d+: done, steps (\\d+) to (\\d+)").matcher(cluster.executorsSaid());
        long steps = 0;
        int points = 0;
        while (ended.find()) {
            steps += Long.parseLong(ended.group(2)) - Long.parseLong(ended.group(1)) + 1;
            points++;
        }
        assertThat(points).isEqualTo(4);
        return steps;
    }
}
