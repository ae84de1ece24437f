package adamscope.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CountedNormalTest {
    @Test
    void momentsAreThoseOfTheStandardNormalDistribution() {
        int count = 100_000;
        double[] powerSums = new double[5];
        double neighbours = 0;
        for (int i = 0; i < count; i++) {
            double z = CountedNormal.number(3, i);
            neighbours += z * CountedNormal.number(3, i + 1);
            for (int k = 1; k <= 4; k++) {
                powerSums[k] += Math.pow(z, k) / count;
            }
        }
        // Standard errors at 100,000 numbers: √(1, 2, 15, 96)/316 = .003, .005, .012, .031; four of them allowed.
        assertThat(powerSums[1]).isCloseTo(0, within(0.013));
        assertThat(powerSums[2]).isCloseTo(1, within(0.018));
        assertThat(powerSums[3]).isCloseTo(0, within(0.05));
        assertThat(powerSums[4]).isCloseTo(3, within(0.13));
        assertThat(neighbours / count).isCloseTo(0, within(0.013));
    }

    @Test
    void anotherSeedOrCounterGivesAnotherNumber() {
        assertThat(CountedNormal.number(0, 0)).isNotEqualTo(CountedNormal.number(1, 0));
        assertThat(CountedNormal.number(0, 0)).isNotEqualTo(CountedNormal.number(0, 1));
        assertThat(CountedNormal.number(0, 5)).isEqualTo(CountedNormal.number(0, 5));
    }
}
