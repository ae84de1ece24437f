package adamscope;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What CONTRIBUTING.md and docs/architecture.md tell a stranger is so.
class HowToAddTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final String RULE = """
        # Half a step of sign descent, for a test.
        optimizer half-sign
        hyper lr = 1e-3 in (0, inf) "learning rate" symbol η
        x <- x - lr/2*sign(g)
        """;

    /// The recipe "An optimizer": one file, one name in one list; then the program derives the rest.
    @Test
    void anOptimizerOfTheCatalogueIsAFileAndAName(@TempDir Path scratch) throws Exception {
        Path core = ROOT.resolve("core/src/main");
        Path list = core.resolve("java/adamscope/optimizer/Catalogue.java");
        Path sources = Files.createDirectories(scratch.resolve("adamscope/optimizer"));
        String catalogue = Files.readString(list);
        assertThat(catalogue).contains("\"stable-adamw\"");
        Path changed = Files.writeString(
                sources.resolve("Catalogue.java"),
                catalogue.replace("\"stable-adamw\"", "\"stable-adamw\", \"half-sign\""));
        Files.writeString(sources.resolve("half-sign.opt"), RULE);

        String classPath = System.getProperty("java.class.path");
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", scratch.toString(), "-cp", classPath, changed.toString()))
                .isZero();

        List<URL> places = new ArrayList<>(List.of(scratch.toUri().toURL()));
        for (String place : classPath.split(java.io.File.pathSeparator)) {
            places.add(Path.of(place).toUri().toURL());
        }
        try (URLClassLoader program =
                new URLClassLoader(places.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Object rule = program.loadClass("adamscope.optimizer.Catalogue")
                    .getMethod("shipped", String.class)
                    .invoke(null, "half-sign");
            assertThat(rule.toString()).contains("half-sign");
        }
    }

    @Test
    void everyPackageHasItsRowInTheOrderThatIsHeld() throws IOException {
        List<String> rows = Pattern.compile("^\\| `(\\w+)` \\|", Pattern.MULTILINE)
                .matcher(architecture().split("<!-- packages")[1].split("\n## ")[0])
                .results()
                .map(row -> row.group(1))
                .toList();
        assertThat(rows).isEqualTo(Architecture.ORDER);
    }

    @Test
    void everyTypeThatTheDocumentsNameExists() throws IOException {
        String text = architecture().split("## Central types")[1].split("\n## ")[0]
                + Files.readString(ROOT.resolve("CONTRIBUTING.md"));
        List<String> named = Pattern.compile("`([A-Z][A-Za-z]+)(?:\\.[A-Z]+)?`")
                .matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .filter(name -> !name.equals(name.toUpperCase(java.util.Locale.ROOT)))
                .toList();
        assertThat(named).hasSizeGreaterThan(20);
        List<String> there = types();
        assertThat(named).isSubsetOf(there);
    }

    private static String architecture() throws IOException {
        return Files.readString(ROOT.resolve("docs/architecture.md"));
    }

    /// Simple names of the files with Java sources, of main code and tests.
    private static List<String> types() throws IOException {
        List<String> names = new ArrayList<>();
        for (String module : Arrays.asList("core", "page", "network", "spark", "lab")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src"))) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".java"))
                        .map(name -> name.substring(0, name.length() - ".java".length()))
                        .forEach(names::add);
            }
        }
        return names;
    }
}
