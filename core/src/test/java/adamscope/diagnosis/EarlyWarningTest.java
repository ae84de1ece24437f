package adamscope.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.linear.CountedNormal;
import adamscope.regime.Quantity;
import adamscope.regime.RunLog;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EarlyWarningTest {

    @Test
    void stepsThatGrowRaiseAnAlarmFromTheirPastAlone() {
        RunLog log = log(Quantity.STEP_NORM, i -> Math.exp(0.1 * CountedNormal.number(1, i)) * (i < 500 ? 1 : 10));
        double[] scores = EarlyWarning.scores(log, Circumstances.of(log));
        assertThat(EarlyWarning.alarms(scores)).startsWith(500);
    }

    @Test
    void noiseAndASlowDriftRaiseNone() {
        RunLog log = log(Quantity.STEP_NORM, i -> Math.exp(0.3 * CountedNormal.number(1, i) - i * 1e-3));
        assertThat(EarlyWarning.alarms(EarlyWarning.scores(log, Circumstances.of(log))))
                .isEmpty();
    }

    @Test
    void theScoreIsTheShareOfTheThresholdWhereCurvatureIsMeasured() {
        RunLog log = log(Quantity.PRECONDITIONED_SHARPNESS, i -> 19_000);
        // 1e-3 · 19,000 = 19, half of 38
        assertThat(EarlyWarning.scores(log, Circumstances.of(log))[900])
                .isCloseTo(0.5, org.assertj.core.api.Assertions.within(1e-12));
    }

    private static RunLog log(String quantity, IntToDoubleFunction value) {
        return RunLog.of(
                "made",
                new Table(
                        "made",
                        List.of(
                                new Column.Integers(
                                        "step", "", LongStream.range(0, 1000).toArray()),
                                new Column.Numbers(
                                        quantity,
                                        "",
                                        IntStream.range(0, 1000)
                                                .mapToDouble(value)
                                                .toArray()))),
                Map.of("lr", 1e-3, "beta1", 0.9, "beta2", 0.999));
    }
}
