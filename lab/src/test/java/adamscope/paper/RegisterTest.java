package adamscope.paper;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.report.Claim;
import adamscope.report.Claim.Verdict;
import adamscope.table.Table;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What holds for every entry of `claims.yaml` without a run.
class RegisterTest {
    @Test
    void idsNameAPaperAndStandInItsOrder() {
        assertThat(Register.ids()).allMatch(id -> id.matches("P[1-4]-[0-9]{2}(-[a-z0-9-]+)?"));
    }

    /// The claims of a figure whose tables are given.
    static List<Claim> claims(PaperFigure figure, List<Table> tables) {
        Map<String, Table> byName = tables.stream().collect(Collectors.toMap(Table::name, Function.identity()));
        return figure.claims(new Tables(byName::get));
    }

    /// No statement that a control makes false agrees there; every statement that agrees is made false by one.
    static void assertControlsFail(PaperFigure figure, List<Claim> claims, Effort effort) {
        List<Control> controls = figure.controls();
        for (Control control : controls) {
            List<Claim> judged = claims(figure, control.measure().apply(effort));
            assertThat(judged).extracting(Claim::id).containsAll(control.falsifies());
            for (Claim claim : judged) {
                if (control.falsifies().contains(claim.id())) {
                    assertThat(claim.verdict())
                            .as("%s under the control '%s': %s", claim.id(), control.what(), claim.measured())
                            .isIn(Verdict.DISAGREES, Verdict.INCONCLUSIVE);
                }
            }
        }
        assertThat(controls.stream().flatMap(c -> c.falsifies().stream()))
                .as(
                        "statements of %s that some control makes false",
                        figure.caption().id())
                .containsAll(claims.stream()
                        .filter(c -> c.verdict() == Verdict.AGREES || c.verdict() == Verdict.CONDITIONAL)
                        .map(Claim::id)
                        .collect(Collectors.toSet()));
    }
}
