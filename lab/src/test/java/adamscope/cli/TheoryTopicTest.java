package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.stability.PowerLawTheory;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
        // the frame turns with the pair: the mean over 20,000 steps is off by the order of 1/20,000
        assertThat(exponents).hasSize(2);
        assertThat(exponents[0]).isCloseTo(Math.log(theory.spectralRadius()), within(1e-4));
        assertThat(exponents[0] + exponents[1]).isCloseTo(Math.log(theory.det()), within(1e-9));
    }

    @Test
    void aWrongTopicIsRefusedWithTheListOfTopics() {
        assertThatThrownBy(() -> TheoryTopic.read("corners"))
                .hasMessageContaining("corners")
                .hasMessageContaining("corner, map");
    }
}
