package adamscope.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.dynamics.ClosedMap;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunningPowerTest {
    @Test
    void aRunDoesNotLeaveDoubleBecauseItsBiasCorrectionHasDiedOut() {
        // 0.5^t is subnormal from step 1023 on, while x, m and v stay near the two-cycle of size lr
        Recurrence map = ClosedMap.of(Catalogue.shipped("adam"), FormulaObjective.read("x^2/2"), ClosedMap.Start.ZERO);
        TileResult result = TileRun.of(map, Map.of("lr", 0.01, "beta1", 0.5, "eps", 0.0), Arithmetic.DOUBLE, 3000, 50)
                .run(Map.of("x", new double[] {1}, "beta2", new double[] {0.5}), () -> false);
        assertThat(result.leftDoubleAt()[0]).isEqualTo(-1);
    }
}
