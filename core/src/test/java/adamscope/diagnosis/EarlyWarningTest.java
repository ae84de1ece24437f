package adamscope.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.linear.CountedNormal;
import adamscope.regime.Quantity;
import adamscope.regime.RunLog;
import adamscope.regime.SpikeEvent;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EarlyWarningTest {

    @Test
    void stepsThatGrowRaiseAnAlarmFromTheirPastAlone() {
        RunLog log = log(Quantity.STEP_NORM, i -> Math.exp(0.1 * CountedNormal.number(1, i)) * (i < 500 ? 1 : 10));
        EarlyWarning warning = EarlyWarning.of(log, Circumstances.of(log));
        assertThat(warning.alarms()).startsWith(500);
        assertThat(warning.source(500)).isEqualTo(Quantity.STEP_NORM);
        // an onset at 530 was announced 30 steps before; an alarm at the onset itself is none
        assertThat(warning.lead(onset(530))).hasValue(30);
        assertThat(warning.lead(onset(500))).isEmpty();
    }

    @Test
    void noiseAndASlowDriftRaiseNone() {
        RunLog log = log(Quantity.STEP_NORM, i -> Math.exp(0.3 * CountedNormal.number(1, i) - i * 1e-3));
        assertThat(EarlyWarning.of(log, Circumstances.of(log)).alarms()).isEmpty();
    }

    @Test
    void theScoreIsTheShareOfTheThresholdWhereCurvatureIsMeasured() {
        RunLog log = log(Quantity.PRECONDITIONED_SHARPNESS, i -> 19_000);
        // 1e-3 · 19,000 = 19, half of 38
        assertThat(EarlyWarning.of(log, Circumstances.of(log)).scores()[900])
                .isCloseTo(0.5, org.assertj.core.api.Assertions.within(1e-12));
    }

    private static SpikeEvent onset(long step) {
        return new SpikeEvent(step, step, OptionalLong.empty(), 1, 1, 0);
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
