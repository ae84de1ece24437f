package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A disk below a folder that goes wrong at the n-th call, for commands in processes over `failing_files.c`.
///
/// @param folder where the library and what the processes say are kept
record FailingDisk(Path folder) {
    static final String LAYER = "failing_files";

    /// Tries each call, or every so many of those that the fault concerns, see [FailingFiles].
    ///
    /// @param faults with commas between them
    /// @param first  the command; `@` is its folder
    /// @param again  what goes on; "": the same
    void nothingIsWrong(String faults, int every, String first, String again) throws Exception {
        nothingIsWrong(faults, every, first, again, "");
    }

    /// @param prepared a run that lies at `@` before, or ""
    void nothingIsWrong(String faults, int every, String first, String again, String prepared) throws Exception {
        Path place = place();
        ProgramProcess program = new ProgramProcess(folder);
        Ran ran = program.main(FailingFiles.class)
                .option(ProgramProcess.BRIEF)
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

    /// Asks a server all that its pages ask, at each call, see [FailingServe].
    ///
    /// @param faults with commas between them
    void aServerGoesOn(String faults) throws Exception {
        Path served = place();
        assertThat(Ran.of(Ran.words("simulate --optimizer adam --objective x^4/4 --x0 1 --steps 100 --out "
                                + served.resolve("whole")))
                        .code())
                .isEqualTo(ExitCode.DONE);
        ProgramProcess program = new ProgramProcess(folder);
        Ran ran = program.main(FailingServe.class)
                .option(ProgramProcess.BRIEF)
                .over(LAYER)
                .run(List.of(program.library(LAYER).toString(), served.toString(), faults));
        assertThat(ran.out().lines())
                .as(ran.err())
                .singleElement()
                .asString()
                .matches(Pattern.compile("[1-9]\\d* runs"));
    }

    private Path place() throws Exception {
        return Files.createTempDirectory(folder, "files").resolve("x");
    }

    /// Kills processes at calls so far from each other, until one comes to its end: what is left is gone on with to the
    /// same files, or was complete.
    void aKillIsGoneOnAfter(int every, String first, String again) throws Exception {
        aKillIsGoneOnAfter(every, first, again, "");
    }

    /// @param prepared a run that lies at `@` before, or ""
    void aKillIsGoneOnAfter(int every, String first, String again, String prepared) throws Exception {
        Path whole = prepared(prepared);
        assertThat(at(whole, first).code()).isEqualTo(ExitCode.DONE);
        LeftFiles expected = LeftFiles.of(whole);
        int killed = 0;
        for (int n = every; true; n += every) {
            Path place = prepared(prepared);
            Ran ran = new ProgramProcess(folder)
                    .option(ProgramProcess.BRIEF)
                    .over(LAYER)
                    .with("FAIL_FOLDER", place.toString())
                    .with("FAIL_CALL", Integer.toString(n))
                    .with("FAIL_HOW", "kill")
                    .run(Ran.words(first.replace("@", place + "/out")));
            if (ran.code() == ExitCode.DONE) {
                break;
            }
            assertThat(ran.code()).as(ran.err()).isEqualTo(128 + 9);
            killed++;
            boolean begun = Files.exists(place.resolve("out/experiment.yaml"));
            Ran next = at(place, begun ? again : first);
            assertThat(next.code())
                    .as("killed at call " + n + ": " + next.err())
                    .isIn(ExitCode.DONE, ExitCode.WRONG_INPUT);
            assertThat(LeftFiles.of(place).differencesFrom(expected))
                    .as("killed at call " + n + ": " + next.err())
                    .isEmpty();
        }
        assertThat(killed).isGreaterThan(2);
    }

    private static Ran at(Path place, String command) {
        return Ran.of(Ran.words(command.replace("@", place + "/out")));
    }

    private Path prepared(String run) throws Exception {
        Path place = Files.createDirectories(place());
        if (!run.isEmpty()) {
            try (Stream<Path> all = Files.walk(Path.of(run))) {
                for (Path file : all.toList()) {
                    Files.copy(file, place.resolve("out").resolve(Path.of(run).relativize(file)));
                }
            }
        }
        return place;
    }
}
