import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.sun.source.tree.AnyPatternTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Checks or repairs the format of every Java source file (palantir-java-format, 4 spaces, 120 columns).
///
/// Started from source on the JDK of the toolchain, because the formatter parses with the compiler of the JVM that runs
/// it: inside a Maven that runs on an older JDK it could not read the sources of this project.
///
/// Arguments: `check` or `apply`, then the folders to search.
public final class Format {

    /// A bare underscore among parameters or in a record pattern.
    private static final Pattern UNDERSCORE = Pattern.compile("[(,]\\s*_\\s*[,)]");
    private static final Pattern DOC_LINE = Pattern.compile("^( *)///(.*)$", Pattern.MULTILINE);
    /// Stands for the text of an empty line, which as a comment of white space would lose it.
    private static final String EMPTY = "\u00b6";

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
                    var wrapped = wrapped(text);
                    var formatted = shown(formatter.formatSourceAndFixImports(hidden(withTypedUnderscores(wrapped))));
                    if (!docLines(formatted).equals(docLines(wrapped))) {
                        unreadable++;
                        System.err.println(file + ": break by hand the lines of doc comments longer than 120 columns");
                    } else if (!formatted.equals(text)) {
                        wrong++;
                        if (apply) Files.writeString(file, formatted);
                        System.err.println((apply ? "formatted " : "badly formatted: ") + file);
                    }
                } catch (FormatterException e) {
                    unreadable++;
                    System.err.println(file + ":" + e.getMessage());
                }
            }
        }
        System.err.printf(
                "format: %d files, %d %s, %d unreadable%n",
                files, wrong, apply ? "repaired" : "badly formatted", unreadable);
        if (!apply && wrong > 0) System.err.println("repair with: mvn -N verify -Dformat=apply");
        if (unreadable > 0 || (!apply && wrong > 0)) System.exit(1);
    }

    /// Lines of doc comments that are too long broken at their last space that fits; not rows of tables.
    private static String wrapped(String text) {
        return DOC_LINE.matcher(text).replaceAll(line -> {
            int cut = line.group().lastIndexOf(' ', 120);
            boolean fits = line.group().length() <= 120 || line.group(2).startsWith(" |");
            if (fits || cut <= line.group(1).length() + 4) return Matcher.quoteReplacement(line.group());
            return Matcher.quoteReplacement(line.group().substring(0, cut) + "\n" + line.group(1) + "/// "
                    + line.group().substring(cut + 1));
        });
    }

    /// Doc comments as a row of plain line comments (a form feed for the third slash): the formatter takes a block of
    /// `///` lines for one token and breaks lines of it that are not too long.
    private static String hidden(String text) {
        return DOC_LINE.matcher(text)
                .replaceAll(line -> line.group(1) + "//\f" + (line.group(2).isEmpty() ? EMPTY : "$2"));
    }

    private static String shown(String text) {
        return text.replace("//\f" + EMPTY, "///").replace("//\f", "///");
    }

    private static List<String> docLines(String text) {
        return DOC_LINE.matcher(text).results().map(line -> line.group(2)).toList();
    }

    /// The text with `var _` for each bare `_` in a record pattern, which means the same and which, other than the bare
    /// one, the formatter can read.
    private static String withTypedUnderscores(String text) throws IOException {
        if (!UNDERSCORE.matcher(text).find()) {
            return text;
        }
        var source = new SimpleJavaFileObject(URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
        // Errors of syntax are left for the formatter to report.
        var task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, diagnostic -> {}, List.of("-proc:none"), null, List.of(source));
        var positions = Trees.instance(task).getSourcePositions();
        var underscores = new TreeSet<Long>();
        for (var unit : task.parse()) {
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitAnyPattern(AnyPatternTree pattern, Void nothing) {
                    underscores.add(positions.getStartPosition(unit, pattern));
                    return null;
                }
            }.scan(unit, null);
        }
        var typed = new StringBuilder(text);
        // The compiler of JDK 25 gives the position of the token behind the pattern.
        for (long position : underscores.descendingSet()) typed.insert(text.lastIndexOf('_', (int) position), "var ");
        return typed.toString();
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
