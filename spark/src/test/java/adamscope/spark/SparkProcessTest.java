package adamscope.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.Iteration;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.sweep.Axis;
import adamscope.sweep.FormulaSweep;
import adamscope.sweep.LocalEngine;
import adamscope.sweep.PhaseSweep;
import adamscope.sweep.Tile;
import adamscope.table.Table;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Drivers on Spark as processes; the program on a standalone cluster is lab's `SparkCommandsTest`.
@Tag("slow")
class SparkProcessTest {
    @TempDir
    private static Path folder;

    private static Path jar;

    @BeforeAll
    static void start() throws IOException {
        jar = submitJar(folder.resolve("submit.jar"));
    }

    private static List<String> classPath() {
        return List.of(System.getProperty("java.class.path").split(File.pathSeparator));
    }

    /// Spark and what it needs: the jars that are neither ours nor only for tests.
    private static List<String> sparkJars() {
        return classPath().stream()
                .filter(entry -> entry.endsWith(".jar"))
                .filter(entry ->
                        !entry.matches(".*(adamscope|junit|assertj|hipparchus|surefire|opentest4j|apiguardian).*"))
                .toList();
    }

    /// What the build packs for spark-submit: our classes, the parser, Hipparchus, no Spark.
    private static Path submitJar(Path file) throws IOException {
        Set<String> names = new HashSet<>();
        try (OutputStream bytes = Files.newOutputStream(file);
                JarOutputStream packed = new JarOutputStream(bytes)) {
            for (String entry : classPath()) {
                Path place = Path.of(entry);
                if (Files.isDirectory(place)) {
                    try (Stream<Path> files = Files.walk(place)) {
                        for (Path inner : files.filter(Files::isRegularFile).toList()) {
                            String name = place.relativize(inner).toString();
                            if (names.add(name)) {
                                packed.putNextEntry(new JarEntry(name));
                                Files.copy(inner, packed);
                            }
                        }
                    }
                } else if (entry.matches(".*(adamscope|antlr4-runtime|hipparchus).*[.]jar")) {
                    try (JarFile library = new JarFile(place.toFile())) {
                        for (JarEntry inner : library.stream()
                                .filter(e -> !e.isDirectory() && !e.getName().startsWith("META-INF"))
                                .toList()) {
                            if (names.add(inner.getName())) {
                                packed.putNextEntry(new JarEntry(inner.getName()));
                                try (InputStream content = library.getInputStream(inner)) {
                                    content.transferTo(packed);
                                }
                            }
                        }
                    }
                }
            }
        }
        return file;
    }

    private static SparkStart start(String master, String... options) {
        String all = Stream.concat(
                        Stream.of(
                                "-Dspark.driver.host=127.0.0.1",
                                "-Dspark.driver.bindAddress=127.0.0.1",
                                "-Dspark.executor.memory=512m"),
                        Arrays.stream(options))
                .collect(Collectors.joining("\n"));
        return new SparkStart(
                jar,
                Map.of(SparkStart.CLASS_PATH, String.join(File.pathSeparator, sparkJars()), SparkStart.OPTIONS, all),
                master,
                folder.resolve("driver.log"));
    }

    private static FormulaSweep sweep(int steps) {
        return new PhaseSweep(
                        new Iteration(
                                Catalogue.shipped("adam-uncorrected"),
                                FormulaObjective.read("x^4/4"),
                                Map.of("lr", 1e-3, "eps", 0.0),
                                List.of(1.0),
                                ClosedMap.Start.GRADIENT,
                                Arithmetic.DOUBLE),
                        new Axis("beta1", 0.0123, 0.98, 64, Axis.Spacing.LINEAR),
                        new Axis("beta2", 0.0717, 0.985, 64, Axis.Spacing.ONE_MINUS_LOG),
                        steps)
                .toSweep();
    }

