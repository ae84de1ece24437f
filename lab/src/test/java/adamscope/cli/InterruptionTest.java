package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ctrl-C and SIGTERM, which take the same way: one sentence, one exit code, and a folder that goes on.
class InterruptionTest {
    @TempDir
    private Path folder;

    /// Starts the program in a process of its own, ends it when a file is there, and looks at what it said.
    private void interrupted(Path there, String sentence, List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "adamscope.cli.Main"));
        command.addAll(arguments);
        Path err = folder.resolve("err.txt");
        Process child = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out.txt").toFile())
                .redirectError(err.toFile())
                .start();
        try {
            long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
            while (!Files.exists(there) && child.isAlive() && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            assertThat(there).as(Files.readString(err)).exists();
            child.destroy();
            assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            child.destroyForcibly();
        }
        assertThat(child.exitValue()).as(Files.readString(err)).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(Files.readAllLines(err).stream().filter(line -> line.startsWith("adamscope: ")))
                .as(Files.readString(err))
                .singleElement()
                .asString()
                .startsWith(sentence);
        assertThat(folder.resolve("out.txt")).isEmptyFile();
    }

    @Test
    void aPhaseDiagramEndsAtOnceAndTheSameCommandGoesOn() throws Exception {
        Path run = folder.resolve("run");
        String phase = "phase --optimizer adam --objective x^4/4 --x0 1 --x beta1=0.1:0.9:%d --y beta2=0.1:0.9:%d"
                + " --steps %d --out " + run;
        interrupted(
                run.resolve("experiment.yaml"),
                "adamscope: interrupted; the same command goes on in " + run,
                Ran.words(String.format(java.util.Locale.ROOT, phase, 50, 50, 1_000_000)));
        Ran.of(Ran.words(String.format(java.util.Locale.ROOT, phase, 3, 3, 20)))
                .isWrong("holds an unfinished run of another experiment");
    }

    @Test
    void aTrainingSaysHowItGoesOnWhileItsReportIsDrawn() throws Exception {
        Path run = folder.resolve("a run");
        Path yaml = Files.writeString(folder.resolve("t.yaml"), """
            kind: train
            data: {source: sine-sum, samples: 20, dimension: 2}
            model: {kind: fully-connected, hidden: [4]}
            optimizer: {name: adam}
            steps: 20
            """);
        interrupted(
                run.resolve("losses.parquet"),
                "adamscope: interrupted; go on with: adamscope train --resume '" + run + "'",
                List.of("train", "-c", yaml.toString(), "--out", run.toString()));
        assertThat(Ran.of("train", "--resume", run.toString()).code()).isZero();
    }

    @Test
    void whatDoesNotLookForTheWishIsEndedWhereItIs() throws Exception {
        Path run = folder.resolve("run");
        interrupted(
                run.resolve("experiment.yaml"),
                "adamscope: interrupted; the same command goes on in " + run,
                Ran.words("simulate --optimizer adam --objective x^2 --x0 1 --steps 1000000000 --every 1000 --out "
                        + run));
        assertThat(run.resolve("provenance.json")).doesNotExist();
    }
}
