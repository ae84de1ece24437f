package adamscope.stability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RemarkTest {

    @Test
    void theCornerWhereTheStableRegionShrinksIsNamed() {
        assertThat(where(0.009, 0.0105)).contains("Remark 4.2");
        assertThat(where(0.9, 0.93)).doesNotContain("Remark 4.2");
    }

    @Test
    void rmspropIsToldItsStartsAndItsOtherAttractor() {
        assertThat(where(0, 0.1)).containsExactly("Theorem 5.7", "Theorems 4.1 and 5.7");
        assertThat(where(0, 0.5)).containsExactly("Theorem 5.7");
    }

    @Test
    void spikesBelowTheRangeOfDoubleAreAnnounced() {
        assertThat(where(0.9, 0.899)).containsExactly("\"machine precision\"");
        assertThat(where(0.9, 0.895)).isEmpty();
    }

    @Test
    void convergenceThroughChaosHasItsBorder() {
        assertThat(Remark.at(new PowerLawTheory(4, 0, 0.05), 1e-3).getFirst().text())
                .contains("0.0123457"); // 1/81
    }

    @Test
    void theLevelOfRegimeThreeIsQualified() {
        assertThat(Remark.at(new PowerLawTheory(4, 0.9, 0.8), 1e-3).getFirst().text())
                .contains("L(lr/2) = 1e-13.8");
    }

    private static List<String> where(double beta1, double beta2) {
        return Remark.at(new PowerLawTheory(4, beta1, beta2), 1e-3).stream()
                .map(Remark::where)
                .toList();
    }
}
