package adamscope.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.dynamics.ClosedMap;
import adamscope.objective.FormulaObjective;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignFlowTest {
    /// Motion is exactly linear between events; an event is located to a few ulps of the time.
    private static final double ROUNDING = 1e-12;

    private static FlowTrajectory solved(String objective, List<Double> x0, double... times) {
        return new FlowRun(new Flow.Sign(), FormulaObjective.read(objective), x0, ClosedMap.Start.ZERO).run(times);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x^2/2",
                "x^4/4",
                "x^6/6",
                "1000*x^2",
                "1e-6*x^2",
                "exp(x) + exp(-x)",
                "abs(x)^0.5",
                "abs(x)",
                "abs(x)^1.5",
                "abs(x) + x^2"
            })
    void inOneDimensionItWalksAtSpeedOneAndStopsAtTheMinimum(String objective) {
        FlowTrajectory solution = solved(objective, List.of(1.0), 0.25, 0.5, 2);
        assertThat(solution.table().numbers("x")[0]).isCloseTo(0.75, within(ROUNDING));
        assertThat(solution.table().numbers("x")[1]).isCloseTo(0.5, within(ROUNDING));
        assertThat(solution.table().numbers("x")[2]).isCloseTo(0, within(ROUNDING));
        assertThat(solution.outcome()).isInstanceOf(FlowOutcome.Settled.class);
    }

    @Test
    void aKinkHoldsItsCoordinateWhileTheOtherWalksOn() {
        // y from 2 against y + 1 − … to the kink at 0.5, where the slopes are −0.5 and 1.5; x from 1 to the kink at 0
        FlowTrajectory solution = solved("abs(x) + y^2/2 + abs(y - 0.5)", List.of(1.0, 2.0), 1.25, 3);
        assertThat(solution.table().numbers("x")).containsExactly(new double[] {0, 0}, within(1e-9));
        assertThat(solution.table().numbers("y")).containsExactly(new double[] {0.75, 0.5}, within(1e-9));
        assertThat(solution.outcome()).isInstanceOf(FlowOutcome.Settled.class);
    }

    @Test
    void separateCoordinatesStopOneAfterTheOther() {
        FlowTrajectory solution = solved("x^2/2 + 0.005*y^2", List.of(1.0, -3.0), 1, 2, 4);
        assertThat(solution.table().numbers("x")).containsExactly(new double[] {0, 0, 0}, within(ROUNDING));
        assertThat(solution.table().numbers("y")).containsExactly(new double[] {-2, -1, 0}, within(ROUNDING));
        assertThat(solution.outcome().time()).isCloseTo(3, within(ROUNDING));
    }

    /// L = x² + xy/2 + y²/2·…: with H = [[2, ½], [½, 1]] from (1, 0): both gradients are positive, x' = y' = −1 until
    /// g_y = x/2 + y = 0, that is 1 − t = 2t, t = 1/3. There H_yx/H_yy = ½ ≤ 1, so y slides: y = −x/2, y' = ½, and
    /// x goes on to 0 at t = 1, y with it.
    @Test
    void aCoupledCoordinateSlidesAlongTheLineWhereItsGradientVanishes() {
        FlowTrajectory solution = solved("x^2 + x*y/2 + y^2/2", List.of(1.0, 0.0), 0.2, 1.0 / 3, 0.5, 0.8, 1, 1.5);
        assertThat(solution.table().numbers("x"))
                .containsExactly(new double[] {0.8, 2.0 / 3, 0.5, 0.2, 0, 0}, within(ROUNDING));
        assertThat(solution.table().numbers("y"))
                .containsExactly(new double[] {-0.2, -1.0 / 3, -0.25, -0.1, 0, 0}, within(ROUNDING));
        assertThat(solution.outcome()).isInstanceOf(FlowOutcome.Settled.class);
        assertThat(solution.outcome().time()).isCloseTo(1, within(ROUNDING));
    }

    /// H = [[1, 0.9·2], [1.8, 4]]: on g_x = x + 1.8y = 0 sliding would need |x'| = 1.8 > 1, so x crosses; on
    /// g_y = 1.8x + 4y = 0 it needs |y'| = 0.45, so y slides.
    @Test
    void aSurfaceThatMovesFasterThanOneIsCrossedAndASlowOneIsNot() {
        // from (2, -1): g = (0.2, -0.4); x' = -1, y' = 1; g_x' = 0.8 > 0, g_y' = 2.2: g_y = 0 at t = 0.4/2.2
        FlowTrajectory solution = solved("x^2/2 + 1.8*x*y + 2*y^2", List.of(2.0, -1.0), 0.4 / 2.2, 1);
        double t = 0.4 / 2.2;
        assertThat(solution.table().numbers("x")[0]).isCloseTo(2 - t, within(ROUNDING));
        assertThat(solution.table().numbers("y")[0]).isCloseTo(-1 + t, within(ROUNDING));
        assertThat(solution.table().numbers("x")[1]).isCloseTo(1, within(ROUNDING));
        assertThat(solution.table().numbers("y")[1]).isCloseTo(-0.45, within(ROUNDING));
    }

    @Test
    void slidingAlongACurveEndsWhereTheCurveGetsTooSteep() {
        // g_y = 2(y - x^2) = 0 on the parabola, g_x = -4x(y - x^2) + 1 = 1: x' = -1, y' = -2x. From x = 0.4 (|y'| =
        // 0.8) it slides through 0 to x = -0.5, where |y'| = 1, at time 0.9; then y rises at speed 1 below the curve.
        FlowTrajectory solution = solved("(y - x^2)^2 + x", List.of(0.4, 0.16), 0.4, 0.8, 0.9, 1.0);
        assertThat(solution.table().numbers("y")[0]).isCloseTo(0, within(1e-11));
        assertThat(solution.table().numbers("y")[1]).isCloseTo(0.16, within(1e-11));
        assertThat(solution.table().numbers("y")[2]).isCloseTo(0.25, within(1e-11));
        assertThat(solution.table().numbers("x")[3]).isCloseTo(-0.6, within(1e-11));
        assertThat(solution.table().numbers("y")[3]).isCloseTo(0.35, within(1e-11));
    }

    @Test
    void aMaximumFromWhichTwoSolutionsLeaveIsSaidToBeSingular() {
        FlowTrajectory solution = solved("x^4/4 - x^2/2", List.of(0.0), 1);
        assertThat(solution.outcome()).isInstanceOf(FlowOutcome.Singular.class);
        assertThat(solution.outcome().sentence()).contains("several solutions");
    }

    @Test
    void theSmoothedFlowTendsToTheSlidingOneAsItsFloorVanishes() {
        FormulaObjective objective = FormulaObjective.read("x^2 + x*y/2 + y^2/2");
        double before = Double.POSITIVE_INFINITY;
        for (double eps : new double[] {1e-2, 1e-3, 1e-4}) {
            double[] x = new FlowRun(new Flow.SmoothedSign(eps), objective, List.of(1.0, 0.0), ClosedMap.Start.ZERO)
                    .run(0.8)
                    .x();
            double error = Math.hypot(x[0] - 0.2, x[1] + 0.1);
            // first order in eps, with a logarithm; 0.15 leaves room for it
            assertThat(error).isLessThan(0.15 * before);
            before = error;
        }
    }

    @Test
    void aNegativeTimeIsRefused() {
        assertThatThrownBy(() -> solved("x^2", List.of(1.0), -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("time = -1");
    }
}
