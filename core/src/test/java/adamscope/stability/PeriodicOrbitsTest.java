package adamscope.stability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The symmetric two-cycles of theory 3.4 and 5.4, found by Newton's method on the rule itself with ε = 0.
class PeriodicOrbitsTest {
    private static final FormulaObjective QUADRATIC = FormulaObjective.read("x^2/2");

    private static PeriodicOrbit cycle(
            String rule, FormulaObjective objective, Map<String, Double> values, double... start) {
        SmoothMap map = SmoothMap.of(Catalogue.shipped(rule), objective, values, "x");
        List<PeriodicOrbit> orbits = PeriodicOrbits.of(map, Map.of(), 2, List.of(start));
        assertThat(orbits).isNotEmpty();
        return orbits.getFirst();
    }

    @ParameterizedTest
    @CsvSource({"0.2", "0.5", "0.9", "0.99", "0.999"})
    void rmspropsCycleOnTheQuadraticContractsByTheRootOfBeta2(double beta2) {
        double lr = 0.3;
        PeriodicOrbit cycle =
                cycle("rmsprop", QUADRATIC, Map.of("lr", lr, "beta2", beta2, "eps", 0.0), 0.16, 0.16 * 0.16);
        assertThat(cycle.points()[0][0]).isCloseTo(-lr / 2, within(1e-12));
        // theory 3.4: modulus √β₂ per step for β₂ > 1/9
        assertThat(cycle.factorPerStep()).isCloseTo(Math.sqrt(beta2), within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"0.1, 0.306", "0.3, 0.262", "0.5, 0.228", "0.7, 0.202", "0.9, 0.181", "0.99, 0.172", "0.999, 0.172"})
    void adamsCycleOnTheQuadraticIsStableForSmallBeta1Only(double beta2, double beta1) {
        // theory 3.4 gives the border to three decimals
        assertThat(adam(beta1 - 0.001, beta2).multipliers().stable()).isTrue();
        assertThat(adam(beta1 + 0.001, beta2).multipliers().stable()).isFalse();
    }

    private static PeriodicOrbit adam(double beta1, double beta2) {
        // x = ±A, m = ±A(1 − β₁)/(1 + β₁) after the gradient of that sign, v = A²; A = η(1 − β₁)/(2(1 + β₁))
        double a = 0.5 * (1 - beta1) / (1 + beta1);
        PeriodicOrbit cycle = cycle(
                "adam-uncorrected",
                QUADRATIC,
                Map.of("lr", 1.0, "beta1", beta1, "beta2", beta2, "eps", 0.0),
                a,
                -a * (1 - beta1) / (1 + beta1),
                a * a);
        assertThat(cycle.points()[1][0]).isCloseTo(a, within(1e-12));
        return cycle;
    }

    @ParameterizedTest
    @CsvSource({"4", "6", "8"})
    void theSignCycleIsStableBelowOneOverTwoKMinusThree(int k) {
        // theory 5.4: x = ±η/2, v = (η/2)^(2k − 2), determinant (2k − 3)β₂ of half a round
        double border = 1.0 / (2 * k - 3);
        assertThat(sign(k, border * 0.999).multipliers().stable()).isTrue();
        assertThat(sign(k, border * 1.001).multipliers().stable()).isFalse();
        assertThat(sign(k, border).multipliers().radius()).isCloseTo(1, within(1e-9));
    }

    private static PeriodicOrbit sign(int k, double beta2) {
        return cycle("rmsprop", FormulaObjective.power(k), Map.of("lr", 2.0, "beta2", beta2, "eps", 0.0), 1.001, 1.001);
    }

    @Test
    void aRuleThatDependsOnTheStepHasNoOrbits() {
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> SmoothMap.of(Catalogue.shipped("adafactor"), QUADRATIC, Map.of(), "x"))
                .hasMessageContaining("depends on the step t itself");
    }
}
