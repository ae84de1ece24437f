package adamscope.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.linear.CountedNormal;
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

/// What is said of a rise rests on the rows around it.
class SupportedSentencesTest {
    private static final int ROWS = 700;
    private static final int AT = 600;

    @Test
    void aClimbOverRowsIsNoRiseWithinOneStep() {
        // ×1.25 a row first, then ×1.9: the onset is late, the climb is not.
        EventDiagnosis rise = leading(1, Map.of(Quantity.LOSS, i -> noisy(i) * climb(i)));
        assertThat(rise.advice()).anyMatch(sentence -> sentence.contains("which no single batch does"));
        assertThat(rise.suspects().stream()
                        .filter(suspect -> suspect.cause() == Cause.BAD_BATCH)
                        .flatMap(suspect -> suspect.evidence().stream()))
                .noneMatch(sentence -> sentence.contains("within one step"));
    }

    @Test
    void aJumpOfOneRowAfterTwoSlightlyHigherOnesIsNoClimb() {
        EventDiagnosis rise = leading(
                100, Map.of(Quantity.LOSS, i -> i == AT - 2 ? 2.02 : i == AT - 1 ? 2.05 : i == AT ? 200 : noisy(i)));
        assertThat(rise.event().onset()).isEqualTo(100L * AT);
        assertThat(rise.advice()).noneMatch(sentence -> sentence.contains("no single batch"));
    }

    @Test
    void aScheduleThatLowersLrMovedNothing() {
        EventDiagnosis rise = leading(
                1,
                Map.of(
                        Quantity.LOSS, i -> i < AT ? noisy(i) : Double.NaN,
                        Quantity.LR, i -> 1e-3 * (1 - i / (double) ROWS)));
        assertThat(rise.moved()).noneMatch(move -> move.quantity().equals(Quantity.LR));
        assertThat(rise.advice()).noneMatch(sentence -> sentence.contains("(lr)"));
    }

    @Test
    void rowsBetweenWhichStepsLieNameTheirBatches() {
        EventDiagnosis rise =
                leading(10, Map.of(Quantity.LOSS, i -> i < AT ? noisy(i) : Double.NaN, Quantity.LR, _ -> 1e-3));
        assertThat(rise.advice())
                .anyMatch(sentence -> sentence.contains("the batches after step 5990, up to step 6000"));
    }

    @Test
    void aGradientThatRisesOnTheWayToThePeakDidLeaveItsLevelWithTheLoss() {
        EventDiagnosis rise = leading(
                1,
                Map.of(
                        Quantity.LOSS, i -> noisy(i) * (i >= AT && i < AT + 6 ? 1 + i - AT + 0.5 : 1),
                        Quantity.GRADIENT_NORM, i -> noisy(i) * (i > AT + 1 && i < AT + 6 ? 4 : 1)));
        assertThat(rise.advice()).noneMatch(sentence -> sentence.contains("or with it"));
    }

    @Test
    void aRowOfOtherQuantitiesIsNoRowOfTheLoss() {
        EventDiagnosis rise = leading(
                1,
                Map.of(
                        Quantity.LOSS, i -> i % 10 != 0 ? Double.NaN : noisy(i) * (i >= AT && i < AT + 30 ? 9 : 1),
                        Quantity.VALIDATION_LOSS, i -> i % 10 == 7 ? 2 : Double.NaN));
        assertThat(rise.signs().rowSteps()).isEqualTo(10);
        long onset = rise.event().onset();
        assertThat(rise.advice()).anyMatch(sentence -> sentence.contains("at steps " + (onset - 10) + " and " + onset));
    }

    @Test
    void whatARiseThatDidNotEndIsKnownToLastTo() {
        EventDiagnosis last = leading(1, Map.of(Quantity.LOSS, i -> noisy(i) * (i == ROWS - 1 ? 9 : 1)));
        assertThat(last.until()).isEqualTo(last.event().peak()).isEqualTo(ROWS - 1);
        EventDiagnosis stays = leading(1, Map.of(Quantity.LOSS, i -> noisy(i) * (i >= AT ? 9 : 1)));
        assertThat(stays.until()).isEqualTo(ROWS - 1);
    }

    @Test
    void aScheduleThatStartsAnewExplainsTheRiseAtItsStep() {
        // cosine from 1e-3 to 1e-5, again from AT on
        EventDiagnosis rise = leading(
                1,
                Map.of(
                        Quantity.LOSS, i -> noisy(i) * (i >= AT ? 1 + 0.6 * Math.exp((AT - i) / 30.0) : 1),
                        Quantity.LR, i -> 1e-5 + 1e-3 * (1 + Math.cos(Math.PI * (i % 300) / 300)) / 2));
        assertThat(rise.cause()).isEqualTo(Cause.SCHEDULE);
        // 13 rows before the onset lr was 1.47e-5
        assertThat(Math.pow(10, rise.signs().lrRise())).isBetween(60.0, 101.0);
    }

    @Test
    void oneLossWithoutANumberInAnUnknownFormatIsNoOverflow() {
        EventDiagnosis rise = leading(1, Map.of(Quantity.LOSS, i -> i == AT ? Double.POSITIVE_INFINITY : noisy(i)));
        assertThat(rise.cause()).isEqualTo(Cause.OTHER);
        assertThat(rise.suspects().stream().flatMap(suspect -> suspect.evidence().stream()))
                .noneMatch(sentence -> sentence.contains("overflow"));
    }

    private static double climb(int i) {
        double[] rows = {1.25, 1.6, 2.5, 4.8, 9, 4, 1.2};
        return i >= AT && i < AT + rows.length ? rows[i - AT] : 1;
    }

    private static EventDiagnosis leading(int apart, Map<String, IntToDoubleFunction> quantities) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column.Integers(
                Quantity.STEP, "", LongStream.range(0, ROWS).map(i -> i * apart).toArray()));
        new TreeMap<>(quantities)
                .forEach((name, values) -> columns.add(new Column.Numbers(
                        name, "", IntStream.range(0, ROWS).mapToDouble(values).toArray())));
        RunLog log = RunLog.of("made", new Table("made", columns), Map.of());
        return Diagnosis.of(log, Circumstances.of(log)).leading().orElseThrow();
    }

    private static double noisy(int i) {
        return 2 * Math.exp(0.02 * CountedNormal.number(3, i));
    }
}
