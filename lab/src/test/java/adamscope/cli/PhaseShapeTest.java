package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The JSON documents of phase diagrams.
class PhaseShapeTest {
    @TempDir
    private Path folder;

    @Test
    void phaseLeavesARunFolderThatReportsAndRunsAgain() throws IOException {
        Path out = folder.resolve("phase");
        List<String> phase = List.of(
                "phase",
                "--optimizer",
                "adam-uncorrected",
                "--objective",
                "x^4/4",
                "--x0",
                "1",
                "--set",
                "eps=0",
                "--set",
                "lr=1e-3",
                "--x",
                "beta1=0.1:0.9:4",
                "--y",
                "beta2=0.15:0.95:3",
                "--steps",
                "100",
                "--json",
                "--out");
        JsonNode found = Ran.of(with(phase, out.toString())).json();
        assertThat(Ran.names(found)).containsExactly("cells", "outcomes", "agreement", "minimum", "folder");
        assertThat(found.get("cells").asInt()).isEqualTo(12);
        int counted = 0;
        for (JsonNode count : found.get("outcomes")) {
            counted += count.asInt();
        }
        assertThat(counted).isEqualTo(12);
        assertThat(Ran.names(found.get("agreement"))).containsExactly("cells", "agree", "share", "undecided");
        // 100 steps of lr = 1e-3 from x0 = 1 decide nothing
        assertThat(found.get("outcomes").get("undecided").asInt()).isEqualTo(12);
        assertThat(found.get("agreement").get("undecided").asInt()).isEqualTo(12);
        assertThat(found.get("agreement").get("share").isNull()).isTrue();
        assertThat(found.get("folder").asText()).isEqualTo(out.toString());
        assertThat(files(out))
                .containsExactly(
                        "experiment.yaml",
                        "figures/phase.png",
                        "figures/phase.svg",
                        "phase.parquet",
                        "provenance.json",
                        "report.html");
        Ran.of(with(phase, out.toString())).isWrong("holds this very run, and it is complete");

        byte[] page = Files.readAllBytes(out.resolve("report.html"));
        Files.delete(out.resolve("report.html"));
        JsonNode report = Ran.of("report", out.toString(), "--json").json();
        assertThat(Ran.names(report)).containsExactly("report", "claims");
        assertThat(out.resolve("report.html")).hasBinaryContent(page);

        String again = out.resolve("experiment.yaml").toString();
        JsonNode second = Ran.of(
                        "phase",
                        "-c",
                        again,
                        "--json",
                        "--out",
                        folder.resolve("again").toString())
                .json();
        assertThat(second.get("outcomes")).isEqualTo(found.get("outcomes"));
    }

    @Test
    void agreementIsNullWithoutTheory() {
        JsonNode found = Ran.of(
                        "phase",
                        "--optimizer",
                        "lion",
                        "--objective",
                        "x^4/4",
                        "--x0",
                        "1",
                        "--x",
                        "beta1=0.1:0.9:2",
                        "--y",
                        "beta2=0.1:0.9:2",
                        "--steps",
                        "50",
                        "--json",
                        "--out",
                        folder.resolve("lion").toString())
                .json();
        assertThat(found.get("agreement").isNull()).isTrue();
    }

    private static List<String> with(List<String> arguments, String last) {
        List<String> all = new ArrayList<>(arguments);
        all.add(last);
        return all;
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
