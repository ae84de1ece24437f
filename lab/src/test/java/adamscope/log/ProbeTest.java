package adamscope.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import adamscope.exchange.PyTorchClass;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import adamscope.regime.Quantity;
import adamscope.regime.RunLog;
import adamscope.stability.Threshold;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The Python probe in a PyTorch loop, where `/usr/bin/python3` has torch; else skipped.
class ProbeTest {
    private static final String PYTHON = "/usr/bin/python3";

    /// Two groups; the second has lr 0.01. All of 20 coordinates fit into the sample, so sampled norms are exact.
    private static final String LOOP = """
        import math, sys
        sys.path.insert(0, sys.argv[1])
        import torch
        from adamscope_probe import Probe
        torch.manual_seed(0)
        a = torch.nn.Parameter(torch.ones(16))
        b = torch.nn.Parameter(torch.ones(4))
        optimizer = torch.optim.Adam([{"params": [a]}, {"params": [b], "lr": 0.01}], lr=0.1, betas=(0.5, 0.75))
        probe = Probe(sys.argv[2], optimizer, names=["a", "b"], exact_every=1)
        for step in range(5):
            loss = (a ** 2).sum() / 2 + 2 * (b ** 2).sum()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            probe.step(loss)
        """;

    @TempDir
    static Path folder;

    private static RunLog log;

    /// With one thread: on models this small more of them only wait for each other.
    private static int run(Path output, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("OMP_NUM_THREADS", "1");
        Process process = builder.start();
        if (!process.waitFor(10, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            return -1;
        }
        return process.exitValue();
    }

    @BeforeAll
    static void probed() throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        assumeTrue(Files.isExecutable(Path.of(PYTHON)), "no " + PYTHON);
        assumeTrue(run(output, PYTHON, "-c", "import torch") == 0, PYTHON + " has no torch");
        Path script = Files.writeString(folder.resolve("loop.py"), LOOP);
        Path lines = folder.resolve("probe.jsonl");
        int exit =
                run(output, PYTHON, script.toString(), Path.of("..", "python").toString(), lines.toString());
        assertThat(exit).as(Files.readString(output)).isZero();
        log = LogReader.read(lines, NameMap.byDefault()).getFirst();
    }

    @Test
    void theFirstStepIsAsTheFormulasSay() {
        assertThat(log.rows()).isEqualTo(5);
        assertThat(log.hyper()).containsEntry("beta1", 0.5).containsEntry("beta2", 0.75);
        // g is 1 in the 16 coordinates of a and 4 in the 4 of b: ||g||^2 = 16 + 64.
        double gradient = Math.sqrt(80);
        // float32 and seven digits
        assertThat(first(Quantity.GRADIENT_NORM)).isCloseTo(gradient, within(1e-5));
        assertThat(first(Quantity.AVERAGE_GRADIENT_NORM)).isCloseTo(0.5 * gradient, within(1e-5));
        assertThat(first(Quantity.ROOT_SECOND_MOMENT_NORM)).isCloseTo(0.5 * gradient, within(1e-5));
        assertThat(first(Quantity.couplingRatio(50))).isCloseTo(0.25, within(1e-6));
        assertThat(first(Quantity.stepRatio(99))).isCloseTo(1, within(1e-6));
        assertThat(first(Quantity.ofGroup(Quantity.GRADIENT_NORM, "a"))).isCloseTo(4, within(1e-6));
        assertThat(first(Quantity.ofGroup(Quantity.LR, "b"))).isEqualTo(0.01);
        assertThat(first(Quantity.LOSS)).isEqualTo(16);
    }

    @Test
    void theStepIsMeasuredFromTheSecondLineOn() {
        double[] steps = log.numbers(Quantity.STEP_NORM).orElseThrow();
        assertThat(steps[0]).isNaN();
        // While g barely changes, m/(1-beta1^t) over the root of v/(1-beta2^t) is about 1: each coordinate moves by its
        // lr.
        double expected = Math.sqrt(16 * 0.1 * 0.1 + 4 * 0.01 * 0.01);
        assertThat(steps[1]).isCloseTo(expected, within(0.05 * expected));
    }

    /// The script holds values against dense eigenvalues, thresholds against those derived here, and the training
    /// against the same one without a probe.
    @Test
    void theCurvatureInTheLoopIsThatOfDenseMatrices() throws IOException, InterruptedException {
        Path home = Files.createDirectory(folder.resolve("curvature"));
        Files.writeString(home.resolve("adafactor.py"), PyTorchClass.of(Catalogue.shipped("adafactor"), "adafactor"));
        Files.writeString(home.resolve("thresholds.json"), new ObjectMapper().writeValueAsString(thresholds()));
        Path output = home.resolve("output.txt");
        int exit = run(
                output,
                PYTHON,
                "src/test/resources/adamscope/log/check_curvature.py",
                Path.of("..", "python").toString(),
                home.toString());
        assertThat(exit).as(Files.readString(output)).isZero();
        RunLog measured =
                LogReader.read(home.resolve("run.jsonl"), NameMap.byDefault()).getFirst();
        double[] sharpness = measured.numbers(Quantity.PRECONDITIONED_SHARPNESS).orElseThrow();
        assertThat(sharpness).hasSize(6);
        assertThat(IntStream.of(0, 1, 3, 5)).allMatch(row -> sharpness[row] > 0);
        assertThat(sharpness[2]).isNaN();
    }

    /// Rule, hyper-parameters and threshold of the whole catalogue, at its defaults and elsewhere.
    private static List<List<Object>> thresholds() {
        List<List<Object>> found = new ArrayList<>();
        for (String name : Catalogue.NAMES) {
            OptimizerRule rule = Catalogue.shipped(name);
            for (Map<String, Double> chosen :
                    List.of(Map.<String, Double>of(), Map.of("lr", 0.02, "beta1", 0.7, "weight_decay", 0.3))) {
                Map<String, Double> own = new LinkedHashMap<>(chosen);
                own.keySet().retainAll(rule.hyperNames());
                Map<String, Double> hyper = rule.values(own);
                hyper.values().removeIf(value -> value.isInfinite());
                // the learning rate of gd-exponential is that of no group
                OptionalDouble threshold = name.equals("gd-exponential")
                        ? OptionalDouble.empty()
                        : Threshold.curvature(rule, hyper).stream()
                                .filter(Double::isFinite)
                                .findFirst();
                found.add(Arrays.asList(name, hyper, threshold.isPresent() ? threshold.getAsDouble() : null));
            }
        }
        return found;
    }

    private static double first(String quantity) {
        return log.numbers(quantity).orElseThrow()[0];
    }
}
