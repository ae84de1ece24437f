package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandProbeTest {
    @TempDir
    private Path folder;

    private Path run() throws IOException {
        Path file = Files.writeString(folder.resolve("experiment.yaml"), """
            kind: train
            model: {kind: fully-connected, hidden: [6], activation: tanh}
            data: {source: fashion-mnist, first: 20}
            loss: half-squared
            optimizer: {name: adam-uncorrected, lr: 1e-3}
            steps: 30
            probe: 10
            checkpoint: {steps: 10, keep: 3}
            """);
        Path run = folder.resolve("run");
        assertThat(Ran.of("train", "-c", file.toString(), "--out", run.toString())
                        .code())
                .isZero();
        return run;
    }

    @Test
    void aRunACheckpointAndAStepGiveTheSameNumbersAsTheProbeAlongTheRun() throws IOException {
        Path run = run();
        Path checkpoint = run.resolve("checkpoints/step-000000010.json");
        JsonNode fromStep =
                Ran.of("probe", run.toString(), "--step", "20", "--json").json();
        JsonNode fromCheckpoint =
                Ran.of("probe", checkpoint.toString(), "--step", "20", "--json").json();
        assertThat(fromCheckpoint).isEqualTo(fromStep);
        assertThat(fromStep.path("step").asLong()).isEqualTo(20);
        JsonNode sharpness = fromStep.path("sharpness");
        assertThat(sharpness.path("threshold").asDouble()).isCloseTo(38e3, within(1e-6)); // 38/lr
        String row = Files.readAllLines(run.resolve("probes.jsonl")).stream()
                .filter(line -> line.contains("\"step\":20,"))
                .findFirst()
                .orElseThrow();
        double expected = Double.parseDouble(row.replaceAll(".*\"preconditionedSharpness\":([^,}]*).*", "$1"));
        // two searches, to 1e-3 each
        assertThat(sharpness.path("preconditioned").path("value").asDouble())
                .isCloseTo(expected, within(2e-3 * expected));
        assertThat(sharpness.path("preconditioned").path("converged").asBoolean())
                .isTrue();
    }

    @Test
    void wrongInputIsNamed() throws IOException {
        assertThat(Ran.of("probe", folder.resolve("nothing").toString()).err())
                .contains("does not exist; name a run folder, or a checkpoint in one");
        assertThat(Ran.of("probe", folder.toString()).code()).isEqualTo(2);
        assertThat(Ran.of("probe", folder.toString(), "--what", "colour").err())
                .contains("--what = colour: there is no such question; there are [sharpness, spectrum");
        assertThat(Ran.of("probe", folder.toString(), "--top", "0").err()).contains("--top = 0 is outside [1, inf)");
    }
}
