package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import adamscope.data.Safetensors;
import adamscope.model.RunningStatistics;
import adamscope.model.TorchScriptNetwork;
import adamscope.tensor.Place;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs that both PyTorch and this program make. Where `/usr/bin/python3` has torch; else skipped.
class PythonRoundTripTest {
    private static final String PYTHON = "/usr/bin/python3";
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path SCRIPT = ROOT.resolve("lab/src/test/resources/adamscope/pytorch/round_trip.py");

    /// Two averages, a rule that reads each tensor's norm, names that Python does not allow.
    private static final String OWN = """
        # a rule of somebody's own
        optimizer two-averages
        hyper lr = 1e-3 in (0, inf)
        hyper lambda = 0.99 in [0, 1)
        hyper eps = 1e-8 in [0, inf)
        state m = 0, slow = g, step = 1
        m <- 0.9*m + 0.1*g
        slow <- lambda*slow + (1 - lambda)*g
        step <- step + rms(g)
        precondition P = abs(slow) + norm(m) + eps
        x <- x - lr*(m + slow)/(P*sqrt(step)*(1 - lambda^(t + 1)))
        """;

    @TempDir
    private Path folder;

    @BeforeAll
    static void torch(@TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of(PYTHON)), "no " + PYTHON);
        assumeTrue(python(folder, "-c", "import torch") == 0, PYTHON + " has no torch");
    }

    /// Both say how far they may be off; the tolerance of the probe is 1 %, the one here 0.1 %.
    @Test
    void theProbeInTheLoopMeasuresWhatIsMeasuredHere() throws IOException, InterruptedException {
        Path script = SCRIPT.resolveSibling("probed_run.py");
        int exit = python(script.toString(), ROOT.resolve("python").toString(), folder.toString());
        assertThat(exit).as(Files.readString(folder.resolve("output.txt"))).isZero();
        Path run = folder.resolve("run");
        imported(folder.resolve("saved"), run, "steps=20", "probe=1");
        done("train", "--resume", run.toString());
        List<JsonNode> theirs = rows(folder.resolve("probe.jsonl"));
        List<JsonNode> ours = rows(run.resolve("probes.jsonl"));
        assertThat(theirs).hasSize(20);
        assertThat(ours).hasSize(20);
        String name = "preconditionedSharpness";
        for (int i = 0; i < theirs.size(); i++) {
            double value = ours.get(i).get(name).asDouble();
            double error = ours.get(i).get(name + "Error").asDouble()
                    + theirs.get(i).get(name + "Error").asDouble();
            assertThat(theirs.get(i).get(name).asDouble()).as("step %d", i + 1).isCloseTo(value, within(error));
            assertThat(error).as("step %d", i + 1).isLessThan(0.011 * value);
            assertThat(theirs.get(i).get(name + "Standing").asInt()).isPositive();
            double threshold = ours.get(i).get("threshold").asDouble();
            assertThat(theirs.get(i).get("threshold").asDouble()).isCloseTo(threshold, withinPercentage(1e-9));
        }
    }

    /// Those with a measurement.
    private static List<JsonNode> rows(Path lines) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (String line : Files.readAllLines(lines)) {
            JsonNode row = new ObjectMapper().readTree(line);
            if (row.has("preconditionedSharpness")) {
                rows.add(row);
            }
        }
        return rows;
    }

    @Test
    void aRunUnderAnExportedRuleGoesBothWays() throws IOException, InterruptedException {
        Path own = Files.writeString(folder.resolve("own.opt"), OWN);
        Path rules = Files.createDirectory(folder.resolve("rules"));
        Path home = Files.createDirectory(rules.resolve("own"));
        String file = home.resolve("optimizer.py").toString();
        done("optimizers", "export", own.toString(), "--to", "pytorch", "--out", file);
        half(rules, "first");
        Path run = home.resolve("run");
        imported(home.resolve("saved"), run, "steps=200");
        done("train", "--resume", run.toString());
        done("export", run.toString(), "--out", home.resolve("exported").toString());
        half(rules, "last");
    }

    @Test
    void aModelWithBatchNormalisationGoesBothWaysWithItsRunningMeans() throws IOException, InterruptedException {
        batchNorm("first");
        Path run = folder.resolve("run");
        imported(folder.resolve("saved"), run, "steps=20");
        done("train", "--resume", run.toString());
        done("export", run.toString(), "--out", folder.resolve("exported").toString());
        double expected = new ObjectMapper()
                .readTree(folder.resolve("end.json").toFile())
                .get("evaluated")
                .asDouble();
        assertThat(evaluated(folder.resolve("exported"))).isCloseTo(expected, within(1e-10));
        batchNorm("last");
    }

    /// The loss in evaluation mode of what was exported.
    private double evaluated(Path exported) {
        try (PointerScope _ = new PointerScope()) {
            Safetensors state = Safetensors.read(exported.resolve("state.safetensors"));
            Safetensors data = Safetensors.read(folder.resolve("saved/data.safetensors"));
            TorchScriptNetwork network = TorchScriptNetwork.load(exported.resolve("model.pt"));
            TensorVector parts = new TensorVector();
            network.blocks()
                    .forEach(block -> parts.push_back(state.tensor(block.name()).flatten()));
            RunningStatistics running = network.statistics(Place.CPU_FLOAT64);
            running.tensors().forEach((name, tensor) -> tensor.copy_(state.tensor(name)));
            Tensor outputs = network.evaluated(running).output(torch.cat(parts, 0), data.tensor("inputs"));
            return torch.cross_entropy_loss(outputs, data.tensor("targets")).item_double();
        }
    }

    private void batchNorm(String half) throws IOException, InterruptedException {
        Path script = SCRIPT.resolveSibling("batchnorm_trip.py");
        int exit = python(script.toString(), ROOT.resolve("python").toString(), folder.toString(), half);
        assertThat(exit).as(Files.readString(folder.resolve("output.txt"))).isZero();
    }

    private static void imported(Path saved, Path run, String... settings) {
        List<String> words = new ArrayList<>(List.of("import", "--loss", "cross-entropy", "--out", run.toString()));
        words.addAll(List.of("--torchscript", saved.resolve("model.pt").toString()));
        words.addAll(List.of("--state", saved.resolve("state.safetensors").toString()));
        words.addAll(List.of("--data", saved.resolve("data.safetensors").toString()));
        for (String setting : settings) {
            words.addAll(List.of("--set", setting));
        }
        done(words.toArray(String[]::new));
    }

    private static void done(String... words) {
        Ran ran = Ran.of(words);
        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
    }

    private void half(Path rules, String which) throws IOException, InterruptedException {
        int exit = python(SCRIPT.toString(), ROOT.resolve("python").toString(), rules.toString(), which);
        assertThat(exit).as(Files.readString(folder.resolve("output.txt"))).isZero();
    }

    private int python(String... arguments) throws IOException, InterruptedException {
        return python(folder, arguments);
    }

    /// With one thread: on models this small more of them only wait for each other.
    private static int python(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PYTHON));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile());
        builder.environment().put("OMP_NUM_THREADS", "1");
        Process process = builder.start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return -1;
        }
        return process.exitValue();
    }
}
