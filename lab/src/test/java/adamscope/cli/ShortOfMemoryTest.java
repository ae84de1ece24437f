package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Processes with less memory than they need, from far too little to nearly enough: one message, and a folder that is
/// gone on with to the same bytes where there is more.
@Tag("slow")
class ShortOfMemoryTest {
    @TempDir
    private Path folder;

    private Ran withMegabytes(int megabytes, List<String> arguments) throws Exception {
        return new ProgramProcess(folder)
                .option("-XX:+UseSerialGC", "-Xmx" + megabytes + "m")
                .run(arguments);
    }

    private void isSaidAndGoneOnWith(String file, String command, String table, int... megabytes) throws Exception {
        Path whole = folder.resolve("whole");
        assertThat(Ran.of(command, "-c", file, "--out", whole.toString()).code())
                .isEqualTo(ExitCode.DONE);
        int failed = 0;
        for (int most : megabytes) {
            Path run = folder.resolve("run" + most);
            Ran ran = withMegabytes(most, List.of(command, "-c", file, "--out", run.toString()));
            if (ran.code() == ExitCode.DONE) {
                continue;
            }
            failed++;
            assertThat(ran.err()).doesNotContain("defect").doesNotContain("\tat ");
            assertThat(ran.err().lines().filter(line -> line.startsWith("adamscope: out of memory")))
                    .as(most + " MB: " + ran)
                    .hasSize(1);
            assertThat(ran.code()).isEqualTo(ExitCode.FAILED);
            if (Files.exists(run.resolve("experiment.yaml"))) {
                assertThat(ran.err()).contains("go on with: adamscope " + command + " --resume " + run);
                Ran more = Ran.of(command, "--resume", run.toString());
                assertThat(more.code()).as(more.err()).isEqualTo(ExitCode.DONE);
                assertThat(Files.mismatch(whole.resolve(table), run.resolve(table)))
                        .isEqualTo(-1);
            }
        }
        assertThat(failed).as("one had too little").isPositive();
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("e.yaml"), text).toString();
    }

    @Test
    void aSweepThatIsShortOfMemoryIsGoneOnWith() throws Exception {
        String sweep = file("""
            kind: sweep
            base:
              kind: simulation
              optimizer: {name: adam-uncorrected, lr: 1e-3, eps: 0}
              objective: x^4/4
              x0: [1]
              steps: 2000
              init: gradient
            axes:
              beta1: {from: 0.02, to: 0.98, points: 60}
              beta2: {from: 0.1, to: 0.99, points: 60, scale: one-minus-log}
            """);
        isSaidAndGoneOnWith(sweep, "sweep", "sweep.parquet", 12, 14, 16, 20, 26);
    }

    @Test
    void aTrainingThatIsShortOfMemoryIsGoneOnWith() throws Exception {
        String train = file("""
            kind: train
            model: {kind: fully-connected, hidden: [8], activation: tanh}
            data: {source: fashion-mnist, first: 1000}
            loss: half-squared
            optimizer: {name: adam, eps: 1e-7}
            steps: 60
            checkpoint: {steps: 20}
            """);
        isSaidAndGoneOnWith(train, "train", "measurements.parquet", 12, 14, 16, 20, 30);
    }
}
