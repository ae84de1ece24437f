package adamscope.paper;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.report.Claim;
import adamscope.report.Claim.Verdict;
import adamscope.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds for every entry of `claims.yaml` without a run.
class RegisterTest {
    @Test
    void idsNameAPaperAndStandInItsOrder() {
        assertThat(Register.ids()).allMatch(id -> id.matches("P[1-4]-[0-9]{2}[a-h]?(-[a-z0-9-]+)?"));
    }

    @Test
    void everyStatementIsJudgedBySomePage() throws IOException {
        StringBuilder pages = new StringBuilder();
        for (Path file : sources()) {
            pages.append(Files.readString(file));
        }
        assertThat(Register.ids()).allMatch(id -> pages.indexOf("\"" + id + "\"") >= 0);
    }

    @Test
    void everyPageHasARunInWhichItsStatementsAreFalse() {
        assertThat(PaperFigures.captions().stream()
                        .map(Caption::id)
                        .filter(id -> PaperFigures.find(id).controls().isEmpty()))
                .isEmpty();
    }

    /// Statements about trainings of networks that one run decides, or that are judged by intervals over seeds which
    /// the figure's own file has.
    private static final Set<String> NOT_LEFT_TO_THE_START = Set.of("P2-08", "P2-09", "P2-24", "P3-26");

    /// Networks start at random: what is said of them is judged over seeds, so that one seed decides nothing.
    @Test
    void whatIsSaidOfTrainedNetworksIsJudgedOverSeeds() throws IOException {
        Set<String> judged = new TreeSet<>();
        for (Path file : sources()) {
            String text = Files.readString(file);
            if (text.contains("implements TrainedFigure") || text.contains("SEEDS.judged(")) {
                Register.ids().stream()
                        .filter(id -> text.contains("\"" + id + "\""))
                        .forEach(judged::add);
            }
        }
        assertThat(judged).hasSizeGreaterThan(40).containsAll(NOT_LEFT_TO_THE_START);
        assertThat(judged)
                .filteredOn(id -> Register.of(id).entry().seeds().isEmpty())
                .containsExactlyInAnyOrderElementsOf(NOT_LEFT_TO_THE_START);
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src", "main", "java", "adamscope", "paper"))) {
            return files.toList();
        }
    }

    @Test
    void aCriterionNamesTheCommitThatSetIt() {
        for (String id : Register.ids()) {
            Register.Entry entry = Register.of(id).entry();
            assertThat(entry.since()).as(id).matches("[0-9a-f]{7,10}");
            assertThat(entry.seeds()).as(id).matches("([0-9a-f]{7,10})?");
            assertThat(entry.changes())
                    .as(id)
                    .allMatch(change -> change.commit().matches("[0-9a-f]{7,10}"));
        }
    }

    /// Ids of what was judged.
    private static Set<String> assertFails(PaperFigure figure, Control control) {
        List<Claim> judged = figure.claims(named(control.measure().apply(Effort.quiet(false))));
        assertThat(judged).extracting(Claim::id).containsAll(control.falsifies());
        for (Claim claim : judged) {
            if (control.falsifies().contains(claim.id())) {
                assertThat(claim.verdict())
                        .as("%s under the control '%s': %s", claim.id(), control.what(), claim.measured())
                        .isIn(Verdict.DISAGREES, Verdict.INCONCLUSIVE);
            }
        }
        return judged.stream().map(Claim::id).collect(Collectors.toSet());
    }

    /// Those of the controls that are runs and take seconds; all are tested slowly.
    @ParameterizedTest
    @ValueSource(strings = {"P1-fig2", "P1-fig6", "P1-appendix-E", "P4-width"})
    void noStatementAgreesInAQuickRunWhereItIsFalse(String id) {
        assertControlsFail(PaperFigures.find(id));
    }

    /// No statement that a control makes false agrees there; every statement that is recorded to agree is made false by
    /// one.
    static void assertControlsFail(PaperFigure figure) {
        List<Control> controls = figure.controls();
        assertThat(controls).isNotEmpty();
        Set<String> judged = controls.stream()
                .flatMap(control -> assertFails(figure, control).stream())
                .collect(Collectors.toSet());
        assertThat(controls.stream().flatMap(c -> c.falsifies().stream()))
                .as(
                        "statements of %s that some control makes false",
                        figure.caption().id())
                .containsAll(judged.stream().filter(RegisterTest::agrees).toList());
    }

    /// What makes a control's statement false is read off its run: all three conditions, not one of them.
    @Test
    void whereTheConditionsOfTheProofFailEachOfThemDoes() {
        SignLikeNetwork figure = new SignLikeNetwork();
        Claim conditions = figure.claims(
                        named(figure.controls().getFirst().measure().apply(Effort.quiet(false))))
                .getLast();
        assertThat(conditions.numbers().get("power of t of ‖∇F‖₁/(‖∇F‖₂√d), upper end"))
                .isLessThan(-0.1);
        assertThat(conditions.numbers().get("p of the variance, lower end")).isGreaterThan(2);
        assertThat(conditions.numbers().get("q of the smoothness, lower end")).isGreaterThan(1);
    }

    private static boolean agrees(String id) {
        return Set.of(Verdict.AGREES, Verdict.CONDITIONAL).contains(PaperFiguresTest.known(id));
    }

    private static Tables named(List<Table> tables) {
        Map<String, Table> byName = tables.stream().collect(Collectors.toMap(Table::name, Function.identity()));
        return new Tables(byName::get);
    }
}