    private static void assertEqualToLocal(FormulaSweep sweep, Map<String, Table> tiles) {
        Table local = new LocalEngine(1).table(sweep, _ -> {}, () -> false);
        Table distributed = Table.concatenated(List.copyOf(tiles.values()));
        for (String column : List.of(
                "beta1",
                "beta2",
                "minLog10Loss",
                "sustainedMinLog10Loss",
                "finalLog10Loss",
                "medianLog10Coupling",
                "maxLog10Coupling",
                "ranSteps")) {
            assertThat(distributed.numbers(column)).as(column).isEqualTo(local.numbers(column));
        }
        assertThat(distributed.words("outcome")).isEqualTo(local.words("outcome"));
    }

    @Test
    void executorsWithoutTheVectorModuleAreSlowerAndSaidOnce() {
        FormulaSweep sweep = sweep(200);
        List<String> remarks = new ArrayList<>();
        Map<String, Table> tiles = new TreeMap<>();
        SparkStart bare = start("local[2]").withoutVectors();
        new SparkProcess(bare, Duration.ofMinutes(3), remarks::add)
                .run(sweep, Tile.all(sweep.space().points(), 512), (t, rows) -> tiles.put(t.name(), rows), () -> false);
        assertThat(remarks).singleElement().asString().contains("without the vector module");
        assertEqualToLocal(sweep, tiles);
    }

    @Test
    void aMasterThatDoesNotAnswerIsGivenUpInTime() {
        FormulaSweep sweep = sweep(200);
        SparkProcess nobody = new SparkProcess(start("spark://127.0.0.1:1"), Duration.ofSeconds(8), _ -> {});
        assertThatThrownBy(() -> nobody.run(sweep, Tile.all(sweep.space().points(), 512), (_, _) -> {}, () -> false))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("no executor of the Spark master spark://127.0.0.1:1 answered within 8 s");
    }

    @Test
    void aTaskThatFailsAgainAndAgainSaysWhy() {
        ChildWork work = new ChildWork(new ArrayList<>(List.of("/bin/false")));
        SparkProcess engine = new SparkProcess(start("local[1]"), Duration.ofMinutes(3), _ -> {});
        assertThatThrownBy(() -> engine.run(work, Tile.all(1, 1), (_, _) -> {}, () -> false))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("Spark: tile 000000000000-1: its process ended 4 times without an answer");
    }

    /// A class of a Java to come, as ours are for those before 25.
    @Test
    void aSparkOnAnOlderJavaIsToldWhichItNeeds() throws IOException {
        Path newer = Files.copy(jar, folder.resolve("newer.jar"));
        String driver = "adamscope/spark/SparkDriver.class";
        try (FileSystem inside = FileSystems.newFileSystem(newer)) {
            byte[] bytes = Files.readAllBytes(inside.getPath(driver));
            bytes[7]++; // the major version
            Files.write(inside.getPath(driver), bytes);
        }
        SparkStart here = start("local[1]");
        SparkStart there = new SparkStart(newer, here.environment(), here.master(), here.logFile());
        SparkProcess engine = new SparkProcess(there, Duration.ofMinutes(3), _ -> {});
        FormulaSweep sweep = sweep(200);
        assertThatThrownBy(() -> engine.run(sweep, Tile.all(sweep.space().points(), 512), (_, _) -> {}, () -> false))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("Spark runs on an older Java there")
                .hasMessageContaining("need 25; name it by JAVA_HOME");
    }

    @Test
    void aStoppedSweepEndsItsDriver() {
        FormulaSweep sweep = sweep(1000);
        SparkProcess stopped = new SparkProcess(start("local[2]"), Duration.ofMinutes(3), _ -> {});
        assertThatThrownBy(() -> stopped.run(sweep, Tile.all(sweep.space().points(), 512), (_, _) -> {}, () -> true))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void whatCannotBeStartedIsRefused() {
        Map<String, String> nothing = Map.of();
        Map<String, String> wrong = Map.of(SparkStart.HOME, folder.toString());
        Path log = folder.resolve("x.log");
        assertThatThrownBy(() -> new SparkStart(jar, nothing, "local[2]", log)).hasMessageContaining("set SPARK_HOME");
        assertThatThrownBy(() -> new SparkStart(jar, wrong, "local[2]", log))
                .hasMessageContaining("there is no bin/spark-submit in it");
        assertThatThrownBy(() -> start("10.0.0.1")).hasMessageContaining("is no master of Spark");
    }
}
