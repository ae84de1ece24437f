package adamscope.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.formula.Evaluation;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamedObjectivesTest {

    /// Values at (1, 2) by mpmath; minima as published.
    @ParameterizedTest
    @CsvSource({
        "rosenbrock, 100, 1, 1",
        "beale, 126.453125, 3, 0.5",
        "himmelblau, 68, 3, 2",
        "rastrigin, 5, 0, 0",
        "ackley, 5.42213171779951, 0, 0"
    })
    void eachIsThePublishedFunction(String name, double atOneTwo, double x, double y) {
        FormulaObjective objective = FormulaObjective.read(name);
        assertThat(Evaluation.value(objective.loss(), Map.of("x", 1.0, "y", 2.0)::get))
                .isCloseTo(atOneTwo, within(1e-12 * atOneTwo));
        assertThat(Evaluation.value(objective.loss(), Map.of("x", x, "y", y)::get))
                .isCloseTo(0, within(1e-14));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rosenbrok", "rastrigan", "akley"})
    void aNameThatIsNearlyOneIsNoStraightLine(String name) {
        assertThatThrownBy(() -> FormulaObjective.read(name)).hasMessageContaining("did you mean");
    }
}
