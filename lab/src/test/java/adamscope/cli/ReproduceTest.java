package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.paper.Caption;
import adamscope.paper.PaperFigures;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproduceTest {

    private record Ran(int code, String out, String err) {}

    @TempDir
    private Path temp;

    private static Ran run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                List.of(arguments),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void theListNamesEveryFigure() {
        Ran ran = run("reproduce", "--list");
        assertThat(ran.code()).isEqualTo(ExitCode.DONE);
        assertThat(ran.out().lines().map(line -> line.split(" ")[0]))
                .containsExactlyElementsOf(
                        PaperFigures.captions().stream().map(Caption::id).toList());
    }

    @Test
    void aFigureLeavesTablesFigurePageAndAnExperimentThatRunsAgain() throws IOException {
        Path out = temp.resolve("one");
        Ran ran = run("reproduce", "P3-fig2", "--out", out.toString(), "--json");
        assertThat(ran.code()).isEqualTo(ExitCode.DONE);
        JsonNode result = new ObjectMapper().readTree(ran.out());
        assertThat(result.at("/claims/0/verdict").asText()).isEqualTo("agrees");
        assertThat(out.resolve("figures/P3-fig2.png")).exists();
        assertThat(out.resolve("lr-38.1.parquet")).exists();
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("P3-03")
                .contains("agrees");
        assertThat(Files.readString(out.resolve("experiment.yaml"))).contains("kind: reproduction");
        Ran again = run("reproduce", "-c", out.resolve("experiment.yaml").toString(), "--out", temp.resolve("b") + "");
        assertThat(again.code()).isEqualTo(ExitCode.DONE);
        assertThat(run("report", out.toString()).code()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void severalFiguresHaveAnIndexThatLeadsToThem() throws IOException {
        Path out = temp.resolve("several");
        Ran ran = run("reproduce", "P3-fig2", "P3-fig17", "--out", out.toString());
        assertThat(ran.code()).isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(out.resolve("index.html")))
                .contains("href=\"P3-fig2/report.html\"")
                .contains("href=\"P3-fig17/report.html\"");
    }

    @Test
    void wrongInputIsRefusedBeforeAnythingIsMade() {
        Path out = temp.resolve("none");
        Ran unknown = run("reproduce", "P9-fig1", "--out", out.toString());
        assertThat(unknown.code()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(unknown.err()).contains("P9-fig1").contains("P1-fig1");
        assertThat(out).doesNotExist();
        assertThat(run("reproduce").err()).contains("--list");
    }
}
