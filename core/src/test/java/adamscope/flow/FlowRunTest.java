package adamscope.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.dynamics.ClosedMap;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.RuleReader;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlowRunTest {
    /// Relative error 1e-12 a step, some hundred steps.
    private static final Percentage CLOSE = Percentage.withPercentage(1e-8);

    private static double[] solved(Flow flow, String objective, double x0, double... times) {
        return run(flow, objective, x0, ClosedMap.Start.ZERO, times).table().numbers("x");
    }

    private static FlowTrajectory run(Flow flow, String objective, double x0, ClosedMap.Start start, double... times) {
        return new FlowRun(flow, FormulaObjective.read(objective), List.of(x0), start).run(times);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 6, 8, 10})
    void gradientFlowOnAPowerFollowsItsClosedForm(int k) {
        double[] times = {0.5, 10, 1e3, 1e6};
        double[] x = solved(new Flow.Gradient(), "x^" + k + "/" + k, 1.5, times);
        for (int i = 0; i < times.length; i++) {
            double expected = Math.pow(Math.pow(1.5, 2 - k) + (k - 2) * times[i], -1.0 / (k - 2));
            assertThat(x[i]).isCloseTo(expected, CLOSE);
        }
    }

    @Test
    void theTimeOfGradientFlowToALevelIsTheDifferenceOfTheInversePowers() {
        double hitting = (Math.pow(0.01, -2) - 1) / 2; // k = 4, from 1 to 0.01
        assertThat(solved(new Flow.Gradient(), "x^4/4", 1, hitting)[0]).isCloseTo(0.01, CLOSE);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6, 8})
    void anExponentialScheduleMakesThePowerLawExponential(int k) {
        double growth = 0.7;
        double[] times = {1, 10, 100, 300};
        double[] x = solved(new Flow.Exponential(growth), "x^" + k + "/" + k, 1, times);
        for (int i = 0; i < times.length; i++) {
            double exact = Math.pow(1 + (k - 2) / growth * Math.expm1(growth * times[i]), -1.0 / (k - 2));
            assertThat(x[i]).isCloseTo(exact, CLOSE);
        }
        double constant = Math.pow((k - 2) / growth, -1.0 / (k - 2));
        assertThat(x[3]).isCloseTo(constant * Math.exp(-growth * 300 / (k - 2)), CLOSE);
    }

    @Test
    void anExponentialScheduleOnAParabolaFallsAsAnExponentialOfAnExponential() {
        double growth = 0.5;
        double[] times = {1, 4, 10};
        double[] x = solved(new Flow.Exponential(growth), "x^2/2", 2, times);
        for (int i = 0; i < times.length; i++) {
            assertThat(x[i]).isCloseTo(2 * Math.exp(-Math.expm1(growth * times[i]) / growth), CLOSE);
        }
    }

    /// x'' + (μ − α)x' + μη₀e^{αt}x = 0 has the envelope e^{−(μ/2 − α/4)t}; from the user's own rule of momentum with a
    /// growing rate, in time t (η₀ = 1).
    @Test
    void momentumOnAParabolaWithAnExponentialScheduleHasTheEnvelopeOfTheWkbSolution() {
        OptimizerRule rule = RuleReader.read("own.opt", """
            # Momentum with an exponential schedule.
            optimizer own
            hyper lr = 0.1 in (0, inf) "learning rate" symbol η
            hyper beta1 = 0.9 in [0, 1) "decay" symbol β₁
            hyper factor = 1.05 in (0, inf) "growth" symbol γ
            state m = 0, s = 1
            m <- beta1*m + (1 - beta1)*g
            x <- x - lr*s*m
            s <- factor*s
            """);
        double mu = 0.5;
        double alpha = 0.1;
        Flow flow = new Flow.Limit(rule, Map.of("beta1", mu, "factor", -alpha), Map.of());
        double[] times = FlowRun.evenly(110, 110_001);
        double[] x = solved(flow, "x^2/2", 1, times);
        double early = Math.log(largest(x, 40_000, 50_000));
        double late = Math.log(largest(x, 100_000, 110_000));
        // in a window the maximum lies within half a period of its beginning: e^(0.05·t) fast, so windows compare
        double slope = (late - early) / 60;
        assertThat(slope).isCloseTo(-(mu / 2 - alpha / 4), within(2e-3));
    }

    private static double largest(double[] x, int from, int to) {
        double largest = 0;
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, Math.abs(x[i]));
        }
        return largest;
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6})
    void heavyBallOnAPowerHasThePowerLawOfGradientFlow(int k) {
        double[] x = solved(new Flow.HeavyBall(2), "x^" + k + "/" + k, 1, 3e4);
        // x ~ ((k-2)t)^(-1/(k-2)); the first correction is of relative order ln(t)/t = 3e-4
        assertThat(Math.abs(x[0])).isCloseTo(Math.pow((k - 2) * 3e4, -1.0 / (k - 2)), Percentage.withPercentage(0.1));
    }

    @Test
    void heavyBallOnAParabolaIsTheDampedOscillator() {
        double b = 0.5;
        double omega = Math.sqrt(b - b * b / 4);
        double[] times = {0.3, 2, 20};
        double[] x = solved(new Flow.HeavyBall(b), "x^2/2", 1, times);
        for (int i = 0; i < times.length; i++) {
            double t = times[i]; // x(0) = 1, x'(0) = -m(0) = 0
            double exact = Math.exp(-b * t / 2) * (Math.cos(omega * t) + b / (2 * omega) * Math.sin(omega * t));
            assertThat(x[i]).isCloseTo(exact, within(1e-11));
        }
    }

    @Test
    void rmspropFlowOnAPowerFallsAtTheRateOfTheIterationsTheory() {
        // v ~ e^(-at), x ~ e^(-at/(2(k-2))): the limit of beta2^(t/(2(k-2)))
        double[] x = run(new Flow.Rmsprop(1, 0), "x^4/4", 1, ClosedMap.Start.GRADIENT, 200, 300)
                .table()
                .numbers("x");
        assertThat(Math.log(x[1] / x[0]) / 100).isCloseTo(-0.25, within(1e-8));
    }

    @Test
    void adamFlowFromZeroBeginsWithTheSignOfTheGradient() {
        FormulaObjective objective = FormulaObjective.read("x^2/2 + 50*y^2 + x*y");
        double[] x = new FlowRun(new Flow.Adam(1, 100, 0, true), objective, List.of(1.0, -2.0), ClosedMap.Start.ZERO)
                .run(1e-7)
                .x();
        // g = (-1, -199): both coordinates grow; the second-order change of the direction is below 1e-5 of the way
        assertThat((x[0] - 1) / 1e-7).isCloseTo(1, within(1e-5));
        assertThat((x[1] + 2) / 1e-7).isCloseTo(1, within(1e-5));
    }

    @Test
    void adamFlowFromATinyStartKeepsItsDigits() {
        // On x²/2 with eps = 0 the flow from s·x0 is not scaled, but the first s of it are x' = -1: x(s/2) ≈ s/2
        double s = 1e-9;
        double[] x = solved(new Flow.Adam(1, 1, 0, true), "x^2/2", s, s / 2);
        // m̂ = mean of x over the way so far: 3/4·s, √v̂ = √(7/12)·s at most: between 0.97 and 1 in speed
        assertThat(x[0]).isBetween(0.5 * s, 0.52 * s);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStartWithoutSecondMomentAndWithoutFloorIsRefused(boolean rmsprop) {
        Flow flow = rmsprop ? new Flow.Rmsprop(1, 0) : new Flow.Adam(1, 1, 0, false);
        assertThatThrownBy(() -> solved(flow, "x^2/2", 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no velocity of x")
                .hasMessageContaining("v = 0")
                .hasMessageContaining("division by zero");
    }

    @Test
    void aCoordinateWithoutGradientIsRefusedWhenNothingSetsItsScale() {
        FormulaObjective objective = FormulaObjective.read("x^2/2 + y^2/2");
        FlowRun run = new FlowRun(new Flow.Adam(1, 1, 0, true), objective, List.of(1.0, 0.0), ClosedMap.Start.ZERO);
        assertThatThrownBy(() -> run.run(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no velocity of x, y");
    }

    @Test
    void aStiffFlowStopsAndSaysWhere() {
        // near the minimum the flow relaxes at the rate 1/eps
        FlowTrajectory solution = run(new Flow.Rmsprop(5, 1e-9), "x^2/2", 1, ClosedMap.Start.GRADIENT, 1, 40);
        assertThat(solution.outcome()).isInstanceOf(FlowOutcome.Stiff.class);
        assertThat(solution.outcome().time()).isBetween(1.0, 40.0);
        assertThat(solution.table().rows()).isEqualTo(2);
    }

    @Test
    void aFlowWithoutALowerBoundBlowsUpByName() {
        // x' = x³ from 1 is 1/√(1 − 2t)
        FlowTrajectory solution = run(new Flow.Gradient(), "-x^4/4", 1, ClosedMap.Start.ZERO, 1);
        assertThat(solution.outcome()).isInstanceOf(FlowOutcome.BlewUp.class);
        assertThat(solution.outcome().time()).isCloseTo(0.5, within(1e-9));
        FlowTrajectory slow = run(new Flow.Gradient(), "-x^2/2", 1, ClosedMap.Start.ZERO, 1000);
        assertThat(slow.outcome()).isInstanceOf(FlowOutcome.BlewUp.class);
        assertThat(slow.outcome().time()).isCloseTo(150 * Math.log(10), within(1e-6));
    }

    @Test
    void timesThatAreNegativeOrDoNotIncreaseAreRefused() {
        assertThatThrownBy(() -> solved(new Flow.Gradient(), "x^2", 1, -0.5)).hasMessageContaining("outside [0, inf)");
        assertThatThrownBy(() -> solved(new Flow.Gradient(), "x^2", 1, 1, 1))
                .hasMessageContaining("does not come after");
        assertThatThrownBy(() -> FlowRun.evenly(-2, 10)).hasMessageContaining("time = -2");
    }
}
