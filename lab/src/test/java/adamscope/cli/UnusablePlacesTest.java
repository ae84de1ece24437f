package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The user's home, the folder of temporary files or the one in which the program is started are not there, full, or
/// may not be written: the work is done all the same, or one message says what is in the way, with code 1.
@Tag("slow")
class UnusablePlacesTest {

    @TempDir
    private Path folder;

    private ProgramProcess program;
    private Path place;

    @BeforeEach
    void start() throws Exception {
        program = new ProgramProcess(folder);
        place = Files.createDirectory(folder.resolve("place"));
    }

    /// Nothing can be made in the place, not even by root.
    private Path unusable(String how) throws Exception {
        program.over(FailingDisk.LAYER)
                .with("FAIL_FOLDER", place.toString())
                .with("FAIL_CALL", "1")
                .with("FAIL_HOW", how.equals("full") ? how : "readonly");
        return how.equals("absent") ? place.resolve("absent") : place;
    }

    private String file(String text) throws Exception {
        return Files.writeString(folder.resolve("e.yaml"), text).toString();
    }

    private String sweep() throws Exception {
        return file("""
            kind: sweep
            base:
              kind: simulation
              optimizer: {name: gd, lr: 0.1}
              objective: x^2/2
              x0: [1]
              steps: 10
            axes:
              x: {from: 1, to: 2, points: 4}
            """);
    }

    private static void isSaidOnce(Ran ran, String words) {
        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.FAILED);
        assertThat(ran.err().lines().filter(line -> line.startsWith("adamscope: ")))
                .as(ran.err())
                .singleElement()
                .asString()
                .contains(words)
                .doesNotContain("defect", "Exception");
    }

    /// The distribution has DuckDB's library beside it and needs none; the classes of a test unpack it.
    @ParameterizedTest
    @CsvSource({"absent, Read-only file system", "full, No space left on device", "readonly, Read-only file system"})
    void aFolderOfTemporaryFilesWithoutRoomForDuckDbIsNamed(String how, String words) throws Exception {
        Path unusable = unusable(how);
        Path run = folder.resolve("run");
        program.option("-Djava.io.tmpdir=" + unusable).with("TMPDIR", unusable.toString());
        Ran ran = program.run(List.of("sweep", "-c", sweep(), "--out", run.toString()));
        isSaidOnce(ran, "DuckDB does not start: its library cannot be unpacked into " + unusable);
        assertThat(ran.err()).contains(words);
        Ran again = Ran.of("sweep", "--resume", run.toString());
        assertThat(again.code()).as(again.err()).isEqualTo(ExitCode.DONE);
    }

    @ParameterizedTest
    @CsvSource({"absent, Read-only file system", "full, No space left on device", "readonly, Read-only file system"})
    void aHomeWithoutRoomForLibtorchIsNamed(String how, String words) throws Exception {
        Path unusable = unusable(how);
        String file = file("""
            kind: train
            model: {kind: fully-connected, hidden: [4]}
            data: {source: sine-sum, samples: 20, dimension: 2}
            optimizer: {name: adam}
            steps: 3
            """);
        Path run = folder.resolve("run");
        program.option("-Duser.home=" + unusable).with("HOME", unusable.toString());
        Ran ran = program.run(List.of("train", "-c", file, "--out", run.toString()));
        if (ran.code() != ExitCode.DONE) { // a home that cannot be made is replaced by the folder of temporary files
            isSaidOnce(ran, "libtorch");
            assertThat(ran.err()).contains(words, unusable.toString());
            Ran again = Ran.of("train", "--resume", run.toString());
            assertThat(again.code()).as(again.err()).isEqualTo(ExitCode.DONE);
        }
        Ran small = program.run(List.of("theory", "--optimizer", "adam", "--degree", "4"));
        assertThat(small.code()).as(small.err()).isEqualTo(ExitCode.DONE);
    }

    @ParameterizedTest
    @CsvSource({"full, No space left on device", "readonly, Read-only file system"})
    void aFolderWithoutRoomForRunsIsNamed(String how, String words) throws Exception {
        program.behind("sh", "-c", "cd \"" + unusable(how) + "\"; exec \"$@\"", "sh");
        isSaidOnce(program.run(List.of("sweep", "-c", sweep())), "cannot write runs/sweep-gd-");
        for (String command : List.of(
                "phase --optimizer adam --objective x^2 --x0 1 --x beta1=0.1:0.9:2 --y beta2=0.1:0.9:2 --steps 5 --out"
                        + " o",
                "explore --optimizer adam --out o.html",
                "reproduce P1-theorem-4.1 --out o")) {
            isSaidOnce(program.run(Ran.words(command)), words);
        }
        assertThat(place).isEmptyDirectory();
    }
}
