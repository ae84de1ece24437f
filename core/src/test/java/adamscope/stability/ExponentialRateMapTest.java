package adamscope.stability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExponentialRateMapTest {

    // found by iteration of the map, theory section 5.2
    @ParameterizedTest
    @CsvSource({"4, 4, 6.75, 9", "6, 5.0625, 12.207, 18.1233", "8, 5.6187, 17.651, 27.793", "10, 5.9605, 23.092, 37.759"
    })
    void flipConfinementAndCrisisLieWhereIterationFoundThem(double k, double flip, double confined, double crisis) {
        assertThat(ExponentialRateMap.flipGamma(k)).isCloseTo(flip, within(5e-5));
        assertThat(ExponentialRateMap.confinedGamma(k)).isCloseTo(confined, within(5e-4));
        assertThat(ExponentialRateMap.crisisGamma(k)).isCloseTo(crisis, within(5e-4));
    }

    @ParameterizedTest
    @ValueSource(doubles = {4, 5, 6, 12})
    void theMultiplierIsTheSlopeAtTheFixedPointAndMinusOneAtTheFlip(double k) {
        ExponentialRateMap map = new ExponentialRateMap(k, 3);
        double u = map.fixedPoint();
        assertThat(map.next(u)).isCloseTo(u, within(1e-14));
        double h = 1e-6;
        double slope = (map.next(u + h) - map.next(u - h)) / (2 * h);
        assertThat(map.multiplier()).isCloseTo(slope, within(1e-8)); // h² and rounding over h
        ExponentialRateMap atFlip = new ExponentialRateMap(k, ExponentialRateMap.flipGamma(k));
        assertThat(atFlip.multiplier()).isCloseTo(-1, within(1e-12));
    }

    @Test
    void atTheCrisisTheTopOfTheMapIsItsRepellingEdge() {
        for (double k : new double[] {4, 6, 8}) {
            ExponentialRateMap map = new ExponentialRateMap(k, ExponentialRateMap.crisisGamma(k));
            double top = map.next(1 / (k - 1));
            assertThat(top).isCloseTo(map.edge(), within(1e-12));
            assertThat(map.next(map.edge())).isCloseTo(map.edge(), within(1e-11));
        }
    }

    @Test
    void itIsAdamsMultiplierWithoutMomentum() {
        PowerLawTheory theory = new PowerLawTheory(6, 0, 0.3);
        assertThat(Math.abs(ExponentialRateMap.ofBeta2(6, 0.3).multiplier()))
                .isCloseTo(theory.spectralRadius(), within(1e-14));
        assertThat(ExponentialRateMap.ofBeta2(6, 0.3).fixedPoint()).isCloseTo(theory.w(), within(1e-15));
    }
}
