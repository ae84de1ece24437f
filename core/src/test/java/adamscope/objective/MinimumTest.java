package adamscope.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.objective.Minimum.Origin;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MinimumTest {
    private static Minimum of(String formula) {
        FormulaObjective objective = FormulaObjective.read(formula);
        return objective.minimum(Collections.nCopies(objective.dimension(), 1.0), Map.of());
    }

    /// The last two minima from mpmath with 30 digits, the others by hand.
    @ParameterizedTest
    @CsvSource({
        "x^4/4, 0, CLOSED_FORM",
        "x^2/2 + 1, 1, CLOSED_FORM",
        "3*(abs(x)^1.5 - 2) + y^2, -6, CLOSED_FORM",
        "(x^2 + 2)/2 - y*0 + (y - 3)^2, 1, CLOSED_FORM",
        "(1 - x)^2 + 100*(y - x^2)^2, 0, CLOSED_FORM",
        "(x - 50)^2, 0, CLOSED_FORM",
        "exp(-x) - 3, -3, LOWER_BOUND",
        "log(1 + exp(-x)), 0, LOWER_BOUND",
        "x^4/4 - x^2/2, -0.25, CRITICAL_POINT",
        "x^2/2 + 0.9*x*y + y^2/2 + 7, 7, CRITICAL_POINT",
        "abs(x - 1) + abs(x + 2)/2 + 1, 2.5, DESCENT",
        "1 - cos(x), 0, CLOSED_FORM",
        "tanh(x)^2 + 3, 3, CLOSED_FORM",
        "rastrigin, 0, CLOSED_FORM",
        "rosenbrock, 0, CLOSED_FORM",
        "x^3, 0, UNKNOWN",
        "-x^2/2, 0, UNKNOWN",
        "x^4/4 - x^2/2 + x/10, -0.352386073800036420975416955, CRITICAL_POINT",
        "log(1 + exp(-x)) + 0.01*x^2, 0.137420938948387685359767499, CRITICAL_POINT"
    })
    void theLeastLossIsFoundAndItsOriginSaid(String formula, double value, Origin origin) {
        Minimum minimum = of(formula);
        // A loss rounds to half a unit in each of its few terms.
        assertThat(minimum.value()).isCloseTo(value, within(1e-15 * Math.max(1, Math.abs(value))));
        assertThat(minimum.origin()).isEqualTo(origin);
    }

    @Test
    void theOuterOfTwoWellsIsFoundFromTheInnerOne() {
        // Wells at ±1 of depth ∓0.1, and the search begins in the shallow one.
        Minimum minimum = of("x^4/4 - x^2/2 + x/10");
        assertThat(minimum.at().getFirst()).isCloseTo(-1.04668053180460226, within(1e-7));
    }

    @Test
    void aNamedMinimumIsTaken() {
        FormulaObjective objective = FormulaObjective.read("x^2/2 + 1").withMinimum(OptionalDouble.of(0.5));
        assertThat(objective.minimum(List.of(1.0), Map.of())).isEqualTo(new Minimum(0.5, Origin.NAMED, List.of()));
        assertThatThrownBy(() -> objective.withMinimum(OptionalDouble.of(Double.NaN)))
                .hasMessage("minimum = NaN is not a finite number");
    }

    @Test
    void parametersAreNumbers() {
        FormulaObjective objective = FormulaObjective.read("a*(x^2 - b)", List.of("a", "b"));
        Minimum minimum = objective.minimum(List.of(1.0), Map.of("a", 2.0, "b", 3.0));
        assertThat(minimum).isEqualTo(new Minimum(-6, Origin.CLOSED_FORM, List.of(0.0)));
        assertThat(objective.minimum(List.of(1.0), Map.of("a", -2.0, "b", 3.0)).isKnown())
                .isFalse();
    }
}
