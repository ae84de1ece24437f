package adamscope.cli;

import adamscope.spark.SparkProcess;
import adamscope.spark.SparkStart;
import adamscope.sweep.Engine;
import adamscope.sweep.LocalEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Option;

/// `--engine local|spark` with `--master`: where the points of a sweep are run.
final class EngineOption {
    /// Where the driver for Spark lies; the launcher says so.
    private static final String JAR = "adamscope.sparkJar";

    private static final String LOG = "spark.log";

    /// The engines.
    enum Kind {
        /// The processors of this machine.
        local,
        /// The executors of a Spark cluster.
        spark
    }

    @Option(
            names = "--engine",
            paramLabel = "local|spark",
            description =
                    "Run points here (default) or on a Spark cluster: Spark 4.2 where SPARK_HOME says, or its jars"
                            + " in ADAMSCOPE_SPARK_CLASSPATH. Same results, same files.")
    private Kind kind = Kind.local;

    @Option(
            names = "--master",
            paramLabel = "URL",
            description = "The Spark master as Spark says it: local[2] (default), spark://HOST:7077, yarn.")
    private String master;

    @Option(
            names = "--master-timeout",
            paramLabel = "SECONDS",
            description = "How long master and executors may take to answer (default: 60).")
    private int seconds = 60;

    /// Refuses what no engine can use, before anything is written.
    void refuseUnusable() {
        if (seconds < 1) {
            throw new IllegalArgumentException("--master-timeout " + seconds + ": at least 1 second");
        }
        switch (kind) {
            case local -> {
                if (master != null) {
                    throw new IllegalArgumentException("--master " + master + " is for --engine spark");
                }
            }
            case spark -> start(Path.of(LOG));
        }
    }

    /// The engine; what Spark has to say goes into the folder.
    Engine choose(Console console, Path folder) {
        return switch (kind) {
            case local -> LocalEngine.ofThisMachine();
            case spark ->
                new SparkProcess(
                        start(folder.resolve(LOG)),
                        Duration.ofSeconds(seconds),
                        text -> console.remark("adamscope: " + text));
        };
    }

    private SparkStart start(Path log) {
        SparkStart start = new SparkStart(
                Path.of(System.getProperty(JAR, "")), System.getenv(), master == null ? "local[2]" : master, log);
        if (!Files.isRegularFile(start.jar())) {
            throw new IllegalArgumentException(
                    "--engine spark: the driver adamscope-spark-submit.jar is missing; start Adamscope by its"
                            + " launcher");
        }
        return start;
    }
}
