package adamscope.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.linear.CountedNormal;
import adamscope.regime.CurveOutcome;
import adamscope.regime.Quantity;
import adamscope.regime.RunLog;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StartSuspectsTest {
    private static final double NONE = Double.POSITIVE_INFINITY;
    private static final double[] BLOW_UP = {2.3, 2.5, 4, 11, 90, 1e3, 5e5, NONE};

    @Test
    void aLossThatClimbsFromTheFirstStepToNoNumberIsALearningRateThatIsTooHigh() {
        Diagnosis diagnosis = of(
                8,
                Map.of(
                        Quantity.LOSS, i -> BLOW_UP[i],
                        Quantity.GRADIENT_NORM, i -> i == 7 ? Double.NaN : Math.pow(6, i),
                        Quantity.LR, i -> 0.3));
        EventDiagnosis rise = diagnosis.leading().orElseThrow();
        assertThat(rise.cause()).isEqualTo(Cause.LEARNING_RATE);
        assertThat(rise.first().inequality().orElseThrow().measured())
                .isCloseTo(5e5 / 2.3, org.assertj.core.api.Assertions.withinPercentage(1e-9));
        // 6⁶ from step 0 to step 6
        assertThat(rise.first().evidence()).anyMatch(e -> e.contains("×4.67e+04"));
        assertThat(rise.advice()).anyMatch(a -> a.contains("lr at a third, 0.100"));
        assertThat(diagnosis.outcome()).isEqualTo(new CurveOutcome.Diverging(0, true));
    }

    @Test
    void theLossAloneShowsIt() {
        EventDiagnosis rise =
                of(8, Map.of(Quantity.LOSS, i -> BLOW_UP[i])).leading().orElseThrow();
        assertThat(rise.cause()).isEqualTo(Cause.LEARNING_RATE);
        assertThat(rise.first().missing()).contains("‖g‖ of each step");
    }

    @Test
    void aRunThatLearnedBeforeItClimbedDidNotStartTooHigh() {
        Diagnosis diagnosis = of(
                140,
                Map.of(
                        Quantity.LOSS,
                                i -> i < 100
                                        ? 2.3 * Math.exp(-i / 50.0)
                                        : i < 130 ? 0.3 * Math.pow(1.3, i - 100) : NONE,
                        Quantity.GRADIENT_NORM, i -> i < 100 ? 1 : Math.pow(1.3, i - 100)));
        assertThat(diagnosis.events()).noneMatch(e -> e.cause() == Cause.LEARNING_RATE);
        EventDiagnosis rise = diagnosis.leading().orElseThrow();
        assertThat(rise.event().onset()).isBetween(100L, 104L);
        assertThat(diagnosis.events().getLast().endOf()).hasValue(rise.event().onset());
        assertThat(rise.advice().getFirst()).contains("no single batch", "lr at a third");
    }

    @Test
    void aRunThatWasResumedHasNoStartToBlame() {
        RunLog log = log(8, 5000, Map.of(Quantity.LOSS, i -> BLOW_UP[i]));
        assertThat(Diagnosis.of(log, Circumstances.of(log))
                        .leading()
                        .orElseThrow()
                        .cause())
                .isNotEqualTo(Cause.LEARNING_RATE);
    }

    @Test
    void aGradientThatIsNoNumberAStepBeforeTheLossIsNamedWithItsBatch() {
        EventDiagnosis rise = of(
                        130,
                        Map.of(
                                Quantity.LOSS, i -> i <= 100 ? noisy(i) : NONE,
                                Quantity.GRADIENT_NORM, i -> i < 100 ? noisy(i) : Double.NaN))
                .leading()
                .orElseThrow();
        assertThat(rise.cause()).isEqualTo(Cause.NAN_GRADIENT);
        assertThat(rise.first().evidence().getFirst()).contains("at step 100, 1 row before the loss");
        assertThat(rise.advice()).anyMatch(a -> a.contains("0/0")).anyMatch(a -> a.contains("batch of step 100"));
    }

    @Test
    void aGradientThatIsNoNumberWithTheLossDidNotComeFirst() {
        EventDiagnosis rise = of(
                        130,
                        Map.of(
                                Quantity.LOSS, i -> i < 100 ? noisy(i) : NONE,
                                Quantity.GRADIENT_NORM, i -> i < 100 ? noisy(i) : Double.NaN))
                .leading()
                .orElseThrow();
        assertThat(rise.cause()).isNotEqualTo(Cause.NAN_GRADIENT);
        assertThat(rise.moved()).singleElement().satisfies(move -> {
            assertThat(move.rows()).isZero();
            assertThat(move.factor()).isInfinite();
        });
    }

    @Test
    void anAlarmWithinARiseWarnsOfNoLaterOne() {
        // The gradient leaves its level at 112, after the loss began to climb at 101 and before it is no number.
        Diagnosis diagnosis = of(
                140,
                Map.of(
                        Quantity.LOSS, i -> i < 101 ? noisy(i) : i < 130 ? 2 * Math.pow(1.3, i - 100) : NONE,
                        Quantity.GRADIENT_NORM, i -> noisy(i) * (i < 112 ? 1 : 50)));
        EarlyWarning warning = diagnosis.warning();
        assertThat(warning.alarms()).isNotEmpty();
        assertThat(diagnosis.events()).allMatch(e -> diagnosis.lead(warning, e).isEmpty());
    }

    private static Diagnosis of(int rows, Map<String, IntToDoubleFunction> quantities) {
        RunLog log = log(rows, 0, quantities);
        return Diagnosis.of(log, Circumstances.of(log));
    }

    private static RunLog log(int rows, long from, Map<String, IntToDoubleFunction> quantities) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column.Integers(
                "step", "", LongStream.range(from, from + rows).toArray()));
        new TreeMap<>(quantities)
                .forEach((name, value) -> columns.add(new Column.Numbers(
                        name, "", IntStream.range(0, rows).mapToDouble(value).toArray())));
        return RunLog.of("made", new Table("made", columns), Map.of("lr", 1e-3, "beta1", 0.9, "beta2", 0.999));
    }

    private static double noisy(int i) {
        return 2 * Math.exp(0.02 * CountedNormal.number(3, i));
    }
}
