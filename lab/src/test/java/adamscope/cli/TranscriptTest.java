package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Pages show what their commands print. `-Ddocs.write=true` writes the output that came into the pages,
/// `-Ddocs.pages=tutorial` takes only those whose path holds that.
class TranscriptTest {
    private static final Path DOCS = Path.of("..", "docs");

    @TempDir
    private Path folder;

    static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(DOCS)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> file.toString().contains(System.getProperty("docs.pages", "")))
                    .filter(file -> Transcript.isIn(read(file)))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aPageShowsWhatItsCommandsPrint(Path page) throws IOException {
        shows(page, false);
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("pages")
    void aPageShowsWhatItsPythonPrints(Path page) throws IOException, InterruptedException {
        assumeTrue(Transcript.hasTorch(), "no Python with torch");
        shows(page, true);
    }

    @Test
    void shownOutputThatDiffersFromWhatCameIsReplacedAndWhatFitsStays() throws IOException {
        String page = """
            <!-- file: my.opt -->
            ```
            optimizer my
            x <- x - g
            ```

            ```console
            $ adamscope optimizers check my.opt
            ok: optimizer …
            …
            $ adamscope optimizers check \\
                my.opt
            ok: optimizer yours
            …
            ```
            """;
        String now = new Transcript(folder, false).run(page);
        assertThat(now).contains("check my.opt\nok: optimizer …\n…\n$").contains("    my.opt\nok: optimizer my\n  pre");
    }

    private void shows(Path page, boolean python) throws IOException {
        String shown = read(page);
        String now = new Transcript(folder, python).run(shown);
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(page, now);
        } else {
            assertThat(now).as("%s; -Ddocs.write=true writes what came", page).isEqualTo(shown);
        }
        assertThat(TablesPage.read().missing(folder))
                .as("columns that docs/tables.md lacks")
                .isEmpty();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
