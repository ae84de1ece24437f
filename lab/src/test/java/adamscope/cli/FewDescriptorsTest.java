package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Processes that may open too few files, from hardly any to nearly enough: one message with code 1, and a folder that
/// is gone on with to the same bytes.
@Tag("slow")
class FewDescriptorsTest {
    /// What Java itself holds open, each part of the class path beside.
    private static final int OF_JAVA = 16;

    @TempDir
    private Path folder;

    private Ran ran(int descriptors, List<String> arguments) throws Exception {
        return new ProgramProcess(folder)
                .behind("sh", "-c", "ulimit -n " + descriptors + "; exec \"$@\"", "sh")
                .run(arguments);
    }

    private static int ofClassPath() {
        return (int)
                java.util.Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(part -> part.endsWith(".jar"))
                        .count();
    }

    private void isSaidAndGoneOnWith(String command, String text, String table) throws Exception {
        String file = Files.writeString(folder.resolve("e.yaml"), text).toString();
        Path whole = folder.resolve("whole");
        assertThat(Ran.of(command, "-c", file, "--out", whole.toString()).code())
                .isEqualTo(ExitCode.DONE);
        int said = 0;
        for (int more = 0; more <= 48; more += 12) {
            int descriptors = ofClassPath() + OF_JAVA + more;
            Path run = folder.resolve("run" + more);
            Ran ran = ran(descriptors, List.of(command, "-c", file, "--out", run.toString()));
            String err = ran.err();
            if (err.contains("Unable to initialize main class")) {
                continue; // too few even for Java
            }
            if (ran.code() != ExitCode.DONE) {
                said++;
                assertThat(ran.code()).as(descriptors + ": " + err).isEqualTo(ExitCode.FAILED);
                assertThat(err.lines().filter(line -> line.startsWith("adamscope: ")))
                        .as(descriptors + ": " + err)
                        .singleElement()
                        .asString()
                        .doesNotContain("defect");
            }
            if (Files.exists(run.resolve("experiment.yaml")) && !Files.exists(run.resolve("provenance.json"))) {
                Ran resumed = Ran.of(command, "--resume", run.toString());
                assertThat(resumed.code()).as(resumed.err()).isEqualTo(ExitCode.DONE);
            }
            if (Files.exists(run.resolve("provenance.json"))) {
                assertThat(Files.mismatch(whole.resolve(table), run.resolve(table)))
                        .isEqualTo(-1);
            }
        }
        assertThat(said).isPositive();
    }

    @Test
    void aSweepSaysSo() throws Exception {
        isSaidAndGoneOnWith("sweep", """
            kind: sweep
            base:
              kind: simulation
              optimizer: {name: adam-uncorrected, lr: 1e-3, eps: 0}
              objective: x^4/4
              x0: [1]
              steps: 200
            axes:
              beta1: {from: 0.02, to: 0.98, points: 4}
              beta2: {from: 0.1, to: 0.99, points: 4}
            """, "sweep.parquet");
    }

    @Test
    void aTrainingSaysSo() throws Exception {
        isSaidAndGoneOnWith("train", """
            kind: train
            model: {kind: fully-connected, hidden: [8], activation: tanh}
            data: {source: sine-sum, samples: 50, dimension: 2}
            loss: half-squared
            optimizer: {name: adam, eps: 1e-7}
            steps: 20
            checkpoint: {steps: 5}
            """, "measurements.parquet");
    }
}
