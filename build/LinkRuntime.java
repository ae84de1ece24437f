import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/// `java build/LinkRuntime.java FOLDER`: links a Java runtime of the modules that the program needs, out of the JDK
/// that runs this. A runtime that is there for the same JDK stays.
final class LinkRuntime {
    /// What `jdeps --print-module-deps` names, and what it does not see: the module of `com.sun.management`, which is
    /// asked for memory, and the file system of zips, a service. Not `jdk.jfr`, which it names: where it is, DuckDB
    /// begins metrics for it at every start, 50 ms of a short command.
    private static final List<String> MODULES = List.of(
            "java.base",
            "java.desktop",
            "java.management",
            "java.sql",
            "jdk.httpserver",
            "jdk.incubator.vector",
            "jdk.management",
            "jdk.unsupported",
            "jdk.zipfs");

    private LinkRuntime() {}

    static void main(String[] arguments) throws IOException {
        Path runtime = Path.of(arguments[0]);
        Path stamp = runtime.resolve("linked");
        String wanted = Runtime.version() + " " + String.join(" ", MODULES) + "\n";
        if (Files.exists(stamp) && Files.readString(stamp).equals(wanted)) {
            return;
        }
        delete(runtime);
        int code = ToolProvider.findFirst("jlink")
                .orElseThrow(() -> new IllegalStateException("this JDK has no jlink"))
                .run(
                        System.out,
                        System.err,
                        "--add-modules=" + String.join(",", MODULES),
                        "--strip-debug",
                        "--no-header-files",
                        "--no-man-pages",
                        "--output=" + runtime);
        if (code != 0) {
            System.exit(code);
        }
        Files.writeString(stamp, wanted);
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
