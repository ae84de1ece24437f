package adamscope.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SteppedRuleTest {

    @Test
    void onTheGradientsOfAFormulaItGivesTheBitsOfASimulation() {
        Map<String, Double> values = Map.of("beta2", 0.93, "eps", 0.0);
        Trajectory simulated = new SingleRun(
                        new Iteration(
                                Catalogue.shipped("adam"),
                                FormulaObjective.read("x^4/4 + y^2/2"),
                                values,
                                List.of(1.0, -0.5),
                                ClosedMap.Start.ZERO,
                                Arithmetic.DOUBLE),
                        500,
                        1)
                .run();
        SteppedRule stepped = SteppedRule.start(Catalogue.shipped("adam"), new double[] {1, -0.5}, values);
        for (int t = 0; t < 500; t++) {
            double x = stepped.x()[0];
            stepped.advance(new double[] {x * x * x, stepped.x()[1]});
        }
        assertThat(stepped.x()).containsExactly(simulated.x());
    }

    @Test
    void aHyperParameterMayChangeBetweenSteps() {
        SteppedRule stepped = SteppedRule.start(Catalogue.shipped("gd"), new double[] {1}, Map.of("lr", 0.5));
        stepped.advance(new double[] {1});
        stepped.set("lr", 0.25);
        stepped.advance(new double[] {1});
        assertThat(stepped.x()).containsExactly(0.25);
    }

    @Test
    void aRuleWithANormIsRefused() {
        assertThatThrownBy(() -> SteppedRule.start(Catalogue.shipped("adafactor"), new double[] {1}, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("over coordinates");
    }
}
