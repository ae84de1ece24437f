package adamscope.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every document is reachable, no link is dead, and each begins with the same menu. `-Ddocs.write=true` writes the
/// menu.
class PagesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path DOCS = ROOT.resolve("docs");

    /// What every page of `docs` begins with, as `index.md` says it.
    private static final List<String[]> MENU = List.of(
            new String[] {"Adamscope", "index.md"},
            new String[] {"Install", "install.md"},
            new String[] {"Tutorial", "tutorial.md"},
            new String[] {"Spikes", "howto/spikes.md"},
            new String[] {"Optimizers", "howto/optimizers.md"},
            new String[] {"Precision", "howto/precision.md"},
            new String[] {"Teaching", "howto/teaching.md"},
            new String[] {"Sweeps", "howto/sweeps.md"},
            new String[] {"Rules", "rules.md"},
            new String[] {"Objectives", "formulas.md"},
            new String[] {"Experiments", "experiments.md"},
            new String[] {"Tables", "tables.md"},
            new String[] {"Theory", "theory.md"},
            new String[] {"Bibliography", "bibliography.md"});

    @Test
    void everyPageBeginsWithTheSameMenu() throws IOException {
        for (Path file : markdown(DOCS)) {
            String page = Files.readString(file);
            String top = "<!-- nav -->\n"
                    + MENU.stream()
                            .map(entry ->
                                    "[" + entry[0] + "](" + file.getParent().relativize(DOCS.resolve(entry[1])) + ")")
                            .collect(Collectors.joining(" · "))
                    + "\n\n";
            if (Boolean.getBoolean("docs.write")) {
                Files.writeString(file, top + MarkdownPage.withoutNavigation(page));
            } else {
                assertThat(page).as(file.toString()).startsWith(top);
                assertThat(page.substring(top.length())).as(file.toString()).doesNotContain("<!-- nav -->");
            }
        }
    }

    @Test
    void noLinkIsDead() throws IOException {
        List<Path> files = new ArrayList<>(markdown(DOCS));
        for (String name : List.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "THIRD-PARTY.md")) {
            files.add(ROOT.resolve(name));
        }
        TreeMap<String, MarkdownPage> pages = new TreeMap<>();
        for (Path file : files) {
            String name = ROOT.relativize(file).toString();
            pages.put(name, MarkdownPage.read(name, Files.readString(file)));
        }
        List<String> dead = new ArrayList<>();
        pages.values()
                .forEach(page -> page.targets().stream()
                        .filter(target -> !target.contains("://") && !target.startsWith("mailto:"))
                        .filter(target -> isDead(page.resolved(target).split("#", 2), pages))
                        .forEach(target -> dead.add(page.path() + ": " + target)));
        assertThat(dead).isEmpty();
    }

    private static boolean isDead(String[] target, TreeMap<String, MarkdownPage> pages) {
        return !Files.exists(ROOT.resolve(target[0]))
                || target.length > 1
                        && (!pages.containsKey(target[0])
                                || !pages.get(target[0]).anchors().contains(target[1]));
    }

    @Test
    void everyPageIsLinkedFromTheFront() throws IOException {
        MarkdownPage front = MarkdownPage.read("index.md", Files.readString(DOCS.resolve("index.md")));
        List<String> linked = front.targets().stream()
                .map(target -> target.replaceFirst("#.*", ""))
                .toList();
        for (Path file : markdown(DOCS)) {
            String name = DOCS.relativize(file).toString();
            assertThat(linked.contains(name) || name.equals("index.md"))
                    .as(name)
                    .isTrue();
        }
    }

    /// Every target inside the page is there, every picture is in it, and nothing is fetched.
    @Test
    void theHandbookIsWholeInItself() {
        String page = Handbook.html();
        List<String> ids = Pattern.compile(" id=\"([^\"]+)\"")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(200);
        assertThat(Pattern.compile("href=\"#([^\"]+)\"").matcher(page).results().map(found -> found.group(1)))
                .isNotEmpty()
                .allSatisfy(target -> assertThat(ids).contains(target));
        assertThat(page).doesNotContain("<script").doesNotContain("<link").contains("src=\"data:image/png;base64,");
        assertThat(Pattern.compile("src=\"(?!data:)").matcher(page).find()).isFalse();
    }

    private static List<Path> markdown(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }
}
