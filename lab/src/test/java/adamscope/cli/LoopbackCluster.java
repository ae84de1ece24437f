package adamscope.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/// A standalone cluster of Spark, started as a reader would: `tools/spark-cluster.sh`; and the program as a process
/// that uses it.
final class LoopbackCluster implements AutoCloseable {
    private static final Path SCRIPT = Path.of("..", "tools", "spark-cluster.sh");
    private static final Path JARS = Path.of("..", "spark", "target", "spark.classpath");

    private final Path folder;
    private final Path jar;
    private final String master;
    private final Process script;

    private LoopbackCluster(Path folder, Path jar, int port, Process script) {
        this.folder = folder;
        this.jar = jar;
        this.master = "spark://127.0.0.1:" + port;
        this.script = script;
    }

    /// A master and two workers of one processor each.
    static LoopbackCluster start(Path folder) throws IOException {
        assumeTrue(Files.exists(JARS), JARS + " is missing: the build of module spark writes it");
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        ProcessBuilder builder = new ProcessBuilder(
                        "bash", SCRIPT.toString(), home(folder).toString(), "2", Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("cluster.log").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return new LoopbackCluster(folder, submitJar(folder.resolve("submit.jar")), port, builder.start());
    }

    private static Path home(Path folder) {
        return folder.resolve("spark");
    }

    @Override
    public void close() throws IOException {
        script.descendants().forEach(ProcessHandle::destroyForcibly);
        script.destroyForcibly();
        // JUnit would warn of each.
        try (Stream<Path> links = Files.list(home(folder).resolve("jars"))) {
            for (Path link : links.toList()) {
                Files.delete(link);
            }
        }
    }

    /// A sweep on the cluster, running; what it says goes into a file of this name.
    Process sweep(String name, boolean submitted, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("sweep"));
        all.addAll(List.of(arguments));
        return program(name, submitted, all);
    }

    /// A command on the cluster, running.
    ///
    /// @param submitted whether its driver is started by `spark-submit`
    Process program(String name, boolean submitted, List<String> arguments) throws IOException {
        return program(name, submitted, arguments, "-Dspark.executor.memory=512m");
    }

    /// @param driver options of the driver that `java` starts, one a line
    Process program(String name, boolean submitted, List<String> arguments, String driver) throws IOException {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--engine", "spark", "--master", master, "--master-timeout", "300"));
        ProgramProcess program = new ProgramProcess(Files.createDirectories(folder.resolve(name + ".said")))
                .option("-Xmx300m", "-Dadamscope.sparkJar=" + jar)
                .with("SPARK_LOCAL_IP", "127.0.0.1")
                .with("JAVA_HOME", System.getProperty("java.home"));
        return submitted
                ? program.with("SPARK_HOME", home(folder).toString()).start(all)
                : program.with(
                                "ADAMSCOPE_SPARK_CLASSPATH",
                                Files.readString(JARS).strip())
                        .with("ADAMSCOPE_SPARK_OPTIONS", driver)
                        .start(all);
    }

    /// What a program said.
    Path said(String name) {
        return folder.resolve(name + ".said").resolve("err.txt");
    }

    /// What the executors of all workers said on standard error.
    String executorsSaid() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(home(folder).resolve("work"))) {
            for (Path file : files.filter(file -> file.endsWith("stderr")).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    /// kill -9 for a worker, and with it its executors.
    void killWorker() {
        ProcessHandle worker = of(script.toHandle(), "deploy.worker.Worker").getFirst();
        List<ProcessHandle> executors = worker.descendants().toList();
        worker.destroyForcibly();
        executors.forEach(ProcessHandle::destroyForcibly);
    }

    /// kill -9 for the executors, whose workers stay.
    void killExecutors() {
        of(script.toHandle(), "CoarseGrainedExecutorBackend").forEach(ProcessHandle::destroyForcibly);
    }

    /// kill -9 for the driver of a program.
    static void killDriver(Process program) {
        of(program.toHandle(), "adamscope.spark.SparkDriver").forEach(ProcessHandle::destroyForcibly);
    }

    /// Processes of a class below one; the command line as the system has it, since Java shortens it.
    private static List<ProcessHandle> of(ProcessHandle above, String type) {
        return above.descendants()
                .filter(process -> commandLine(process).contains(type))
                .filter(process -> !commandLine(process).contains("spark.launcher.Main"))
                .toList();
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
        } catch (IOException _) {
            return "";
        }
    }

    /// Waits until something holds; fails when the process ends before.
    void await(String name, Process process, Condition condition) throws Exception {
        while (!condition.holds()) {
            if (!process.isAlive()) {
                throw new IllegalStateException(
                        "it ended with code " + process.exitValue() + ": " + Files.readString(said(name)));
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    interface Condition {
        boolean holds() throws Exception;
    }

    /// What the build packs for spark-submit: core and spark with what they need, but Spark.
    private static Path submitJar(Path file) throws IOException {
        Set<String> names = new HashSet<>();
        try (OutputStream bytes = Files.newOutputStream(file);
                JarOutputStream packed = new JarOutputStream(bytes)) {
            for (String module : List.of("core", "spark")) {
                Path classes = Path.of("..", module, "target", "classes");
                try (Stream<Path> files = Files.walk(classes)) {
                    files.filter(Files::isRegularFile)
                            .forEach(inner -> pack(
                                    packed,
                                    names,
                                    classes.relativize(inner).toString(),
                                    () -> Files.newInputStream(inner)));
                }
            }
            for (String entry : Arrays.stream(
                            System.getProperty("java.class.path").split(File.pathSeparator))
                    .filter(entry -> entry.matches(".*(antlr4-runtime|hipparchus).*[.]jar"))
                    .toList()) {
                try (JarFile library = new JarFile(entry)) {
                    library.stream()
                            .filter(inner -> !inner.isDirectory())
                            .forEach(
                                    inner -> pack(packed, names, inner.getName(), () -> library.getInputStream(inner)));
                }
            }
        }
        return file;
    }

    private interface Content {
        InputStream open() throws IOException;
    }

    private static void pack(JarOutputStream packed, Set<String> names, String name, Content content) {
        if (name.startsWith("META-INF") || !names.add(name)) {
            return;
        }
        try (InputStream bytes = content.open()) {
            packed.putNextEntry(new JarEntry(name));
            bytes.transferTo(packed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
