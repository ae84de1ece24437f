package adamscope.spark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How the driver of a sweep on Spark is started: by `spark-submit`, or by `java` with Spark's jars.
///
/// @param jar         the driver with all it needs but Spark
/// @param environment where `SPARK_HOME`, or `ADAMSCOPE_SPARK_CLASSPATH`, says where Spark is
/// @param master      as Spark says it: `local[2]`, `spark://host:7077`, `yarn`
/// @param logFile     what Spark has to say goes there
/// @param flags       options of the JVMs that run kernels
public record SparkStart(Path jar, Map<String, String> environment, String master, Path logFile, String flags) {
    /// The folder of a Spark distribution.
    public static final String HOME = "SPARK_HOME";

    /// The jars of Spark as a class path, where there is no distribution.
    public static final String CLASS_PATH = "ADAMSCOPE_SPARK_CLASSPATH";

    /// Further options of the JVM of a driver that `java` starts, one a line, such as `-Dspark.executor.memory=4g`.
    public static final String OPTIONS = "ADAMSCOPE_SPARK_OPTIONS";

    /// The vector module for kernels; JIT as in docs/decisions/0002-lazily-scaled-lanes.md.
    private static final String KERNEL_FLAGS = "--add-modules=jdk.incubator.vector -XX:Tier3DelayOn=100000";

    private static final String DRIVER = "adamscope.spark.SparkDriver";

    public SparkStart {
        environment = Map.copyOf(environment);
        if (!master.matches("local(\\[[^]]+])?|local-cluster\\[.*]|(spark|k8s|mesos)://.+|yarn")) {
            throw new IllegalArgumentException("--master " + master
                    + " is no master of Spark: local[N], spark://HOST:PORT, yarn, k8s://HOST:PORT");
        }
        if (environment.get(HOME) == null && environment.get(CLASS_PATH) == null) {
            throw new IllegalArgumentException("--engine spark needs Spark 4.2 (Scala 2.13), which does not come with"
                    + " Adamscope: set " + HOME + " to the folder of a distribution, or " + CLASS_PATH
                    + " to the jars of Spark");
        }
        if (environment.get(HOME) != null
                && !Files.isExecutable(Path.of(environment.get(HOME), "bin", "spark-submit"))) {
            throw new IllegalArgumentException(
                    HOME + " = " + environment.get(HOME) + " holds no Spark: there is no bin/spark-submit in it");
        }
    }

    /// A start with the flags that kernels need.
    public SparkStart(Path jar, Map<String, String> environment, String master, Path logFile) {
        this(jar, environment, master, logFile, KERNEL_FLAGS);
    }

    /// The same without the vector module.
    SparkStart withoutVectors() {
        return new SparkStart(jar, environment, master, logFile, "-XX:Tier3DelayOn=100000");
    }

    /// Where to look when something went wrong.
    String log() {
        return "Spark's own words are in " + logFile;
    }

    /// The driver, running.
    Process driver() {
        List<String> command = environment.get(HOME) != null ? submit() : java();
        try {
            return new ProcessBuilder(command).redirectError(logFile.toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command.getFirst() + ": " + e.getMessage(), e);
        }
    }

    private List<String> submit() {
        return List.of(
                Path.of(environment.get(HOME), "bin", "spark-submit").toString(),
                "--master",
                master,
                "--class",
                DRIVER,
                "--driver-java-options",
                flags,
                "--conf",
                "spark.executor.extraJavaOptions=" + flags,
                jar.toString());
    }

    private List<String> java() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(flags.split(" ")));
        command.addAll(List.of(
                "-Dspark.master=" + master,
                "-Dspark.jars=" + jar,
                "-Dspark.ui.enabled=false",
                "-Dspark.executor.extraJavaOptions=" + flags));
        environment.getOrDefault(OPTIONS, "").lines().forEach(command::add);
        command.addAll(List.of("-cp", jar + File.pathSeparator + environment.get(CLASS_PATH), DRIVER));
        return command;
    }
}
