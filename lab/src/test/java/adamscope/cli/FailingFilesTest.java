package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A disk that goes wrong at the n-th call: full from there on, an error of the device, no permission, half a write,
/// the folder moved away, the process killed, killed while a rename leaves half a file. Afterwards there is one
/// message, nothing half-written counts as whole, and what goes on comes to the same bytes.
///
/// The calls are those of the system: `failing_files.c` stands between the program, DuckDB and libc.
@Tag("slow")
class FailingFilesTest {
    private static final String ALL = "dead,full,eio,eacces,short,torn,vanish";
    private static final String OTHER = "full,eio,eacces,short,vanish";
    private static final String SIMULATE = "simulate --optimizer adam --objective x^4/4 --x0 1 --steps 100 --out ";
    private static final String PHASE =
            "phase --optimizer adam --objective x^4/4 --x0 1 --set eps=0 --x beta1=0.1:0.9:6"
                    + " --y beta2=0.1:0.9:6 --steps 200 --out ";
    /// Of those that have hundreds of calls, faults one by one, to end within minutes.
    private static final String KILLED = "dead,torn";

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

    private static final String TRAIN = """
        kind: train
        model: {kind: fully-connected, hidden: [8], activation: tanh}
        data: {source: fashion-mnist, first: 50}
        loss: half-squared
        optimizer: {name: adam, eps: 1e-7}
        steps: 20
        probe: 10
        checkpoint: {steps: 5}
        """;

    @TempDir
    private Path folder;

    private FailingDisk disk;

