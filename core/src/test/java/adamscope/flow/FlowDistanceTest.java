package adamscope.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.dynamics.ClosedMap;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlowDistanceTest {
    private static final double[] LRS = {4e-3, 2e-3, 1e-3, 5e-4};

    private static FlowDistance.Course course(ClosedMap.Start start) {
        FormulaObjective coupled = FormulaObjective.read("x^2 + x*y/2 + y^2/2");
        return new FlowDistance.Course(coupled, List.of(1.0, -1.0), start, 0.5);
    }

    @Test
    void adamFollowsItsFlowToFirstOrder() {
        FlowDistance distance =
                FlowDistance.alongRates(new Flow.Adam(1, 20, 1e-8, true), course(ClosedMap.Start.ZERO), LRS);
        // Euler's method has order 1; corrections of relative order lr·b = 0.01 to 0.08
        assertThat(distance.order()).isCloseTo(1, within(0.05));
        assertThat(distance.rows().getLast().distance()).isLessThan(5e-3);
    }

    @Test
    void rmspropFollowsItsFlowToFirstOrderFromAWarmStart() {
        FlowDistance distance = FlowDistance.alongRates(new Flow.Rmsprop(2, 0), course(ClosedMap.Start.GRADIENT), LRS);
        assertThat(distance.order()).isCloseTo(1, within(0.02));
    }

    @Test
    void rmspropFromNoSecondMomentConvergesSlowerThanFirstOrder() {
        // x' ~ (a·t)^(-1/2) at 0: an independent program measured orders 0.59 to 0.65
        FlowDistance distance =
                FlowDistance.alongRates(new Flow.Rmsprop(1, 1e-3), course(ClosedMap.Start.ZERO), 1e-2, 1e-3, 1e-4);
        assertThat(distance.order()).isBetween(0.5, 0.75);
    }

    @Test
    void atFixedDecaysRmspropTendsToTheSmoothedSignFlow() {
        FlowDistance distance = FlowDistance.atFixedDecays(
                Catalogue.shipped("rmsprop"),
                Map.of("beta2", 0.9, "eps", 0.1),
                new Flow.SmoothedSign(0.1),
                course(ClosedMap.Start.ZERO),
                LRS);
        // an independent program measured orders 0.97 to 1.00
        assertThat(distance.order()).isBetween(0.9, 1.1);
    }

    @Test
    void atFixedDecaysAdamTendsToTheSmoothedSignFlow() {
        FlowDistance distance = FlowDistance.atFixedDecays(
                Catalogue.shipped("adam"),
                Map.of("beta1", 0.9, "beta2", 0.9, "eps", 0.1),
                new Flow.SmoothedSign(0.1),
                course(ClosedMap.Start.ZERO),
                LRS);
        // an independent program saw the order rise to 0.92
        assertThat(distance.order()).isBetween(0.7, 1.1);
    }

    @Test
    void aLearningRateTooLargeForTheRateIsRefused() {
        assertThatThrownBy(() ->
                        FlowDistance.alongRates(new Flow.Adam(1, 100, 0, true), course(ClosedMap.Start.ZERO), 0.02))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("beta1 = 1 - 100*0.02 = -1 is negative")
                .hasMessageContaining("lr has to be at most 0.01");
    }

    @Test
    void signFlowIsNoLimitAlongRates() {
        assertThatThrownBy(() -> FlowDistance.alongRates(new Flow.Sign(), course(ClosedMap.Start.ZERO), 0.02))
                .hasMessageContaining("fixed decays");
    }
}
