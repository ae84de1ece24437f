package adamscope.regime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CrossingTest {
    @Test
    void crossingsLieBetweenTheReadingsAroundThemAndGapsArePassedOver() {
        double[] steps = {0, 10, 20, 30, 40, 50};
        double[] values = {0, 2, Double.NaN, 4, 2, 3};
        assertThat(Crossing.of(steps, values, 3))
                .containsExactly(
                        new Crossing(20, true), // from (10, 2) to (30, 4)
                        new Crossing(35, false),
                        new Crossing(50, true)); // at the level counts as above
        assertThat(Crossing.of(steps, values, 9)).isEmpty();
        assertThat(Crossing.of(new double[0], new double[0], 1)).isEmpty();
    }
}
