package adamscope.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.linear.CountedNormal;
import adamscope.regime.Quantity;
import adamscope.regime.RunLog;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReplayDecisionTest {
    private static final Map<String, Double> ADAM = Map.of("lr", 1e-3, "beta1", 0.9, "beta2", 0.999);

    @Test
    void adviceIsWhatWasTriedAndTheHalvedRateThatRemovesTheRiseComesFirst() {
        Diagnosis lagging = lagging(Map.of());
        assertThat(lagging.leading().orElseThrow().cause()).isEqualTo(Cause.PRECONDITIONER_LAG);
        assertThat(lagging.leading().orElseThrow().advice()).anyMatch(sentence -> sentence.contains("beta2 = 0.99 "));
        EventDiagnosis decided = decided(
                lagging,
                Map.of(
                        Replay.Variation.NOTHING, 1.2,
                        Replay.Variation.V_FLOORED, 1.1,
                        Replay.Variation.BETA2_LOWER, 0.9,
                        Replay.Variation.LR_HALVED, 0.02));
        assertThat(decided.cause()).isEqualTo(Cause.SHARPNESS);
        assertThat(decided.advice().getFirst())
                .startsWith("lr halved from step")
                .contains("leaves 0.0200 of 1.20");
        assertThat(decided.advice())
                .filteredOn(a -> a.contains("beta2"))
                .singleElement()
                .satisfies(
                        a -> assertThat(a).startsWith("of no use in a replay").contains("leaves 0.900 of 1.20"));
        assertThat(suspect(decided, Cause.PRECONDITIONER_LAG)).satisfies(lag -> {
            assertThat(lag.weight()).isLessThanOrEqualTo(0.2);
            assertThat(lag.against().getFirst()).contains("v held at or above", "1.10 of 1.20");
        });
    }

    @Test
    void aLagThatGoesWithVHeldIsConfirmed() {
        EventDiagnosis decided = decided(
                lagging(Map.of()),
                Map.of(
                        Replay.Variation.NOTHING, 1.2,
                        Replay.Variation.V_FLOORED, 0.01,
                        Replay.Variation.BETA2_LOWER, 0.02,
                        Replay.Variation.LR_HALVED, 1.1));
        assertThat(decided.cause()).isEqualTo(Cause.PRECONDITIONER_LAG);
        assertThat(decided.first().weight()).isEqualTo(0.95);
        assertThat(decided.advice().getFirst()).startsWith("beta2 = 0.99 from step");
        assertThat(suspect(decided, Cause.SHARPNESS).weight()).isLessThanOrEqualTo(0.2);
    }

    @Test
    void aReplayThatIsAnotherRunDecidesNothing() {
        Diagnosis lagging = lagging(Map.of());
        assertThat(decided(lagging, Map.of(Replay.Variation.NOTHING, 0.01, Replay.Variation.LR_HALVED, 0.0)))
                .isEqualTo(lagging.leading().orElseThrow());
    }

    @Test
    void whereEveryStepSeesAllOfTheDataNoBatchIsBad() {
        EventDiagnosis one = rise(Map.of(), i -> i == 600 ? 30 : 1);
        assertThat(one.cause()).isEqualTo(Cause.BAD_BATCH);
        EventDiagnosis full = rise(Map.of(Circumstances.BATCH_SHARE, 1.0), i -> i == 600 ? 30 : 1);
        assertThat(full.cause()).isNotEqualTo(Cause.BAD_BATCH);
        assertThat(suspect(full, Cause.BAD_BATCH).weight()).isZero();
        assertThat(full.advice()).noneMatch(sentence -> sentence.contains("data order"));
    }

    private static Suspect suspect(EventDiagnosis diagnosed, Cause cause) {
        return diagnosed.suspects().stream()
                .filter(s -> s.cause() == cause)
                .findFirst()
                .orElseThrow();
    }

    private static EventDiagnosis decided(Diagnosis diagnosis, Map<Replay.Variation, Double> rises) {
        Replay replay = Replay.of(diagnosis.leading().orElseThrow().event(), 500, 700, rises);
        return diagnosis.decidedBy(List.of(replay)).leading().orElseThrow();
    }

    /// v is ten times g² before a climb of 30 rows.
    private static Diagnosis lagging(Map<String, Double> more) {
        return diagnosis(more, i -> i < 600 ? 1 : 1 + Math.pow(1.1, Math.min(30, i - 599)), true);
    }

    private static EventDiagnosis rise(Map<String, Double> more, java.util.function.IntToDoubleFunction factor) {
        return diagnosis(more, factor, false).leading().orElseThrow();
    }

    private static Diagnosis diagnosis(
            Map<String, Double> more, java.util.function.IntToDoubleFunction factor, boolean moments) {
        Map<String, Double> hyper = new java.util.TreeMap<>(ADAM);
        hyper.putAll(more);
        List<Column> columns = new java.util.ArrayList<>(List.of(
                new Column.Integers("step", "", LongStream.range(0, 1000).toArray()),
                new Column.Numbers(
                        Quantity.LOSS,
                        "",
                        IntStream.range(0, 1000)
                                .mapToDouble(i -> factor.applyAsDouble(i) * Math.exp(0.02 * CountedNormal.number(3, i)))
                                .toArray())));
        if (moments) {
            columns.add(new Column.Numbers(
                    Quantity.GRADIENT_NORM,
                    "",
                    IntStream.range(0, 1000).mapToDouble(_ -> 1).toArray()));
            columns.add(new Column.Numbers(
                    Quantity.ROOT_SECOND_MOMENT_NORM,
                    "",
                    IntStream.range(0, 1000)
                            .mapToDouble(i -> 10 * Math.pow(0.999, i / 2.0))
                            .toArray()));
        }
        RunLog log = RunLog.of("made", new Table("made", columns), hyper);
        return Diagnosis.of(log, Circumstances.of(log));
    }
}
