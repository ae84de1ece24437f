package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run under an exported optimizer: begun in PyTorch, continued here, continued there, against the run that PyTorch
/// made alone. Where `/usr/bin/python3` has torch; else skipped.
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

    @Test
    void aRunUnderAnExportedRuleGoesBothWays() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of(PYTHON)), "no " + PYTHON);
        assumeTrue(python("-c", "import torch") == 0, PYTHON + " has no torch");
        Path own = Files.writeString(folder.resolve("own.opt"), OWN);
        Path rules = Files.createDirectory(folder.resolve("rules"));
        for (String rule : List.of("heavy-ball", own.toString())) {
            Path home = Files.createDirectory(rules.resolve(rule.equals(own.toString()) ? "own" : rule));
            done(
                    "optimizers",
                    "export",
                    rule,
                    "--to",
                    "pytorch",
                    "--out",
                    home.resolve("optimizer.py").toString());
        }
        half(rules, "first");
        for (String rule : List.of("heavy-ball", "own")) {
            Path home = rules.resolve(rule);
            Path saved = home.resolve("saved");
            Path run = home.resolve("run");
            done(
                    "import",
                    "--torchscript",
                    saved.resolve("model.pt").toString(),
                    "--state",
                    saved.resolve("state.safetensors").toString(),
                    "--data",
                    saved.resolve("data.safetensors").toString(),
                    "--loss",
                    "cross-entropy",
                    "--set",
                    "steps=200",
                    "--out",
                    run.toString());
            done("train", "--resume", run.toString());
            done("export", run.toString(), "--out", home.resolve("exported").toString());
        }
        half(rules, "last");
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
        List<String> command = new ArrayList<>(List.of(PYTHON));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile())
                .start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return -1;
        }
        return process.exitValue();
    }
}
