package adamscope.stability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StabilityCornerTest {

    // numerical eigenvalues on a fine grid, theory section 4.4
    @ParameterizedTest
    @CsvSource({"4, 0.008131", "6, 0.009391", "8, 0.009755"})
    void theFlipBorderPeaksWhereTheEigenvaluesSay(double degree, double beta1) {
        StabilityCorner corner = new StabilityCorner(degree);
        assertThat(corner.highestFlipBeta1()).isCloseTo(beta1, within(5e-7)); // six decimals known
    }

    @ParameterizedTest
    @ValueSource(doubles = {4, 5.5, 6, 8, 16})
    void bothInequalitiesAreEqualitiesAtTheMeetingPoint(double degree) {
        StabilityCorner corner = new StabilityCorner(degree);
        PowerLawTheory there = new PowerLawTheory(degree, corner.beta1(), corner.beta2());
        // a few ulps of numbers near 1
        assertThat(there.det()).isCloseTo(1, within(1e-13));
        assertThat(1 + there.trace() + there.det()).isCloseTo(0, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.5, 0.9, 0.999})
    void belowTheMeetingPointNothingIsStable(double share) {
        StabilityCorner corner = new StabilityCorner(4);
        double beta2 = share * corner.beta2();
        double beta1 = new PowerLawTheory(4, 0, beta2).stabilityBoundary();
        for (int i = 0; i <= 100; i++) {
            assertThat(new PowerLawTheory(4, beta1 * i / 100, beta2).stable()).isFalse();
        }
    }

    @org.junit.jupiter.api.Test
    void theMeetingPointOfTheQuarticIsTwoMinusRootThree() {
        StabilityCorner corner = new StabilityCorner(4);
        assertThat(corner.rho()).isCloseTo(2 - Math.sqrt(3), within(1e-15));
        assertThat(corner.beta1()).isCloseTo(0.00515478, within(5e-9)); // (2 − √3)⁴
        assertThat(corner.beta2()).isCloseTo(corner.beta1(), within(1e-17));
    }
}
