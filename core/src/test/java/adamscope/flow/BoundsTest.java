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

class BoundsTest {
    @ParameterizedTest
    @ValueSource(doubles = {1e-3, 0.25, 1, 7, 1e4})
    void onAParabolaTheTimeBoundOfSignFlowIsExactForEveryCurvature(double e) {
        double x0 = 1.3;
        SignFlowBound bound = new SignFlowBound(4 * e, e * x0 * x0);
        FlowTrajectory solution = sign(FormulaObjective.read(e + "*x^2"), List.of(x0), 0.4, 2);
        assertThat(bound.latestEnd()).isCloseTo(x0, within(1e-14));
        assertThat(solution.outcome().time()).isCloseTo(x0, within(1e-12));
        double measured = Math.pow(10, solution.table().numbers("log10Loss")[0]);
        assertThat(bound.gapAt(0.4)).isCloseTo(measured, within(1e-11 * measured));
    }

    @Test
    void inTwoDimensionsTheTimeBoundOfSignFlowCanBeTenTimesTooLong() {
        SignFlowBound bound = new SignFlowBound(0.02, 0.505);
        FlowTrajectory solution =
                sign(FormulaObjective.read("x^2/2 + 0.005*y^2"), List.of(1.0, 1.0), FlowRun.evenly(2, 41));
        assertThat(bound.latestEnd()).isCloseTo(10.05, within(0.001));
        assertThat(solution.outcome().time()).isCloseTo(1, within(1e-12));
        double[] times = solution.table().numbers("time");
        double[] gaps = solution.table().numbers("log10Loss");
        for (int row = 0; row < times.length; row++) {
            assertThat(Math.pow(10, gaps[row])).isLessThanOrEqualTo(bound.gapAt(times[row]) * (1 + 1e-12));
        }
    }

    private static FlowTrajectory sign(FormulaObjective objective, List<Double> x0, double... times) {
        return new FlowRun(new Flow.Sign(), objective, x0, ClosedMap.Start.ZERO).run(times);
    }

    /// x²/2 + 2y²: L = 4, gradient (1, −4) at (1, −1), M = 4.2 covers the way up to the end of the bound.
    @Test
    void nearTimeZeroAdamFlowIsWithinItsDistanceFromSignFlow() {
        FormulaObjective objective = FormulaObjective.read("x^2/2 + 2*y^2");
        EarlySignBound bound = new EarlySignBound(4.2, 4, 0.99, 2);
        double last = bound.validUntil();
        double[] times = {last / 100, last / 10, last};
        double[] measured = EarlySignBound.measured(1, 100, objective, List.of(1.0, -1.0), times);
        for (int i = 0; i < times.length; i++) {
            // true, and loose by many orders of magnitude
            assertThat(measured[i]).isPositive().isLessThan(1e-4 * bound.at(times[i]));
        }
        // x' + sign(g) is of first order in time: m̂ lags by half of the way of g, √v̂ by as much, they cancel to
        // first order when both average evenly; what is left is of first order in (b − a)·t²·… : second order
        assertThat(measured[2] / measured[1]).isCloseTo(100, within(5.0));
    }

    @Test
    void theBoundOfTheIterationIsTheBestOverItsMemory() {
        IterationBound bound = new IterationBound(3, 2, 0.5, 0.81, 1.5);
        assertThat(bound.exponent()).isEqualTo(12);
        assertThat(bound.printedExponent()).isEqualTo(6);
        // K = 4 by hand: 2·0.01·4·3/0.5 + 3·√0.04/(2·√0.5) + 3·0.81²/2
        double byHand = 0.48 + 0.6 / Math.sqrt(2) + 0.98415;
        assertThat(bound.factor(0.01, 4)).isCloseTo(byHand, within(1e-14));
        for (long memory = 1; memory < 200; memory++) {
            assertThat(bound.smallestFactor(1e-4)).isLessThanOrEqualTo(bound.factor(1e-4, memory));
        }
        assertThat(bound.log(1e-4)).isCloseTo(12 + Math.log(bound.smallestFactor(1e-4)), within(1e-13));
        assertThatThrownBy(() -> bound.log(0)).hasMessageContaining("lr = 0");
    }

    @Test
    void theBoundSaysWhereItEnds() {
        EarlySignBound bound = new EarlySignBound(4.2, 4, 0.99, 2);
        assertThatThrownBy(() -> bound.at(2 * bound.validUntil())).hasMessageContaining("is outside (0, ");
        assertThatThrownBy(() -> new SignFlowBound(0, 1)).hasMessageContaining("mu = 0");
    }
}
