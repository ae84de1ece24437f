package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import adamscope.kernel.VectorUnit;
import adamscope.store.ResultStore;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandSweepTest {

    /// A sweep of 11 tiles that was killed after some, and what was asked of its folder before, while it stood still.
    private record Killed(Path file, Path run, long pid, Ran resumed, JsonNode preview, long tiles, String log) {}

    private static Killed killed;

    @TempDir
    private Path folder;

    @BeforeAll
    static void kill(@TempDir Path folder) throws IOException, InterruptedException {
        Path file = experiment(folder, "32", 3000);
        Path run = folder.resolve("killed");
        Process child = child(folder, "sweep", "-c", file.toString(), "--out", run.toString(), "--tile", "96");
        awaitTiles(child, run, 3, folder);
        assertThat(new ProcessBuilder("kill", "-STOP", Long.toString(child.pid()))
                        .start()
                        .waitFor())
                .isZero();
        Ran resumed = Ran.of("sweep", "--resume", run.toString());
        JsonNode preview =
                Ran.of("sweep", "--preview", run.toString(), "--json").json();
        child.destroyForcibly().waitFor(); // kill -9
        assertThat(run.resolve("sweep.parquet")).doesNotExist();
        killed = new Killed(file, run, child.pid(), resumed, preview, tiles(run), log(folder));
    }

    private Path experiment(String points, int steps) throws IOException {
        return experiment(folder, points, steps);
    }

    private static Path experiment(Path folder, String points, int steps) throws IOException {
        return Files.writeString(
                folder.resolve("sweep-" + steps + ".yaml"), String.format(Locale.ROOT, """
                    kind: sweep
                    fullLength: true
                    base:
                      kind: simulation
                      optimizer: {name: adam-uncorrected, lr: 1e-3, eps: 0}
                      objective: x^4/4
                      x0: [1]
                      steps: %d
                      init: gradient
                      arithmetic: scaled
                    axes:
                      beta1: {from: 0.02, to: 0.98, points: %s}
                      beta2: {from: 0.1, to: 0.99, points: %s, scale: one-minus-log}
                    """, steps, points, points));
    }

    private String sweep(Path file, String out, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "sweep", "-c", file.toString(), "--out", folder.resolve(out).toString(), "--json"));
        words.addAll(List.of(more));
        return Ran.of(words).json().path("sha256").asText();
    }

    private Process child(String... arguments) throws IOException {
        return child(folder, arguments);
    }

    private static Process child(Path folder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                VectorUnit.LATE,
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "adamscope.cli.Main"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("child.log").toFile())
                .start();
    }

    /// Waits until so many tiles are finished; fails if the child ends before.
    private void awaitTiles(Process child, Path run, int tiles) throws IOException, InterruptedException {
        awaitTiles(child, run, tiles, folder);
    }

    private static void awaitTiles(Process child, Path run, int tiles, Path folder)
            throws IOException, InterruptedException {
        while (tiles(run) < tiles) {
            assertThat(child.isAlive())
                    .as(() -> "the child ended early: " + log(folder))
                    .isTrue();
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static long tiles(Path run) throws IOException {
        if (!Files.isDirectory(run.resolve("tiles"))) {
            return 0;
        }
        try (Stream<Path> files = Files.list(run.resolve("tiles"))) {
            return files.filter(file -> file.toString().endsWith(".parquet")).count();
        }
    }

    private static String log(Path folder) {
        try {
            return Files.readString(folder.resolve("child.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void aSweepKeepsNoTrajectoryAndTakesMoreStepsThanOneHasRows() throws IOException {
        Path file = experiment("2", 1_000_001);
        assertThat(Ran.of(
                                "sweep",
                                "-c",
                                file.toString(),
                                "--out",
                                folder.resolve("long").toString())
                        .code())
                .isEqualTo(ExitCode.DONE);
        Ran.of("simulate", "--optimizer", "adam", "--objective", "x^4/4", "--x0", "1", "--steps", "1000001")
                .isWrong("steps / every = 1000001 is more than 1000000");
    }

    @Test
    void aSweepThatWasKilledContinuesToTheSameBytes() throws IOException {
        Path run = folder.resolve("killed");
        try (Stream<Path> files = Files.walk(killed.run())) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, run.resolve(killed.run().relativize(file)));
            }
        }
        assertThat(killed.log())
                .doesNotContain("WARNING"); // the child resolves the vector module late, the resumed run does not
        long kept = killed.tiles();
        assertThat(kept).isBetween(3L, 10L); // of 11

        Ran resumed = Ran.of("sweep", "--resume", run.toString(), "--json");
        assertThat(resumed.json().path("pointsKept").asLong()).isEqualTo(96 * kept);
        assertThat(resumed.json().path("sha256").asText()).isEqualTo(sweep(killed.file(), "whole", "--tile", "1000"));
        assertThat(Files.mismatch(run.resolve("sweep.parquet"), folder.resolve("whole/sweep.parquet")))
                .isEqualTo(-1);
        assertThat(run.resolve("tiles")).doesNotExist();
        Ran.of("sweep", "--resume", run.toString()).isWrong("holds a run that is complete");
    }

    @Test
    void anInterruptedSweepSaysHowToContinueAndLeavesNoPart() throws IOException, InterruptedException {
        Path file = experiment("32", 3001);
        Path run = folder.resolve("interrupted");
        Process child = child("sweep", "-c", file.toString(), "--out", run.toString(), "--tile", "96");
        awaitTiles(child, run, 2);
        child.destroy(); // SIGTERM runs the same hook as Ctrl-C
        child.waitFor();
        assertThat(log(folder)).contains("tiles are kept").contains("adamscope sweep --resume " + run);
        try (Stream<Path> files = Files.list(run.resolve("tiles"))) {
            assertThat(files).allMatch(tile -> tile.toString().endsWith(".parquet"));
        }
        assertThat(run.resolve(".lock")).doesNotExist();
    }

    @Test
    void aFolderIsContinuedByOneProcessAndOnlyByTheExperimentItWasBegunBy() {
        Path run = killed.run();
        killed.resumed().isWrong("another process (pid " + killed.pid() + " on ");
        Ran.of("sweep", "--resume", run.toString(), "-c", killed.file().toString(), "--set", "lr=2e-3")
                .isWrong("base.optimizer.lr = 0.001 there, 0.002 here");
        Ran.of("sweep", "--resume", run.toString(), "--set", "lr=2e-3").isWrong("would change it");
    }

    @Test
    void everyAxisOfTheExamplesIsThere() {
        for (String example : List.of("sweep-rates")) {
            Path file = Path.of("..", "docs", "examples", example + ".yaml").toAbsolutePath();
            Ran ran = Ran.of(
                    "sweep",
                    "-c",
                    file.toString(),
                    "--out",
                    folder.resolve(example).toString(),
                    "--json");
            assertThat(ran.json().path("points").asLong()).isGreaterThan(2000);
            assertThat(folder.resolve(example).resolve("figures/sweep.png")).isNotEmptyFile();
        }
    }

    @Test
    void oneTrainingRunsAtEachPoint() throws IOException {
        Path file = Files.writeString(folder.resolve("network.yaml"), """
            kind: sweep
            base:
              kind: network
              optimizer: {name: adam}
              images: 20
              hidden: [4]
              steps: 4
              every: 2
            axes:
              lr: [1e-3, 1e-2]
              seed: [0, 1, 5]
            """);
        String once = sweep(file, "once");
        assertThat(sweep(file, "again")).isEqualTo(once);
        JsonNode points = rows("once", "select lr, seed, finalLoss from sweep order by lr, seed");
        JsonNode seeds = rows("once", "select lr, seeds, finalLossMean, finalLossSd from seeds order by lr");
        assertThat(seeds).hasSize(2);
        for (int i = 0; i < 2; i++) {
            double[] losses = IntStream.range(3 * i, 3 * i + 3)
                    .mapToDouble(row -> points.get(row).path("finalLoss").asDouble())
                    .toArray();
            double mean = DoubleStream.of(losses).sum() / 3;
            double spread = Math.sqrt(DoubleStream.of(losses)
                            .map(loss -> (loss - mean) * (loss - mean))
                            .sum()
                    / 2);
            assertThat(spread).isPositive();
            assertThat(seeds.get(i).path("lr").asDouble()).isEqualTo(i == 0 ? 1e-3 : 1e-2);
            assertThat(seeds.get(i).path("seeds").asInt()).isEqualTo(3);
            assertThat(seeds.get(i).path("finalLossMean").asDouble()).isCloseTo(mean, within(1e-14));
            assertThat(seeds.get(i).path("finalLossSd").asDouble()).isCloseTo(spread, within(1e-12));
        }
        assertThat(folder.resolve("once/report.html"))
                .content()
                .contains("Over seeds", "[0, 1, 5]", "seed in [0, 1, 5]", "Outcome of each run")
                .doesNotContain("none given", ">finalLoss<", "final loss (loss)");
        assertThat(folder.resolve("once/figures/seeds.png")).isNotEmptyFile();
        assertThat(folder.resolve("once/provenance.json")).content().contains("\"training 2\": 5");
    }

    @Test
    void overTwoAxesAndSeedsMeanAndSpreadAreMaps() throws IOException {
        Path file = Files.writeString(folder.resolve("plane.yaml"), """
            kind: sweep
            base:
              kind: network
              optimizer: {name: adam}
              images: 20
              hidden: [4]
              steps: 4
              every: 2
            axes:
              seed: [0, 1]
              lr: {from: 1e-3, to: 1e-2, points: 2, scale: log}
              beta2: [0.9, 0.99]
            """);
        sweep(file, "plane");
        assertThat(folder.resolve("plane/report.html"))
                .content()
                .contains(
                        "Final loss, mean", "Final loss, standard deviation", "lr from 0.001 to 0.01, 2 values (log)");
    }

    private JsonNode rows(String run, String question) {
        return Ran.of("query", folder.resolve(run).toString(), question, "--json")
                .json()
                .path("rows");
    }

    @Test
    void aRefinedSweepReportsAreasAndBoundaryAndIsResumable() throws IOException {
        Path file = experiment("64", 1500);
        Path run = folder.resolve("refined");
        JsonNode found = Ran.of(
                        "sweep", "-c", file.toString(), "--refine", "converged", "--out", run.toString(), "--json")
                .json();
        assertThat(found.path("pointsRun").asLong()).isLessThan(64 * 64 / 2);
        assertThat(found.path("areas").path("converged").asText()).contains("±");
        JsonNode rows = Ran.of(
                        "query",
                        run.toString(),
                        "select count(*) as cells, sum(computed) as run, (select count(*) from points) as points,"
                                + " (select count(*) from boundary) as crossings from sweep",
                        "--json")
                .json()
                .path("rows")
                .get(0);
        assertThat(rows.path("cells").asLong()).isEqualTo(64 * 64);
        assertThat(rows.path("run").asLong()).isEqualTo(found.path("pointsRun").asLong());
        assertThat(rows.path("points").asLong())
                .isEqualTo(found.path("pointsRun").asLong());
        assertThat(rows.path("crossings").asLong()).isPositive();
        assertThat(Ran.of(
                                "sweep",
                                "-c",
                                file.toString(),
                                "--refine",
                                "converged",
                                "--tile",
                                "100",
                                "--out",
                                folder.resolve("refined-2").toString(),
                                "--json")
                        .json()
                        .path("sha256")
                        .asText())
                .isEqualTo(found.path("sha256").asText());
        Ran.of(
                        "sweep",
                        "-c",
                        file.toString(),
                        "--refine",
                        "green",
                        "--out",
                        folder.resolve("x").toString())
                .isWrong("green is none of [any, converged");
    }

    @Test
    void aSettingChangesAKeyOfTheFileOrAHyperParameter() throws IOException {
        Path file = experiment("8", 100);
        Path out = folder.resolve("set");
        Ran.of(
                        "sweep",
                        "-c",
                        file.toString(),
                        "--out",
                        out.toString(),
                        "--set",
                        "steps=150",
                        "--set",
                        "arithmetic=double",
                        "--set",
                        "fullLength=false",
                        "--set",
                        "lr=0.002",
                        "--json")
                .json();
        assertThat(Files.readString(out.resolve("experiment.yaml")))
                .contains("steps: 150", "arithmetic: double", "lr: 0.002")
                .doesNotContain("fullLength: true");
        assertThat(ResultStore.open(out).table("picture").column("minLog10Loss").unit())
                .isEqualTo("decades");
        Ran.of("sweep", "-c", file.toString(), "--set", "steps=x").isWrong("--set steps");
        Ran.of("sweep", "-c", file.toString(), "--set", "beta1=0.5").isWrong("the sweep has an axis of this name");
    }

    @Test
    void aPreviewDrawsWhatIsThere() {
        assertThat(killed.preview().path("done").asLong()).isBetween(3L * 96, 1024L);
        assertThat(killed.run().resolve("preview.png")).isNotEmptyFile();
        Ran.of("sweep", "--preview", folder.toString()).isWrong("is no run folder");
    }

    @Test
    void aPreviewOfARefinementShowsItsPointsSoFar() throws IOException, InterruptedException {
        Path file = experiment("256", 5000);
        Path run = folder.resolve("refining");
        Process child = child("sweep", "-c", file.toString(), "--refine", "any", "--out", run.toString());
        awaitTiles(child, run, 2);
        child.destroyForcibly().waitFor();
        JsonNode found = Ran.of("sweep", "--preview", run.toString(), "--json").json();
        // blocks of 32 cells: 9 x 9 points of the coarse grid, and the first level beside boundaries
        assertThat(found.path("done").asLong()).isBetween(82L, 256L * 256);
        assertThat(found.path("refining").asBoolean()).isTrue();
        assertThat(run.resolve("preview.png")).isNotEmptyFile();
    }

    @Test
    void mistakesAreNamedWithTheirPlace() throws IOException {
        String good = Files.readString(experiment("4", 100));
        wrong(good.replace("from: 0.02", "from: 1.5"), "axis beta1: from = 1.5 must lie below to = 0.98");
        wrong(good.replaceFirst("points: 4", "points: 1"), "axis beta1: points = 1; an axis has at least 2");
        wrong(good.replaceFirst("points: 4", "points: 0"), "points = 0");
        wrong(good.replace("to: 0.98", "to: inf"), "both finite");
        wrong(good.replaceFirst("points: 4", "pionts: 4"), "no key 'pionts' is known here");
        wrong(good.replace("beta1: {", "beta3: {"), "axis beta3: a point can set");
        wrong(good + "keep: [loss]\n", "keep: no column 'loss'; there are [outcome");
        wrong(good + "samples: 10\n", "samples = 10, but every axis has points");
        wrong(good + "derive: {lr: 'a*2'}\n", "'a' is neither an axis nor a value");
        Ran.of("sweep").isWrong("give -c FILE.yaml, or --resume DIR");
        Ran.of("sweep", "--resume", folder.toString()).isWrong("is no run folder");
    }

    private void wrong(String text, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("wrong.yaml"), text);
        Path out = folder.resolve("wrong");
        Ran.of("sweep", "-c", file.toString(), "--out", out.toString()).isWrong(message);
        assertThat(out).doesNotExist();
    }
}
