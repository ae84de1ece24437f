package adamscope.stability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PowerLawTheoryTest {

    static List<JsonNode> differentiatedPoints() throws IOException {
        try (InputStream in = PowerLawTheoryTest.class.getResourceAsStream("mpmath-40/jacobian.json")) {
            List<JsonNode> points = new ArrayList<>();
            JsonMapper.builder().build().readTree(in).get("points").forEach(points::add);
            return points;
        }
    }

    @ParameterizedTest
    @MethodSource("differentiatedPoints")
    void closedFormsAgreeWithNumericalDifferentiationOfTheRecurrence(JsonNode p) {
        PowerLawTheory theory = new PowerLawTheory(
                p.get("degree").doubleValue(),
                p.get("beta1").doubleValue(),
                p.get("beta2").doubleValue());
        assertThat(theory.exists()).isEqualTo(p.get("exists").asBoolean());
        assertThat(theory.stable()).isEqualTo(p.get("stable").asBoolean());
        // Powers of numbers between 0 and 1 with exponents below 10: a few ulps, amplified by 1/(1 − b) near existence.
        close(theory.rho(), p, "xMultiplier", 1e-14);
        close(theory.omega(), p, "omega", 1e-11);
        close(theory.w(), p, "w", 1e-11);
        close(theory.trace(), p, "trace", 1e-12);
        close(theory.det(), p, "det", 1e-13);
        close(theory.spectralRadius(), p, "spectralRadius", 1e-11);
    }

    private static void close(double value, JsonNode point, String name, double relative) {
        double expected = Double.parseDouble(point.get(name).asText());
        assertThat(value).as(name).isCloseTo(expected, within(relative * Math.abs(expected)));
    }

    @Test
    void theRegimesOfPaperOneFallWhereItDrawsThem() {
        // P1 Fig. 6, β₁ = 0.9, k = 4
        assertThat(new PowerLawTheory(4, 0.9, 0.91).regime()).isEqualTo(PowerLawTheory.Regime.I);
        assertThat(new PowerLawTheory(4, 0.9, 0.895).regime()).isEqualTo(PowerLawTheory.Regime.II);
        assertThat(new PowerLawTheory(4, 0.9, 0.8).regime()).isEqualTo(PowerLawTheory.Regime.III);
    }

    @Test
    void theSlopesOfPaperOneAreReproduced() {
        // P1 Fig. 2(a), β₂ = 0.93
        assertThat(new PowerLawTheory(4, 0.9, 0.93).lossRatePerStep()).isCloseTo(-0.072571, within(5e-7));
        assertThat(new PowerLawTheory(6, 0.9, 0.93).lossRatePerStep()).isCloseTo(-0.054428, within(5e-7));
    }

    @Test
    void theFlipSideMattersOnlyInTheCorner() {
        // P1 Eq. 20: 1/16 for k = 4; the flip bound there is β₁ = 0.
        assertThat(new PowerLawTheory(4, 0.5, 0.5).flipFreeBeta2()).isEqualTo(0.0625);
        assertThat(new PowerLawTheory(4, 0, 0.0625).flipBoundary()).isCloseTo(0, within(1e-16));
        assertThat(new PowerLawTheory(4, 0.009, 0.0105).stable()).isTrue();
        assertThat(new PowerLawTheory(6, 0.009, 0.0105).stable()).isFalse();
    }

    @Test
    void theDegreeOfAnObjectiveIsRecognised() {
        assertThat(PowerLawTheory.degreeOf(FormulaObjective.read("x^4/4"))).hasValue(4);
        assertThat(PowerLawTheory.degreeOf(FormulaObjective.read("7*w*w*w*w*w*w")))
                .hasValue(6);
        assertThat(PowerLawTheory.degreeOf(FormulaObjective.read("abs(x)^2.5"))).hasValue(2.5);
        assertThat(PowerLawTheory.degreeOf(FormulaObjective.read("x^2/2"))).isEmpty();
        assertThat(PowerLawTheory.degreeOf(FormulaObjective.read("x^4/4 + x^6")))
                .isEmpty();
        assertThat(PowerLawTheory.degreeOf(FormulaObjective.read("x^3/3"))).isEmpty();
        assertThat(PowerLawTheory.degreeOf(FormulaObjective.read("x^4 + y^4"))).isEmpty();
    }

    @Test
    void theTheoryIsAboutAdamAndRmspropOnly() {
        assertThat(Catalogue.NAMES.stream().filter(name -> PowerLawTheory.appliesTo(Catalogue.shipped(name))))
                .containsExactlyInAnyOrder("adam", "adam-uncorrected", "rmsprop");
    }

    @Test
    void valuesOutsideTheDomainAreRefused() {
        assertThatThrownBy(() -> new PowerLawTheory(2, 0.9, 0.9)).hasMessageContaining("(2, inf)");
        assertThatThrownBy(() -> new PowerLawTheory(4, 1, 0.9)).hasMessageContaining("[0, 1)");
        assertThatThrownBy(() -> new PowerLawTheory(4, 0.9, Double.NaN)).hasMessageContaining("(0, 1)");
    }
}
