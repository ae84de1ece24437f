package adamscope.stability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.Iteration;
import adamscope.dynamics.SingleRun;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwoCycleTest {

    // b1 limits by numerical multipliers, theory section 3.4
    @ParameterizedTest
    @CsvSource({"0.1, 0.306", "0.3, 0.262", "0.5, 0.228", "0.7, 0.202", "0.9, 0.181", "0.99, 0.172", "0.999, 0.172"})
    void adamsCycleOnAQuadraticIsStableForSmallBeta1Only(double beta2, double limit) {
        assertThat(cycle(2, limit - 0.001, beta2).stable()).isTrue();
        assertThat(cycle(2, limit + 0.001, beta2).stable()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0.3", "0.7", "0.9", "0.99"})
    void rmspropsCycleOnAQuadraticContractsByRootBeta2(double beta2) {
        assertThat(TwoCycle.rmsprop(2, beta2).spectralRadius()).isCloseTo(Math.sqrt(beta2), within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"4", "6", "8"})
    void onAPowerLawRmspropsCycleIsStableBelowOneOverTwoKMinusThree(double degree) {
        double limit = TwoCycle.rmspropStableBelow(degree);
        assertThat(TwoCycle.rmsprop(degree, limit * 0.999).stable()).isTrue();
        assertThat(TwoCycle.rmsprop(degree, limit * 1.001).stable()).isFalse();
        double beta2 = 0.8 * limit;
        // trace² < 4 det there: the modulus is the root of the determinant
        assertThat(TwoCycle.rmsprop(degree, beta2).spectralRadius())
                .isCloseTo(radius((2 * degree - 1) * beta2 - 1, (2 * degree - 3) * beta2), within(1e-12));
    }

    private static double radius(double trace, double det) {
        double d = trace * trace / 4 - det;
        return d < 0 ? Math.sqrt(det) : Math.abs(trace) / 2 + Math.sqrt(d);
    }

    @ParameterizedTest
    @CsvSource({"0.7, 0.1, false", "0.9, 0.3, false", "0.99, 0.5, false", "0.9, 0.7, true", "0.99, 0.99, true"})
    void nadamsCycleIsStableForLargeBeta2(double beta1, double beta2, boolean stable) {
        assertThat(new TwoCycle(TwoCycle.Momentum.NESTEROV, 2, beta1, beta2).stable())
                .isEqualTo(stable);
    }

    @Test
    void rmspropRunsIntoItsCycleOnAQuadratic() {
        var run = new SingleRun(
                        new Iteration(
                                Catalogue.shipped("rmsprop"),
                                FormulaObjective.power(2),
                                Map.of("lr", 0.01, "beta2", 0.5, "eps", 0.0),
                                List.of(1.0),
                                ClosedMap.Start.GRADIENT,
                                Arithmetic.DOUBLE),
                        2000,
                        1000)
                .run();
        assertThat(Math.abs(run.x()[0]))
                .isCloseTo(0.01 * TwoCycle.rmsprop(2, 0.5).amplitudeOverLr(), within(1e-12));
    }

    private static TwoCycle cycle(double degree, double beta1, double beta2) {
        return new TwoCycle(TwoCycle.Momentum.HEAVY_BALL, degree, beta1, beta2);
    }
}
