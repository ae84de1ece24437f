package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandProbeTest {
    /// Its number in tables, as docs/curvature.md has it.
    private static final double CERTIFIED = 2;

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

    /// A run of PyTorch has no step of its own after the import: the probe makes the next one.
    @Test
    void anImportedRunIsProbedAfterItsNextStep() throws IOException {
        Path recorded = Path.of("..").toAbsolutePath().normalize().resolve("docs/examples/pytorch");
        Path run = folder.resolve("imported");
        Ran imported = Ran.of(
                "import",
                "--torchscript",
                recorded.resolve("model.pt").toString(),
                "--state",
                recorded.resolve("state.safetensors").toString(),
                "--data",
                recorded.resolve("data.safetensors").toString(),
                "--loss",
                "cross-entropy",
                "--set",
                "steps=200",
                "--out",
                run.toString());
        assertThat(imported.code()).as(imported.err()).isZero();
        JsonNode found = Ran.of("probe", run.toString(), "--what", "sharpness,spectrum,directions", "--json")
                .json();
        assertThat(found.path("step").asLong()).isEqualTo(101);
        JsonNode top = found.path("sharpness").path("preconditioned");
        assertThat(top.path("converged").asBoolean()).isTrue();
        assertThat(top.path("value").asDouble())
                .isCloseTo(
                        found.path("spectrum")
                                .path("preconditioned")
                                .path("largest")
                                .path(0)
                                .path("value")
                                .asDouble(),
                        within(2e-3 * top.path("value").asDouble())); // two searches, to 1e-3 each
        assertThat(found.path("sharpness").path("threshold").asDouble()).isPositive();
    }

    /// A series as `demo` writes it: one training among other experiments.
    @Test
    void theOneTrainingOfASeriesIsFound() throws IOException {
        Path file = Files.writeString(folder.resolve("series.yaml"), """
            kind: series
            parts:
              network:
                kind: network
                optimizer: {name: adam, lr: 1e-3}
                data: fashion-mnist
                images: 20
                hidden: [4]
                steps: 20
                every: 5
              run:
                kind: simulation
                optimizer: {name: adam}
                objective: x^4/4
                x0: [1]
                steps: 10
            """);
        Path run = folder.resolve("series");
        Ran ran = Ran.of("demo", "-c", file.toString(), "--out", run.toString());
        assertThat(ran.code()).as(ran.err()).isZero();
        JsonNode found =
                Ran.of("probe", run.toString(), "--what", "sharpness", "--json").json();
        assertThat(found.path("step").asLong()).isEqualTo(21); // the one after the last checkpoint
        assertThat(found.path("sharpness").path("raw").path("converged").asBoolean())
                .isTrue();
    }

    @Test
    void theKeysOfATrainingAskTheSameQuestionsAlongTheRun() throws IOException {
        Path file = Files.writeString(folder.resolve("probes.yaml"), """
            kind: train
            model: {kind: fully-connected, hidden: [6], activation: tanh}
            data: {source: fashion-mnist, first: 20}
            loss: half-squared
            optimizer: {name: adam-uncorrected, lr: 1e-3, beta1: {schedule: linear, value: 0.9, end: 0.5}}
            steps: 8
            micro_batch: 8
            probe:
              every: 8
              what: [spectrum, directions, batch-sharpness, critical-step, density, degeneracy, gauss-newton,
                     gradient-covariance, step-ratio]
              top: 2
              most: 3
              batches: 2
              batch_size: 10
              loss_rise: 100
              windows: [{from: 4, to: 5, every: 2}]
            """);
        Path run = folder.resolve("probes");
        Ran ran = Ran.of("train", "-c", file.toString(), "--out", run.toString(), "--json");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.json().path("thresholdCrossings").isArray()).isTrue();
        String rows = Files.readString(run.resolve("probes.jsonl"));
        assertThat(rows.lines()
                        .filter(line -> line.contains("\"step\":"))
                        .map(line -> line.replaceAll(".*\"step\":(\\d+).*", "$1")))
                .containsExactly("1", "4", "8");
        assertThat(rows)
                .contains("\"top3\"", "\"bottom\"", "\"gradientOnTop\"", "\"batchSharpness\"", "\"criticalStep\"")
                .contains("\"density.trace\"", "\"gaussNewton\"", "\"gradientCovariance\"", "\"stepBound\"")
                .contains("\"degeneracy.localExponent/weight 1\"");
        String first = rows.lines().findFirst().orElseThrow();
        for (String name : List.of("preconditionedSharpness", "sharpness", "top", "rawTop", "bottom")) {
            assertThat(number(first, name + "Standing")).as(name).isEqualTo(CERTIFIED);
        }
        for (String row : rows.lines().toList()) {
            assertThat(number(row, "gaussNewtonStanding")).isEqualTo(CERTIFIED);
            assertThat(number(row, "gradientCovarianceStanding")).isEqualTo(CERTIFIED);
        }
        assertThat(Files.readString(run.resolve("report.html")))
                .containsPattern("Of 3 values of λ₁\\(P⁻¹H\\) [1-3] are certified");
        JsonNode asked = Ran.of(
                        "probe", run.toString(), "--step", "8", "--what", "sharpness,gauss-newton,spectrum", "--json")
                .json();
        for (String end : List.of("largest", "smallest")) {
            asked.path("spectrum").path("preconditioned").path(end).forEach(pair -> {
                assertThat(pair.path("standing").asText()).isEqualTo("certified");
                assertThat(pair.path("error").asDouble())
                        .isLessThanOrEqualTo(
                                1.01e-3 * Math.abs(pair.path("value").asDouble()));
            });
        }
        assertThat(Ran.of("probe", run.toString(), "--step", "8", "--what", "spectrum")
                        .out())
                .contains(", certified)");
        String last = rows.lines().reduce((_, line) -> line).orElseThrow();
        assertThat(number(last, "gaussNewton"))
                .isCloseTo(asked.path("gauss-newton").path("value").asDouble(), within(1e-6));
        double bottom = asked.path("spectrum")
                .path("preconditioned")
                .path("smallest")
                .path(0)
                .path("value")
                .asDouble();
        assertThat(number(last, "bottom")).isCloseTo(bottom, within(2e-3 * Math.abs(bottom)));
    }

    private static double number(String row, String name) {
        return Double.parseDouble(row.replaceAll(".*\"" + name + "\":([^,}]*).*", "$1"));
    }

    @Test
    void aMistakeInTheKeysIsNamedWithItsLine() throws IOException {
        Path file = Files.writeString(folder.resolve("wrong.yaml"), """
            kind: train
            model: {kind: fully-connected, hidden: [6], activation: tanh}
            data: {source: fashion-mnist, first: 20}
            optimizer: {name: adam}
            steps: 24
            probe:
              what: [colour]
            """);
        Ran.of("train", "-c", file.toString(), "--out", folder.resolve("a").toString())
                .isWrong("probe.what[0] = colour is none of [sharpness, spectrum");
        Path other = Files.writeString(
                folder.resolve("other.yaml"),
                Files.readString(file).replace("what: [colour]", "windows: [{from: 9, to: 3}]"));
        Ran.of("train", "-c", other.toString(), "--out", folder.resolve("b").toString())
                .isWrong("ends before it begins");
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
