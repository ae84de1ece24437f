package adamscope.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adamscope.report.Claim.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimCriterionTest {
    private static final ClaimCriterion SPIKES = new ClaimCriterion(
            "",
            Map.of("steps", Bound.of(">= 1000")),
            Map.of("rise", Bound.of("> 10")),
            Map.of("rise elsewhere", Bound.of("> 10")));

    @ParameterizedTest
    @CsvSource({
        "2000, 11, 11, AGREES",
        "2000, 11, 3, CONDITIONAL",
        "2000, 11, NaN, CONDITIONAL",
        "2000, 9, 11, DISAGREES",
        "2000, NaN, 11, DISAGREES",
        "500, 11, 11, INCONCLUSIVE",
        "500, NaN, NaN, INCONCLUSIVE",
        "500, 9, 11, DISAGREES",
        "NaN, 11, 11, INCONCLUSIVE",
    })
    void theVerdictFollowsTheMeasuredNumbers(double steps, double rise, double elsewhere, Verdict verdict) {
        assertThat(SPIKES.verdict(Map.of("steps", steps, "rise", rise, "rise elsewhere", elsewhere)))
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({
        "<= 2, 2, true",
        "<= 2, 2.1, false",
        "< 2, 2, false",
        "< 2, 1.9, true",
        ">= 2, 2, true",
        ">= 2, 1.9, false",
        "> 2, 2, false",
        "> 2, 2.1, true",
        "0.9 to 1.1, 0.9, true",
        "0.9 to 1.1, 1.1, true",
        "0.9 to 1.1, 1.2, false",
        "-0.1 to 1e-3, -0.2, false",
        "<= 2, NaN, false",
        "> 2, Infinity, true"
    })
    void aBoundHoldsOnItsOwnSideOnly(String bound, double value, boolean holds) {
        assertThat(Bound.of(bound).holds(value)).isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "= 2", "<= two", "2..3", "2 to"})
    void whatIsNoBoundIsRefused(String text) {
        assertThatThrownBy(() -> Bound.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no bound");
    }

    @Test
    void aNumberThatIsMissingOrThatNobodyAskedForIsADefect() {
        assertThatThrownBy(() -> SPIKES.verdict(Map.of("steps", 1.0, "rise", 1.0)))
                .hasMessageContaining("rise elsewhere");
        assertThatThrownBy(() -> SPIKES.verdict(Map.of("steps", 1.0, "rise", 1.0, "rise elsewhere", 1.0, "depth", 1.0)))
                .hasMessageContaining("depth");
    }

    @Test
    void aCriterionWithoutABoundIsRefused() {
        assertThatThrownBy(() -> new ClaimCriterion("", Map.of(), Map.of(), Map.of()))
                .hasMessageContaining("cannot fail");
    }
}
