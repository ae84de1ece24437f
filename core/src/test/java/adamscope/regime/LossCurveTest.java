package adamscope.regime;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.table.Column;
import adamscope.table.Table;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LossCurveTest {
    private static final int ROWS = 300;

    @Test
    void aLastRowWithoutLossAndLearningRateIsASummary() {
        LossCurve curve = curve(i -> i < ROWS - 1 ? 2 : Double.NaN, i -> i < ROWS - 1 ? 1e-3 : Double.NaN);
        assertThat(curve.broken()).isEmpty();
    }

    @Test
    void aLossThatEndsWhileTheLearningRateGoesOnCeasedToBeANumber() {
        LossCurve curve = curve(i -> i < 250 ? 2 : Double.NaN, i -> 1e-3);
        assertThat(curve.broken()).hasSize(50);
        assertThat(curve.broken()[0]).isEqualTo(250);
    }

    @Test
    void anEvaluationAfterTheLastStepIsNoLossWithoutNumber() {
        RunLog log = log(Map.of(
                Quantity.LOSS, i -> i < ROWS - 1 ? 2 : Double.NaN,
                Quantity.VALIDATION_LOSS, i -> i % 50 == 0 || i == ROWS - 1 ? 2.1 : Double.NaN));
        assertThat(LossCurve.of(log).broken()).isEmpty();
    }

    @Test
    void anInfiniteLastLossIsBrokenWhateverStandsBesideIt() {
        LossCurve curve = curve(i -> i < ROWS - 1 ? 2 : Double.POSITIVE_INFINITY, i -> Double.NaN);
        assertThat(curve.broken()).containsExactly(ROWS - 1);
    }

    private static LossCurve curve(IntToDoubleFunction loss, IntToDoubleFunction lr) {
        return LossCurve.of(log(Map.of(Quantity.LOSS, loss, Quantity.LR, lr)));
    }

    private static RunLog log(Map<String, IntToDoubleFunction> columns) {
        List<Column> all = new java.util.ArrayList<>();
        all.add(new Column.Integers(
                Quantity.STEP, "steps", LongStream.range(0, ROWS).toArray()));
        columns.forEach((name, values) -> all.add(new Column.Numbers(
                name, "", IntStream.range(0, ROWS).mapToDouble(values).toArray())));
        return RunLog.of("run", new Table("run", all), Map.of());
    }
}
