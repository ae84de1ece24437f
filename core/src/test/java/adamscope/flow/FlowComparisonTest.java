package adamscope.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import adamscope.dynamics.ClosedMap;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.table.Table;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlowComparisonTest {
    @Test
    void theLossOfAFlowIsMeasuredFromTheMinimumAsThatOfTheIteration() {
        Table table = new FlowComparison(
                        Catalogue.shipped("gd"),
                        Map.of("lr", 0.01),
                        FormulaObjective.read("x^2/2 - 7"),
                        List.of(1.0),
                        ClosedMap.Start.ZERO,
                        4,
                        5,
                        List.of(FlowKind.GRADIENT))
                .run()
                .table();
        double[] flow = table.numbers("log10Loss[gradient]");
        double[] iteration = table.numbers("log10Loss[iteration]");
        // x = e^(−t) and (1 − lr)^step
        assertThat(flow[flow.length - 1]).isCloseTo(Math.log10(Math.exp(-8) / 2), within(1e-8));
        assertThat(iteration[flow.length - 1]).isCloseTo(Math.log10(Math.pow(0.99, 800) / 2), within(1e-10));
    }
}
