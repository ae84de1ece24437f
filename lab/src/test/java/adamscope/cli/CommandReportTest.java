package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandReportTest {
    @TempDir
    private static Path folder;

    private static String run;

    @BeforeAll
    static void simulated() {
        run = folder.resolve("run").toString();
        String command = "simulate --optimizer adam --objective x^4/4 --x0 1 --steps 50 --set lr=0.01,eps=0 --out ";
        assertThat(Ran.of(Ran.words(command + run)).code()).isEqualTo(ExitCode.DONE);
    }

    private static Ran report(String options) {
        return Ran.of(Ran.words("report " + run + " " + options));
    }

    @Test
    void aPanelIsNamedByItsAxisAndWrittenAsAFile() {
        assertThat(report("--panel loss --format pdf --width 86mm").out())
                .isEqualTo("figure: " + folder.resolve("run/figures/trajectory-1.pdf") + "\n");
        assertThat(folder.resolve("run/figures/trajectory-1.pdf")).isNotEmptyFile();
        assertThat(report("--panel trajectory-2 --json")
                        .json()
                        .path("files")
                        .get(0)
                        .asText())
                .endsWith("figures/trajectory-2.svg");
    }

    @Test
    void theTitleIsTheOneGiven() throws java.io.IOException {
        assertThat(report("--panel loss --width 3in --title \"My own title\"").code())
                .isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(folder.resolve("run/figures/trajectory-1.svg")))
                .contains("My own title");
    }

    @Test
    void whatWasUsedIsCited() {
        assertThat(report("--cite").out())
                .contains("\\caption{", "\\cite{adamscope", "@misc{adamscope", "@inproceedings{kingma2015adam")
                .doesNotContain("report:");
    }

    @Test
    void wrongPanelsAndLengthsAreSaid() {
        report("--panel los").isWrong("--panel los: the report has trajectory");
        report("--panel loss --width 86").isWrong("--width = '86' is no length");
        report("--panel loss --width 1mm").isWrong("--width of 1 mm is outside 25.4 mm to 5080 mm");
        report("--panel loss --format gif").isWrong("--format");
    }
}
