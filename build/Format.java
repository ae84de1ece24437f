import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Checks or repairs the format of every Java source file (palantir-java-format, 4 spaces, 120 columns).
///
/// Started from source on the JDK of the toolchain, because the formatter parses with the compiler of the JVM that runs
/// it: inside a Maven that runs on an older JDK it could not read the sources of this project.
///
/// Arguments: `check` or `apply`, then the folders to search.
public final class Format {

    private Format() {}

    /// Exits with 1 when a file is badly formatted (`check`) or cannot be read as Java (both).
    static void main(String[] arguments) throws IOException {
        var apply = arguments[0].equals("apply");
        if (!apply && !arguments[0].equals("check")) {
            throw new IllegalArgumentException("-Dformat=" + arguments[0] + ": allowed are check, apply");
        }
        var formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
                .style(JavaFormatterOptions.Style.PALANTIR)
                .build());
        int files = 0, wrong = 0, unreadable = 0;
        for (var folder : List.of(arguments).subList(1, arguments.length)) {
            for (var file : sources(Path.of(folder))) {
                files++;
                var text = Files.readString(file);
                try {
                    var formatted = formatter.formatSourceAndFixImports(text);
                    if (!formatted.equals(text)) {
                        wrong++;
                        if (apply) Files.writeString(file, formatted);
                        System.err.println((apply ? "formatted " : "badly formatted: ") + file);
                    }
                } catch (FormatterException e) {
                    unreadable++;
                    System.err.println(file + ":" + e.getMessage());
                    if (e.getMessage().contains("expected token: '_'")) {
                        System.err.println("  the formatter cannot read a bare _ inside a record pattern: write var _");
                    }
                }
            }
        }
        System.err.printf(
                "format: %d files, %d %s, %d unreadable%n",
                files, wrong, apply ? "repaired" : "badly formatted", unreadable);
        if (!apply && wrong > 0) System.err.println("repair with: mvn -N verify -Dformat=apply");
        if (unreadable > 0 || (!apply && wrong > 0)) System.exit(1);
    }

    private static List<Path> sources(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }
}
