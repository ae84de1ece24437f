package adamscope.regime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adamscope.table.Column;
import adamscope.table.Table;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunLogTest {

    @Test
    void stepsMustIncrease() {
        assertThatThrownBy(() -> log(new long[] {1, 3, 3}, new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("run r: step 3 follows step 3; steps must increase");
    }

    @Test
    void aColumnWithoutAnyNumberCountsAsAbsent() {
        assertThat(log(new long[] {1, 2}, new double[] {Double.NaN, Double.NaN}).has(Quantity.LOSS))
                .isFalse();
        assertThat(log(new long[] {1, 2}, new double[] {Double.NaN, 2}).has(Quantity.LOSS))
                .isTrue();
    }

    @Test
    void percentilesAreNamedAsTheTrainingNamesThem() {
        assertThat(Quantity.couplingRatio(1)).isEqualTo("couplingRatio01");
        assertThat(Quantity.ALL).contains("couplingRatio99", "stepRatio50");
    }

    private static RunLog log(long[] steps, double[] loss) {
        return RunLog.of(
                "r",
                new Table(
                        "t",
                        List.of(
                                new Column.Integers("step", "steps", steps),
                                new Column.Numbers(Quantity.LOSS, "", loss))),
                Map.of());
    }
}
