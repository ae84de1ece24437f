package adamscope.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.Iteration;
import adamscope.dynamics.SingleRun;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.regime.Quantity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimulatedQuantitiesTest {

    /// Rounding of ten to the power of a logarithm.
    private static final double ROUNDING = 1e-12;

    private static Map<String, double[]> quantities(String rule, String objective, List<Double> x0) {
        FormulaObjective formula = FormulaObjective.read(objective);
        Iteration iteration =
                new Iteration(Catalogue.shipped(rule), formula, Map.of(), x0, ClosedMap.Start.ZERO, Arithmetic.DOUBLE);
        return SimulatedQuantities.of(
                formula, new SingleRun(iteration, 3, 1).run().table());
    }

    /// L = 3x²/2 at x = 2: g = 6, L″ = 3.
    @Test
    void gradientDescentMovesByTheLearningRateTimesTheGradient() {
        Map<String, double[]> first = quantities("gd", "3*x^2/2", List.of(2.0));
        double lr = Catalogue.shipped("gd").hyper("lr").defaultValue();
        assertThat(first.get(Quantity.GRADIENT_NORM)[0]).isEqualTo(6, offset(6 * ROUNDING));
        assertThat(first.get(Quantity.WEIGHT_NORM)[0]).isEqualTo(2, offset(2 * ROUNDING));
        assertThat(first.get(Quantity.STEP_NORM)[0]).isEqualTo(6 * lr, offset(6 * lr * ROUNDING));
        assertThat(first.get(Quantity.SHARPNESS)[0]).isEqualTo(3, offset(3 * ROUNDING));
        assertThat(first).doesNotContainKeys(Quantity.ROOT_SECOND_MOMENT_NORM, Quantity.PRECONDITIONED_SHARPNESS);
        assertThat(first.get(Quantity.GRADIENT_NORM)[3]).isNaN();
    }

    /// After one step m = 0.1 g and v = 0.001 g²; P = (1 − β₁)(|g| + ε) then.
    @Test
    void adamsFirstRowHoldsTheStatesAfterItsStep() {
        Map<String, double[]> first = quantities("adam", "3*x^2/2", List.of(2.0));
        assertThat(first.get(Quantity.couplingRatio(1))[0]).isEqualTo(0.001, offset(1e-14));
        assertThat(first.get(Quantity.ROOT_SECOND_MOMENT_NORM)[0]).isEqualTo(6 * Math.sqrt(0.001), offset(1e-12));
        assertThat(first.get(Quantity.stepRatio(99))[0]).isEqualTo(0.1 / Math.sqrt(0.001), offset(1e-11));
        assertThat(first.get(Quantity.PRECONDITIONED_SHARPNESS)[0])
                .isEqualTo(3 / (0.1 * (6 + 1e-8)), offset(5 * ROUNDING));
    }

    @Test
    void normsGoOverTheCoordinates() {
        Map<String, double[]> first = quantities("adam", "x^2/2 + 3*y^2/2", List.of(3.0, 4.0));
        assertThat(first.get(Quantity.WEIGHT_NORM)[0]).isEqualTo(5, offset(5 * ROUNDING));
        assertThat(first.get(Quantity.GRADIENT_NORM)[0]).isEqualTo(Math.sqrt(9 + 144), offset(13 * ROUNDING));
        assertThat(first.get(Quantity.SHARPNESS)[0]).isEqualTo(3, offset(3 * ROUNDING));
    }
}
