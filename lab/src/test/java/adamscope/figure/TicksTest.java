package adamscope.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TicksTest {
    private static List<String> labels(Scale scale, double lower, double upper, int most) {
        return Ticks.of(scale, new Range(lower, upper), most).stream()
                .filter(Ticks.Placed::major)
                .map(Ticks.Placed::label)
                .toList();
    }

    @Test
    void lossesFarBelowDoublePrintTheirPowerOfTen() {
        assertThat(labels(Scale.LOG10_VALUES, -4000, 0, 5))
                .containsExactly("10⁻⁴⁰⁰⁰", "10⁻³⁰⁰⁰", "10⁻²⁰⁰⁰", "10⁻¹⁰⁰⁰", "10⁰");
    }

    @Test
    void aFewDecadesHaveMinorTicksAtTwoToNine() {
        List<Ticks.Placed> ticks = Ticks.of(Scale.LOG10, new Range(-3, 0), 6);

        assertThat(ticks).hasSize(4 + 3 * 8);
        assertThat(ticks.get(1).position()).isEqualTo(-3 + Math.log10(2));
        assertThat(labels(Scale.LOG10, -3, 0, 6)).containsExactly("10⁻³", "10⁻²", "10⁻¹", "10⁰");
    }

    @Test
    void lessThanADecadePrintsPlainNumbersWhereTheyAreShort() {
        assertThat(labels(Scale.LOG10, Math.log10(2), Math.log10(6), 5)).containsExactly("2", "3", "4", "5", "6");
    }

    @Test
    void lessThanADecadeBelowDoublePrintsAMantissa() {
        assertThat(labels(Scale.LOG10_VALUES, -1000 + Math.log10(2), -1000 + Math.log10(4), 3))
                .containsExactly("2×10⁻¹⁰⁰⁰", "3×10⁻¹⁰⁰⁰", "4×10⁻¹⁰⁰⁰");
    }

    @Test
    void linearTicksAreRoundAndEquallyPrecise() {
        assertThat(labels(Scale.LINEAR, -0.1, 1, 7)).containsExactly("0", "0.2", "0.4", "0.6", "0.8", "1.0");
        assertThat(labels(Scale.LINEAR, -1500, 500, 5)).containsExactly("−1500", "−1000", "−500", "0", "500");
    }

    @Test
    void largeAndTinyNumbersPrintAMantissa() {
        assertThat(labels(Scale.LINEAR, 0, 2e5, 5)).containsExactly("0", "5×10⁴", "1×10⁵", "1.5×10⁵", "2×10⁵");
        assertThat(labels(Scale.LINEAR, 0, 2e-7, 3)).containsExactly("0", "1×10⁻⁷", "2×10⁻⁷");
    }

    @Test
    void decayRatesAreSpreadTowardsOne() {
        assertThat(labels(Scale.ONE_MINUS_LOG10, 0, 4, 8)).containsExactly("0", "0.9", "0.99", "0.999", "0.9999");
        // −log₁₀(1 − 0.9) = 1
        assertThat(Scale.ONE_MINUS_LOG10.position(0.9)).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-15));
    }

    @ParameterizedTest
    @EnumSource(Scale.class)
    void ticksLieInTheRangeAndTheirLabelsFitTheRoom(Scale scale) {
        for (double length : new double[] {1e-9, 0.01, 0.5, 1, 3, 17, 400, 1e5}) {
            for (int most = 2; most < 9; most++) {
                // a double tells 1 − value from 0 down to 10⁻¹⁶
                double longest = scale == Scale.ONE_MINUS_LOG10 ? 16 : length;
                Range range = new Range(0.3, 0.3 + Math.min(length, longest));
                List<Ticks.Placed> ticks = Ticks.of(scale, range, most);
                assertThat(ticks).allMatch(tick -> range.contains(tick.position()));
                // a logarithmic axis of one or two decades may add 2 and 5 between them
                assertThat(ticks.stream().filter(Ticks.Placed::major).count()).isLessThanOrEqualTo(Math.max(7, most));
            }
        }
    }
}
