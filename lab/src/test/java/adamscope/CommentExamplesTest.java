package adamscope;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The examples in comments of the main code are compiled, each in the package of its file. Only a variable of the
/// reader's, or a method without a class before it, may be unknown.
class CommentExamplesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern EXAMPLE = Pattern.compile("(?ms)^ *///? ?```java\\R(.*?)^ */// ?```");
    private static final Pattern OF_THE_READER =
            Pattern.compile("symbol: +(variable [a-z]\\w*|method [a-z]\\w*\\(.*\\))");

    @TempDir
    private Path classes;

    private static final class Example extends SimpleJavaFileObject {
        private final String text;

        Example(String name, String packageName, String text) {
            super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    @Test
    void everyExampleCompiles() throws IOException {
        TreeSet<String> packages = new TreeSet<>();
        Map<Path, String> files = new TreeMap<>();
        for (String module : List.of("core", "network", "spark", "lab")) {
            try (Stream<Path> sources = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                for (Path file :
                        (Iterable<Path>) sources.filter(path -> path.toString().endsWith(".java"))::iterator) {
                    String text = Files.readString(file);
                    packages.add(packageOf(text));
                    files.put(file, text);
                }
            }
        }
        String imports = Stream.concat(
                        packages.stream(),
                        Stream.of(
                                "java.util",
                                "java.util.function",
                                "java.nio.file",
                                "java.time",
                                "org.bytedeco.pytorch"))
                .map(name -> "import " + name + ".*;\n")
                .collect(Collectors.joining());
        Map<String, Path> origins = new TreeMap<>();
        List<Example> examples = new ArrayList<>();
        files.forEach((file, text) -> EXAMPLE.matcher(text).results().forEach(found -> {
            String name = "Example" + examples.size();
            origins.put(name, ROOT.relativize(file));
            String body = found.group(1).replaceAll("(?m)^ *///? ?", "");
            examples.add(new Example(
                    name,
                    packageOf(text),
                    "package " + packageOf(text) + ";\n" + imports + "class " + name
                            + " { void example() throws Exception {\n" + body + "\n} }\n"));
        }));
        assertThat(examples).hasSizeGreaterThan(30);
        assertThat(errors(examples, origins)).isEmpty();
    }

    private List<String> errors(List<Example> examples, Map<String, Path> origins) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        compiler.getTask(
                        Writer.nullWriter(),
                        null,
                        found,
                        List.of(
                                "-proc:none",
                                "-Xmaxerrs",
                                "1000",
                                "-d",
                                classes.toString(),
                                "-cp",
                                System.getProperty("java.class.path")),
                        null,
                        examples)
                .call();
        return found.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .filter(diagnostic -> !OF_THE_READER
                        .matcher(diagnostic.getMessage(Locale.ROOT))
                        .find())
                .map(diagnostic -> {
                    String name = diagnostic.getSource().getName().replaceAll("^/|\\.java$", "");
                    return origins.get(name) + ": " + diagnostic.getMessage(Locale.ROOT);
                })
                .toList();
    }

    private static String packageOf(String text) {
        var found = Pattern.compile("(?m)^package ([\\w.]+);").matcher(text);
        return found.find() ? found.group(1) : "";
    }
}