    @BeforeEach
    void layer() {
        disk = new FailingDisk(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {KILLED, "full", "eio", "eacces", "short,vanish"})
    void aSweepKeepsItsTiles(String faults) throws Exception {
        Path file = Files.writeString(folder.resolve("sweep.yaml"), SWEEP);
        disk.nothingIsWrong(faults, 1, "sweep -c " + file + " --tile 8 --out @", "sweep --resume @");
    }

    @ParameterizedTest
    @CsvSource({"'dead,torn', 1", "full, 3", "eio, 5", "eacces, 5", "'short,vanish', 5"})
    void aTrainingGoesOnFromItsCheckpoints(String faults, int every) throws Exception {
        Path file = Files.writeString(folder.resolve("train.yaml"), TRAIN);
        disk.nothingIsWrong(faults, every, "train -c " + file + " --out @", "train --resume @");
    }

    @Test
    void runsOfFormulasBeginAgain() throws Exception {
        disk.nothingIsWrong(KILLED, 1, SIMULATE + "@", "");
        disk.nothingIsWrong(OTHER, 3, SIMULATE + "@", "");
    }

    @Test
    void aPhaseDiagramIsGoneOnWithByTheSameCommand() throws Exception {
        disk.nothingIsWrong(KILLED, 1, PHASE + "@", "");
        disk.nothingIsWrong(OTHER, 60, PHASE + "@", "");
    }

    @Test
    void aFigureOfAPaperBeginsAgain() throws Exception {
        String begin = "reproduce P1-theorem-4.1 --out @";
        String resume = "reproduce --resume @";
        disk.nothingIsWrong(KILLED, 2, begin, resume);
        disk.nothingIsWrong(OTHER, 9, begin, resume);
    }

    @Test
    void whatIsWrittenOnceIsThereWholeOrNotAtAll() throws Exception {
        Path log = Path.of("..", "docs", "examples", "spike.csv").toRealPath();
        disk.nothingIsWrong(ALL, 1, "diagnose " + log + " --out @", "");
        disk.nothingIsWrong(ALL, 2, "explore --optimizer adam --out @.html", "");
        disk.nothingIsWrong(ALL, 2, "docs --out @.html", "");
    }

    @Test
    void aReportIsWrittenAgainBesideTablesThatStay() throws Exception {
        Path run = folder.resolve("run");
        assertThat(Ran.of(Ran.words(SIMULATE + run)).code()).isEqualTo(ExitCode.DONE);
        disk.nothingIsWrong(ALL, 3, "report @", "", run.toString());
    }

    @Test
    void whatIsAskedOfFinishedRunsIsAnsweredRightOrNotAtAll() throws Exception {
        Path runs = runs();
        String answering = "full,eio,eacces,short";
        disk.nothingIsWrong(
                answering,
                1,
                "query @ \"select run, step, x from trajectory order by run, step\" --format csv",
                "",
                runs.toString());
        disk.nothingIsWrong(answering, 1, "compare @/run1 @/run2 --json", "", runs.toString());
        disk.nothingIsWrong(answering, 1, "report @/run1 --cite", "", runs.toString());
        disk.nothingIsWrong(answering, 1, "runs @ --json", "", runs.toString());
        disk.nothingIsWrong(answering, 1, "inspect @/state.safetensors --json", "", runs.toString());
    }

    @Test
    void aPageOfRunsOrOfAStateIsThereWholeOrNotAtAll() throws Exception {
        Path runs = runs();
        disk.nothingIsWrong(ALL, 2, "compare " + runs.resolve("run1") + " " + runs.resolve("run2") + " --out @", "");
        Path state = Path.of("..", "docs", "examples", "pytorch", "state.safetensors")
                .toRealPath();
        disk.nothingIsWrong(ALL, 5, "inspect " + state + " --out @", "");
    }

    /// A folder of two runs and a file of PyTorch.
    private Path runs() throws IOException {
        Path runs = folder.resolve("runs");
        for (int run = 1; run <= 2; run++) {
            assertThat(Ran.of(Ran.words("simulate --optimizer adam --objective x^4/4 --x0 " + run
                                    + " --steps 100 --out " + runs.resolve("run" + run)))
                            .code())
                    .isEqualTo(ExitCode.DONE);
        }
        Files.copy(
                Path.of("..", "docs", "examples", "pytorch", "state.safetensors"), runs.resolve("state.safetensors"));
        return runs;
    }

    @ParameterizedTest
    @ValueSource(strings = {KILLED, "full", "eio", "eacces", "short,vanish"})
    void aShardKeepsItsTiles(String faults) throws Exception {
        Path file = Files.writeString(folder.resolve("sweep.yaml"), SWEEP);
        disk.nothingIsWrong(
                faults, 1, "sweep -c " + file + " --tile 8 --out @ --shard 1/2", "sweep --resume @ --shard 1/2");
    }

    @Test
    void aMergeIsARunOrBeginsAgain() throws Exception {
        String merge = "sweep --merge " + shards() + " --out @";
        disk.nothingIsWrong(KILLED, 1, merge, "");
        disk.nothingIsWrong(OTHER, 3, merge, "");
    }

    /// Two complete shards of a sweep.
    private Path shards() throws IOException {
        Path file = Files.writeString(folder.resolve("sweep.yaml"), SWEEP);
        Path shards = folder.resolve("shards");
        for (String shard : List.of("1/2", "2/2")) {
            assertThat(Ran.of(
                                    "sweep",
                                    "-c",
                                    file.toString(),
                                    "--tile",
                                    "8",
                                    "--out",
                                    shards.toString(),
                                    "--shard",
                                    shard)
                            .code())
                    .isEqualTo(ExitCode.DONE);
        }
        return shards;
    }

    private static String taking() throws Exception {
        Path recorded = Path.of("..", "docs", "examples", "pytorch").toRealPath();
        return "import --torchscript " + recorded.resolve("model.pt") + " --state "
                + recorded.resolve("state.safetensors") + " --data " + recorded.resolve("data.safetensors")
                + " --loss cross-entropy --set steps=120 --out ";
    }

    /// The same by kill -9 itself, at calls all over a run.
    @Test
    void whatIsReallyKilledGoesOn() throws Exception {
        Path sweep = Files.writeString(folder.resolve("sweep.yaml"), SWEEP);
        Path train = Files.writeString(folder.resolve("train.yaml"), TRAIN);
        disk.aKillIsGoneOnAfter(53, "sweep -c " + sweep + " --tile 8 --out @", "sweep --resume @");
        disk.aKillIsGoneOnAfter(131, "train -c " + train + " --out @", "train --resume @");
        disk.aKillIsGoneOnAfter(49, PHASE + "@", PHASE + "@");
    }

    @Test
    void aFigureThatIsReallyKilledGoesOn() throws Exception {
        disk.aKillIsGoneOnAfter(61, "reproduce P1-theorem-4.1 --out @", "reproduce --resume @");
    }

    @Test
    void anImportThatIsReallyKilledBeginsAgain() throws Exception {
        disk.aKillIsGoneOnAfter(7, taking() + "@", taking() + "@");
    }

    @Test
    void aReportThatIsReallyKilledIsWrittenAgain() throws Exception {
        Path run = folder.resolve("run");
        assertThat(Ran.of(Ran.words(SIMULATE + run)).code()).isEqualTo(ExitCode.DONE);
        disk.aKillIsGoneOnAfter(5, "report @", "report @", run.toString());
    }

    @Test
    void aMergeThatIsReallyKilledBeginsAgain() throws Exception {
        String merge = "sweep --merge " + shards() + " --out @";
        disk.aKillIsGoneOnAfter(5, merge, merge);
    }

    @Test
    void whatPyTorchLeftIsTakenOverWholeOrNotAtAll() throws Exception {
        disk.nothingIsWrong(ALL, 15, taking() + "@", "");
    }

    @Test
    void aProbeOnlyReads() throws Exception {
        Path run = folder.resolve("run");
        assertThat(Ran.of(Ran.words(taking() + run)).code()).isEqualTo(ExitCode.DONE);
        disk.nothingIsWrong(ALL, 15, "probe @ --what sharpness", "", run.toString());
    }

    @Test
    void whatIsExportedIsThereWholeOrNotAtAll() throws Exception {
        Path run = folder.resolve("run");
        assertThat(Ran.of(Ran.words(taking() + run)).code()).isEqualTo(ExitCode.DONE);
        disk.nothingIsWrong(ALL, 5, "export @ --out @-exported", "", run.toString());
    }
}
