package adamscope;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What CONTRIBUTING.md and docs/architecture.md tell a stranger is so.
class HowToAddTest {
    private static final Path ROOT = ScratchCopy.ROOT;

    @Test
    void everyPackageHasItsRowInTheOrderThatIsHeld() throws IOException {
        String table = architecture().split("<!-- packages")[1].split("\n## ")[0];
        assertThat(names("^\\| `(\\w+)` \\|", table)).isEqualTo(Architecture.ORDER);
    }

    @Test
    void everyModuleOfTheBuildIsDrawn() throws IOException {
        List<String> modules = names("<module>([a-z]+)</module>", Files.readString(ROOT.resolve("pom.xml")));
        String drawn = architecture().split("## Modules")[1].split("\n## ")[0];
        assertThat(modules)
                .hasSizeGreaterThan(4)
                .allSatisfy(module -> assertThat(drawn).containsPattern("\\b" + module + "\\b"));
    }

    @Test
    void everyTypeThatTheDocumentsNameExists() throws IOException {
        String datum = architecture().split("## The way of one datum")[1].split("\n## ")[0];
        List<String> named = new ArrayList<>(names("\\b([A-Z][a-z]+[A-Z]\\w+|Sweep|Space|Table)\\b", datum));
        named.addAll(names(
                "`(?:adamscope\\.[a-z]+\\.)?([A-Z][A-Za-z]*[a-z][A-Za-z]*)(?:\\.[A-Z]+)?`",
                architecture() + Files.readString(ROOT.resolve("CONTRIBUTING.md"))));
        assertThat(named).hasSizeGreaterThan(50).isSubsetOf(types());
    }

    /// `NAME` stands for any.
    @Test
    void everyFileAndPackageThatTheRecipesNameExists() throws IOException {
        String recipes = Files.readString(ROOT.resolve("CONTRIBUTING.md")).split("## How to add")[1];
        List<String> files = names("`([\\w/-]+\\.(?:yaml|opt))`", recipes);
        assertThat(files).hasSizeGreaterThan(2);
        for (String file : files) {
            assertThat(names(
                            Pattern.quote(file).replace("NAME", "\\E[a-z-]+\\Q") + "()",
                            String.join("\n", resources())))
                    .as(file)
                    .isNotEmpty();
        }
        assertThat(names("`adamscope\\.([a-z]+)[`.]", recipes))
                .hasSizeGreaterThan(5)
                .isSubsetOf(Architecture.ORDER);
    }

    private static List<String> names(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static List<String> resources() throws IOException {
        List<String> names = new ArrayList<>();
        for (String module : List.of("core", "lab")) {
            Path resources = ROOT.resolve(module).resolve("src/main/resources");
            try (Stream<Path> files = Files.walk(resources)) {
                files.forEach(file -> names.add(ROOT.relativize(file).toString()));
            }
        }
        return names;
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
