package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that goes wrong at the n-th call: full from there on, an error of the device, no permission, half a write,
/// the
/// folder moved away, the process killed, killed while a rename leaves half a file. Afterwards there is one message,
/// nothing
/// half-written counts as whole, and what goes on comes to the same bytes.
///
/// The calls are those of the system: `failing_files.c` stands between the program, DuckDB and libc.
@Tag("slow")
class FailingFilesTest {
    private static final String LAYER = "failing_files";
    private static final String ALL = "dead,full,eio,eacces,short,torn,vanish";

    private static final String SWEEP = """
        kind: sweep
        base:
          kind: simulation
          optimizer: {name: adam-uncorrected, lr: 1e-3, eps: 0}
          objective: x^4/4
          x0: [1]
          steps: 200
          init: gradient
        axes:
          beta1: {from: 0.02, to: 0.98, points: 4}
          beta2: {from: 0.1, to: 0.99, points: 4, scale: one-minus-log}
        keep: [outcome, minLog10Loss, ranSteps]
        """;

    @TempDir
    private Path folder;

    @Test
    void aSweepKeepsItsTiles() throws Exception {
        Path file = Files.writeString(folder.resolve("sweep.yaml"), SWEEP);
        nothingIsWrong(ALL, 1, "sweep -c " + file + " --tile 8 --out @", "sweep --resume @");
    }

    @Test
    void aTrainingGoesOnFromItsCheckpoints() throws Exception {
        Path file = Files.writeString(folder.resolve("train.yaml"), """
            kind: train
            model: {kind: fully-connected, hidden: [8], activation: tanh}
            data: {source: fashion-mnist, first: 50}
            loss: half-squared
            optimizer: {name: adam, eps: 1e-7}
            steps: 20
            probe: 10
            checkpoint: {steps: 5}
            """);
        nothingIsWrong(ALL, 3, "train -c " + file + " --out @", "train --resume @");
    }

    @Test
    void runsOfFormulasBeginAgain() throws Exception {
        nothingIsWrong(ALL, 3, "simulate --optimizer adam --objective x^4/4 --x0 1 --steps 100 --out @", "");
        nothingIsWrong(
                ALL,
                3,
                "phase --optimizer adam --objective x^4/4 --x0 1 --set eps=0 --x beta1=0.1:0.9:6 --y beta2=0.1:0.9:6"
                        + " --steps 200 --out @",
                "");
    }

    @Test
    void aFigureOfAPaperBeginsAgain() throws Exception {
        nothingIsWrong(ALL, 9, "reproduce P1-theorem-4.1 --out @", "reproduce P1-theorem-4.1 --resume @");
    }

    @Test
    void whatIsWrittenOnceIsThereWholeOrNotAtAll() throws Exception {
        Path log = Path.of("..", "docs", "examples", "spike.csv").toRealPath();
        nothingIsWrong(ALL, 1, "diagnose " + log + " --out @", "");
        // half a file under its name, which no rename leaves on a file system that is whole, is taken for a file
        nothingIsWrong(ALL.replace("torn,", ""), 2, "explore --optimizer adam --out @.html", "");
    }

    @Test
    void aReportIsWrittenAgainBesideTablesThatStay() throws Exception {
        Path run = folder.resolve("run");
        assertThat(Ran.of(Ran.words("simulate --optimizer adam --objective x^4/4 --x0 1 --steps 100 --out " + run))
                        .code())
                .isEqualTo(ExitCode.DONE);
        nothingIsWrong(ALL, 3, "report @", "", run.toString());
    }

    @Test
    void whatIsAskedOfFinishedRunsIsAnsweredRightOrNotAtAll() throws Exception {
        Path runs = runs();
        String answering = "full,eio,eacces,short";
        nothingIsWrong(
                answering,
                1,
                "query @ \"select run, step, x from trajectory order by run, step\" --format csv",
                "",
                runs.toString());
        nothingIsWrong(answering, 1, "compare @/run1 @/run2 --json", "", runs.toString());
        nothingIsWrong(answering, 1, "report @/run1 --cite", "", runs.toString());
    }

    @Test
    void aPageOfRunsOrOfAStateIsThereWholeOrNotAtAll() throws Exception {
        Path runs = runs();
        nothingIsWrong(ALL, 2, "compare " + runs.resolve("run1") + " " + runs.resolve("run2") + " --out @", "");
        Path state = Path.of("..", "docs", "examples", "pytorch", "state.safetensors")
                .toRealPath();
        nothingIsWrong(ALL, 5, "inspect " + state + " --out @", "");
    }

    /// A folder of two runs.
    private Path runs() {
        Path runs = folder.resolve("runs");
        for (int run = 1; run <= 2; run++) {
            assertThat(Ran.of(Ran.words("simulate --optimizer adam --objective x^4/4 --x0 " + run
                                    + " --steps 100 --out " + runs.resolve("run" + run)))
                            .code())
                    .isEqualTo(ExitCode.DONE);
        }
        return runs;
    }

    @Test
    void aShardKeepsItsTiles() throws Exception {
        Path file = Files.writeString(folder.resolve("sweep.yaml"), SWEEP);
        // half a sweep.json is named, and nothing goes on from it
        nothingIsWrong(
                ALL.replace("torn,", ""),
                1,
                "sweep -c " + file + " --tile 8 --out @ --shard 1/2",
                "sweep --resume @ --tile 8 --shard 1/2");
    }

    private static String taking() throws Exception {
        Path recorded = Path.of("..", "docs", "examples", "pytorch").toRealPath();
        return "import --torchscript " + recorded.resolve("model.pt") + " --state "
                + recorded.resolve("state.safetensors") + " --data " + recorded.resolve("data.safetensors")
                + " --loss cross-entropy --set steps=120 --out ";
    }

    @Test
    void whatPyTorchLeftIsTakenOverWholeOrNotAtAll() throws Exception {
        nothingIsWrong(ALL, 15, taking() + "@", "");
    }

    @Test
    void aProbeOnlyReads() throws Exception {
        Path run = folder.resolve("run");
        assertThat(Ran.of(Ran.words(taking() + run)).code()).isEqualTo(ExitCode.DONE);
        nothingIsWrong(ALL, 15, "probe @ --what sharpness", "", run.toString());
    }

    @Test
    void whatIsExportedIsThereWholeOrNotAtAll() throws Exception {
        Path run = folder.resolve("run");
        assertThat(Ran.of(Ran.words(taking() + run)).code()).isEqualTo(ExitCode.DONE);
        nothingIsWrong(ALL, 5, "export @ --out @-exported", "", run.toString());
    }

    /// @param every one of so many calls goes wrong
    private void nothingIsWrong(String faults, int every, String first, String again) throws Exception {
        nothingIsWrong(faults, every, first, again, "");
    }

    /// @param prepared a run that lies at `@` before, or ""
    private void nothingIsWrong(String faults, int every, String first, String again, String prepared)
            throws Exception {
        Path place = Files.createTempDirectory(folder, "files").resolve("x");
        ProgramProcess program = new ProgramProcess(folder);
        Ran ran = program.main(FailingFiles.class)
                .option("-XX:TieredStopAtLevel=1")
                .over(LAYER)
                .run(List.of(
                        program.library(LAYER).toString(),
                        place.toString(),
                        faults,
                        Integer.toString(every),
                        first.replace("@", place + "/out"),
                        again.replace("@", place + "/out"),
                        prepared));
        assertThat(ran.out().lines())
                .as(ran.err())
                .singleElement()
                .asString()
                .matches(Pattern.compile("[1-9]\\d* calls, [1-9]\\d* runs"));
    }
}
