package adamscope.paper;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.experiment.ExperimentDraft;
import adamscope.experiment.Phase;
import adamscope.report.Claim;
import adamscope.report.RunReport;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunClaimsTest {
    /// Ten cells where theory says that runs do not converge, of which some still fall.
    private static Claim judged(long steps, int falling) {
        Phase phase = (Phase) ExperimentDraft.of("phase")
                .optimizer("adam-uncorrected")
                .with("objective", "x^4/4")
                .with("x0", "1")
                .with("steps", Long.toString(steps))
                .set(List.of("eps=0"))
                .axes("beta1=0.8:0.9:5", "beta2=0.1:0.2:2")
                .ofKind("phase");
        List<String> outcomes = IntStream.range(0, 10)
                .mapToObj(cell -> cell < falling ? "converged" : "cycling")
                .toList();
        Table table = new Table(
                "phase",
                List.of(
                        new Column.Numbers("beta1", "", new double[10]),
                        new Column.Numbers("beta2", "", new double[10]),
                        new Column.Words("theoryRegime", Collections.nCopies(10, "III")),
                        new Column.Words("outcome", outcomes)));
        return new RunClaims().claims(phase, _ -> table).getFirst();
    }

    @Test
    void aPhaseIsJudgedWhereItsRunsAreAsLongAsThoseOfTheClaim() {
        assertThat(judged(5_000, 5).verdict()).isEqualTo(Claim.Verdict.INCONCLUSIVE);
        assertThat(judged(5_000, 5).setup()).contains("of fewer than 12,000 steps the slowest escapes are not seen");
        assertThat(judged(5_000, 0).verdict()).isEqualTo(Claim.Verdict.AGREES);
        assertThat(judged(12_000, 5).verdict()).isEqualTo(Claim.Verdict.DISAGREES);
        assertThat(judged(12_000, 0).verdict()).isEqualTo(Claim.Verdict.AGREES);
    }

    @Test
    void whatIsNotDecidedIsNoDisagreement() {
        assertThat(RunReport.lead(List.of(judged(5_000, 5))))
                .isEqualTo("What was measured here decides none of the claims of the papers; the column of the set-up"
                        + " says what is missing.");
        assertThat(RunReport.lead(List.of(judged(12_000, 5), judged(5_000, 5))))
                .startsWith("0 of 1 claims of the papers agree with what was measured here; 1 more are not decided");
    }
}
