package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.stability.PowerLawTheory;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TheoryTopicTest {

    @ParameterizedTest
    @EnumSource(TheoryTopic.class)
    void everyTopicHasNumbers(TheoryTopic topic) {
        assertThat(topic.numbers(new PowerLawTheory(4, 0.9, 0.93), Map.of("lr", 1e-3, "eps", 1e-8)))
                .isNotEmpty();
        assertThat(TheoryTopic.read(topic.word())).isEqualTo(topic);
    }

    /// At a stable fixed point with a complex pair of multipliers both exponents are ln of their modulus √det.
    @Test
    void lyapunovExponentsOfAStableFixedPointAreThoseOfItsMultipliers() {
        PowerLawTheory theory = new PowerLawTheory(4, 0.9, 0.93);
        double[] exponents = (double[]) TheoryTopic.LYAPUNOV
                .numbers(theory, Map.of("lr", 1e-3, "eps", 0.0))
                .get("exponents");
        // the frame turns with the pair: the mean over 200,000 steps is off by the order of 1/200,000
        assertThat(exponents).hasSize(2);
        assertThat(exponents[0]).isCloseTo(Math.log(theory.spectralRadius()), within(1e-4));
        assertThat(exponents[0] + exponents[1]).isCloseTo(Math.log(theory.det()), within(1e-9));
    }

    /// Orbits of the reduced map by a program of its own, 40 digits; chaotic ones as means over 10⁶ steps.
    @ParameterizedTest
    @CsvSource({
        "4, 0, 0.07, -0.1185, 1e-4",
        "4, 0, 0.05, -1.4436, 1e-4",
        "4, 0, 0.01384, 0.9186, 0.01",
        "4, 0.002, 0.018, 0.713, 0.01",
        "5, 0.001, 0.012, 0.583, 0.01",
    })
    void lyapunovExponentsOfOrbitsBeyondTheFlip(
            double degree, double beta1, double beta2, double expected, double tolerance) {
        Map<String, Object> found =
                TheoryTopic.LYAPUNOV.numbers(new PowerLawTheory(degree, beta1, beta2), Map.of("lr", 1e-3, "eps", 0.0));
        assertThat(((double[]) found.get("exponents"))[0]).isCloseTo(expected, within(tolerance));
        assertThat(found.get("chaotic")).isEqualTo(expected > 0);
    }

    @Test
    void aWrongTopicIsRefusedWithTheListOfTopics() {
        assertThatThrownBy(() -> TheoryTopic.read("corners"))
                .hasMessageContaining("corners")
                .hasMessageContaining("corner, map");
    }
}
