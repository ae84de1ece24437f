package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

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
                .option("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
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

    private Path place() throws Exception {
        return Files.createTempDirectory(folder, "files").resolve("x");
    }

    /// Kills processes at calls so far from each other, until one comes to its end.
    void aKillIsGoneOnAfter(int every, String first, String again, String table) throws Exception {
        Path whole = place().resolve("out");
        assertThat(Ran.of(Ran.words(first.replace("@", whole.toString()))).code())
                .isEqualTo(ExitCode.DONE);
        int killed = 0;
        for (int n = every; true; n += every) {
            Path place = Files.createDirectories(place());
            String out = place.resolve("out").toString();
            Ran ran = new ProgramProcess(folder)
                    .option("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
                    .over(LAYER)
                    .with("FAIL_FOLDER", place.toString())
                    .with("FAIL_CALL", Integer.toString(n))
                    .with("FAIL_HOW", "kill")
                    .run(Ran.words(first.replace("@", out)));
            if (ran.code() == ExitCode.DONE) {
                break;
            }
            assertThat(ran.code()).as(ran.err()).isEqualTo(128 + 9);
            killed++;
            boolean complete = Files.exists(Path.of(out, "provenance.json"));
            boolean begun = Files.exists(Path.of(out, "experiment.yaml"));
            Ran next = Ran.of(Ran.words((begun ? again : first).replace("@", out)));
            assertThat(next.code())
                    .as("killed at call " + n + ": " + next.err())
                    .isEqualTo(complete ? ExitCode.WRONG_INPUT : ExitCode.DONE);
            assertThat(Files.mismatch(whole.resolve(table), Path.of(out, table)))
                    .as("killed at call " + n)
                    .isEqualTo(-1);
        }
        assertThat(killed).isGreaterThan(2);
    }
}
