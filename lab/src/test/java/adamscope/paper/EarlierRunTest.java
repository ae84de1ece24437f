package adamscope.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import adamscope.experiment.Reproduction;
import adamscope.experiment.Size;
import adamscope.report.Claim;
import adamscope.report.Report;
import adamscope.report.RunReport;
import adamscope.report.Section;
import adamscope.store.JsonDocument;
import adamscope.store.ResultStore;
import adamscope.table.Column;
import adamscope.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlierRunTest {
    /// Of the closed forms: doublings 4, 5, …; the mean rate is −ln γ/2.
    private static final double[] GAMMA = {2, 3};

    private static final double[] RATE = {-0.5 * Math.log(2), -0.5 * Math.log(3)};

    @TempDir
    private Path folder;

    @Test
    void statementsWithAllTheirNumbersAreJudgedAnewAndOthersKeepTheirVerdict() {
        ResultStore store = made(true);
        Report report = PaperPage.again(store);
        Map<String, String> verdicts = RunReport.claims(report).stream()
                .collect(Collectors.toMap(Claim::id, claim -> claim.verdict().words() + ", " + claim.measured()));
        assertThat(verdicts)
                .hasSize(4)
                .contains(entry("P1-20", "disagrees, 4.1 of then"))
                .contains(entry("P1-20-chaos", "inconclusive, not in this folder"));
        assertThat(verdicts.get("P1-19")).startsWith("agrees, ");
        assertThat(verdicts.get("P1-20-rate")).startsWith("agrees, ");
        assertThat(RunReport.missing(report))
                .contains("'doubling 3' in table 'measured'", "verdicts of then: P1-20", "adamscope reproduce P1-fig4");
    }

    @Test
    void aFigureWithoutItsTablesIsThePictureOfThen() throws IOException {
        ResultStore store = made(false);
        store.write("figures/P1-fig4.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        Report report = PaperPage.again(store);
        assertThat(report.sections()).hasAtLeastOneElementOfType(Section.Picture.class);
        assertThat(Files.readString(store.folder().resolve("figures/P1-fig4.svg")))
                .hasSizeLessThan(60);
        assertThat(Files.readString(store.folder().resolve("report.html"))).contains("src=\"figures/P1-fig4.svg\"");
        assertThat(RunReport.missing(report)).contains("lacks table 'exponents'");
    }

    @Test
    void aFolderOfThisVersionLacksNothing() {
        ResultStore store = made(true);
        store.write(measured("doubling 3", "Lyapunov exponent at 9"));
        assertThat(RunReport.missing(PaperPage.again(store))).isEmpty();
    }

    private ResultStore made(boolean exponents) {
        ResultStore store = ResultStore.create(
                folder.resolve("run"), new Reproduction("P1-fig4", Size.DEFAULT, Optional.empty()), List.of("test"));
        store.write(table("orbits", "gamma", GAMMA, "u", new double[] {0.3, 0.4}));
        if (exponents) {
            Table rates = table("exponents", "gamma", GAMMA, "lyapunov", RATE);
            store.write(new Table(
                    "exponents",
                    List.of(rates.columns().get(0), rates.columns().get(1), new Column.Numbers("rate", "", RATE))));
        }
        store.write(measured());
        store.finish(
                Map.of(),
                JsonDocument.object(
                        "claims",
                        List.of(JsonDocument.object(
                                "id", "P1-20", "expected", "4", "measured", "4.1 of then", "verdict", "disagrees"))));
        return ResultStore.open(store.folder());
    }

    private static Table measured(String... more) {
        SingleNumbers numbers = new SingleNumbers();
        for (int k = 4; k <= 12; k += 2) {
            numbers.put("multiplier error, k=" + (double) k, 0);
        }
        double[] doublings = {4, 5, 5.2350893};
        for (int i = 0; i < doublings.length; i++) {
            numbers.put("doubling " + i, doublings[i]);
        }
        numbers.put("escape at 9.000", Double.NaN).put("escape at 9.001", 100);
        for (String name : more) {
            numbers.put(name, 1);
        }
        return numbers.table();
    }

    private static Table table(String name, String one, double[] first, String other, double[] second) {
        return new Table(name, List.of(new Column.Numbers(one, "", first), new Column.Numbers(other, "", second)));
    }
}
