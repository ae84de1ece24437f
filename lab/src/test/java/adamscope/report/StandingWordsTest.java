package adamscope.report;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.table.Column;
import adamscope.table.Table;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandingWordsTest {
    private static final Column VALUES =
            new Column.Numbers("preconditionedSharpness", "", new double[] {3, Double.NaN, 5, 4, 6});

    private static final Table NAMED = new Table(
            "a",
            List.of(VALUES, new Column.Integers("preconditionedSharpnessStanding", "", new long[] {2, 0, 1, 1, 0})));

    @Test
    void valuesAreCountedByWhatStandsBehindThem() {
        assertThat(StandingWords.of(List.of(NAMED, NAMED)))
                .startsWith("Of 8 values of λ₁(P⁻¹H) 2 are certified (")
                .contains(", 4 probable (")
                .contains(" and 2 open (");
    }

    @Test
    void aTableOfAVersionWithoutCertificatesIsAtBestProbable() {
        Table old =
                new Table("b", List.of(VALUES, new Column.Numbers("preconditionedSharpnessError", "", new double[5])));
        assertThat(StandingWords.of(List.of(old))).startsWith("4 values of λ₁(P⁻¹H) are at best probable");
        assertThat(StandingWords.of(List.of(NAMED, old)))
                .startsWith("Of 4 values")
                .contains(" 4 values");
    }

    @Test
    void tablesWithoutEigenvaluesNeedNoWords() {
        assertThat(StandingWords.of(List.of(new Table("derived", List.of(VALUES)))))
                .isEmpty();
        assertThat(StandingWords.of(List.of(new Table("c", List.of(new Column.Numbers("x", "", new double[] {1}))))))
                .isEmpty();
    }
}
