package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The clock of the machine is set back and forth by a day while a run is at work: `jumping_clock.c` stands between it
/// and libc.
@Tag("slow")
class JumpingClockTest {
    @TempDir
    private Path folder;

    private void underIt(String... arguments) throws Exception {
        Ran ran = new ProgramProcess(folder).over("jumping_clock").run(List.of(arguments));
        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
        assertThat(ran.out() + ran.err())
                .doesNotContain("-1 ")
                .doesNotContain("day")
                .doesNotContain("defect");
    }

    private void comesToTheSame(String command, String text, String table) throws Exception {
        String file = Files.writeString(folder.resolve("e.yaml"), text).toString();
        Path here = folder.resolve("here");
        Path there = folder.resolve("there");
        assertThat(Ran.of(command, "-c", file, "--out", here.toString()).code()).isEqualTo(ExitCode.DONE);
        underIt(command, "-c", file, "--out", there.toString(), "--until", "10h");
        assertThat(Files.mismatch(here.resolve(table), there.resolve(table))).isEqualTo(-1);
        double seconds = new ObjectMapper()
                .readTree(there.resolve("provenance.json").toFile())
                .path("seconds")
                .asDouble(-1);
        assertThat(seconds).as(String.format(Locale.ROOT, "%g s", seconds)).isBetween(0.0, 3600.0);
    }

    @Test
    void aSweepIsTheSame() throws Exception {
        comesToTheSame("sweep", """
            kind: sweep
            base:
              kind: simulation
              optimizer: {name: adam-uncorrected, lr: 1e-3, eps: 0}
              objective: x^4/4
              x0: [1]
              steps: 500
            axes:
              beta1: {from: 0.02, to: 0.98, points: 20}
              beta2: {from: 0.1, to: 0.99, points: 20, scale: one-minus-log}
            """, "sweep.parquet");
    }

    @Test
    void aTrainingIsTheSame() throws Exception {
        comesToTheSame("train", """
            kind: train
            model: {kind: fully-connected, hidden: [8], activation: tanh}
            data: {source: fashion-mnist, first: 50}
            loss: half-squared
            optimizer: {name: adam, eps: 1e-7}
            steps: 40
            probe: 10
            checkpoint: {steps: 10}
            """, "measurements.parquet");
    }
}
