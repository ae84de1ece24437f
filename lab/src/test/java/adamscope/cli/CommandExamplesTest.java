package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandExamplesTest {
    private static final Path SOURCES = Path.of("..", "docs", "examples");

    @TempDir
    private Path folder;

    @Test
    void theFilesThatShipAreThoseOfTheDocuments() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<String> names = files.filter(Files::isRegularFile)
                    .map(file -> SOURCES.relativize(file).toString())
                    .sorted()
                    .toList();
            assertThat(CommandExamples.FILES).containsExactlyElementsOf(names);
        }
    }

    @Test
    void theyAreWrittenOnceAndForeignOnesAreLeftAlone() throws IOException {
        String out = folder.toString();
        assertThat(Ran.of("examples", "--out", out, "--json").json().path("written"))
                .hasSameSizeAs(CommandExamples.FILES);
        Path log = folder.resolve("docs/examples/spike.csv");
        assertThat(log).hasSameBinaryContentAs(SOURCES.resolve("spike.csv"));
        assertThat(Ran.of("examples", "--out", out, "--json").json().path("kept"))
                .hasSameSizeAs(CommandExamples.FILES);
        Files.writeString(log, "mine");
        Ran.of("examples", "--out", out).isWrong("is there and is another");
        assertThat(log).hasContent("mine");
        Ran.of("examples", "--out", log.toString()).isWrong(log + " is no folder");
    }
}
