package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.experiment.Experiment;
import adamscope.experiment.KindUsage;
import adamscope.shape.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class FormulaCommandTest {
    private static final List<String> COMMANDS =
            Experiment.Commands.ALL.stream().map(KindUsage::word).toList();

    @ParameterizedTest
    @FieldSource("COMMANDS")
    void everyKeyOfAKindIsAnOptionWithItsMeaningAndDefault(String command) {
        String help = Ran.of(command, "--help").out().replaceAll("\\s+", " ");
        KindUsage kind = Experiment.Commands.ALL.get(COMMANDS.indexOf(command));
        for (Key<?> key : Experiment.Kinds.ALL.shape(kind.kind()).orElseThrow().keys()) {
            assertThat(help).contains("--" + key.name() + "=");
            if (!key.name().equals("optimizer")) {
                assertThat(help).contains(key.described().substring(1));
            }
        }
        for (String axis : List.of("--x=", "--y=").subList(0, kind.axes())) {
            assertThat(help).contains(axis + "NAME=FROM:TO:POINTS[:SCALE]");
        }
    }

    @Test
    void allOptionsThatAreMissingAreNamedTogether() {
        Ran.of("simulate").isWrong("--optimizer, --objective, --x0 and --steps are missing");
        Ran.of("phase").isWrong("--optimizer, --objective, --x0, --steps, --x and --y are missing");
        Ran.of("bifurcation", "--set", "lr=1").isWrong("--optimizer, --objective and --x are missing");
        Ran.of("basin", "--optimizer", "adam").isWrong("--objective, --x and --y are missing");
        Ran.of("flow", "--x0", "1").isWrong("--optimizer, --objective and --time are missing");
    }

    @Test
    void whereNoiseIsNotHeardItIsRefused(@TempDir Path folder) throws IOException {
        Path sweep = Files.writeString(folder.resolve("sweep.yaml"), """
            kind: sweep
            base: {kind: simulation, optimizer: {name: gd}, objective: x^2/2, x0: [1], steps: 10, noise: 0.5}
            axes: {lr: [0.1, 0.2]}
            """);
        Ran.of("sweep", "-c", sweep.toString(), "--out", folder.resolve("out").toString())
                .isWrong(
                        "base: noise = 0.5: a sweep runs simulations without noise; leave it out, or sweep a training");
        String run = folder.resolve("run").toString();
        Ran noisy = Ran.of(
                ("simulate --optimizer gd --objective x^2/2 --x0 1 --set lr=0.1 --steps 100 --noise 0.1 --out " + run)
                        .split(" "));
        assertThat(noisy.code()).isZero();
        Ran.of("diagnose", run, "--replay")
                .isWrong(run + " was run with --noise; replays of simulations know gradients without noise");
    }

    @Test
    void aRateBesideTheDecayThatItStandsForIsRefused() {
        Ran.of(
                        "flow",
                        "--optimizer",
                        "adam",
                        "--objective",
                        "x^4/4",
                        "--x0",
                        "1",
                        "--time",
                        "1",
                        "--a",
                        "2",
                        "--set",
                        "beta2=0.9")
                .isWrong("--a = 2 stands for beta2, which --set gives too; leave one of them out");
    }
}
