package adamscope.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.linear.CountedNormal;
import adamscope.optimizer.Catalogue;
import adamscope.regime.CurveOutcome;
import adamscope.regime.Quantity;
import adamscope.regime.RunLog;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiagnosisTest {
    private static final int ROWS = 1000;
    private static final int AT = 600;
    private static final Map<String, Double> ADAM = Map.of("lr", 1e-3, "beta1", 0.9, "beta2", 0.999, "eps", 1e-8);

    @Test
    void aLearningRateThatJumpsBeforeTheLossDoesIsTheFirstSuspect() {
        Diagnosis diagnosis = of(Map.of(
                Quantity.LOSS, i -> noisy(i) * (i >= AT + 3 && i < AT + 60 ? 8 : 1),
                Quantity.LR, i -> i < AT ? 1e-3 : 2e-2));
        EventDiagnosis rise = diagnosis.leading().orElseThrow();
        assertThat(rise.cause()).isEqualTo(Cause.SCHEDULE);
        // a logarithm and back
        assertThat(rise.first().inequality().orElseThrow().measured())
                .isCloseTo(20, org.assertj.core.api.Assertions.within(1e-12));
        assertThat(rise.advice().getFirst()).contains("20.0 times").contains("2000 steps");
    }

    @Test
    void oneStrangeRowOutOfCalmStepsIsABadBatch() {
        Diagnosis diagnosis = of(Map.of(
                Quantity.LOSS, i -> noisy(i) * (i == AT ? 30 : 1),
                Quantity.GRADIENT_NORM, i -> noisy(i) * (i == AT ? 12 : 1),
                Quantity.STEP_NORM, i -> 1e-3 * noisy(i)));
        EventDiagnosis rise = diagnosis.leading().orElseThrow();
        assertThat(rise.event().onset()).isEqualTo(AT);
        assertThat(rise.cause()).isEqualTo(Cause.BAD_BATCH);
        assertThat(rise.advice()).anyMatch(sentence -> sentence.contains("step 600"));
    }

    @Test
    void aFewRowsCutOutOfALogDoNotShowThatABatchWasUnlikeTheOthers() {
        double[] loss = {2.2, 2.22, 2.6, 2.24, 2.35, 5.1, 3.5, 3.2, 2.8, 2.2, 2.23};
        double[] norm = {0.24, 0.95, 2.4, 16, 145, 960, 353, 379, 650, 0.27, 0.2};
        List<Column> columns = List.of(
                new Column.Integers(
                        Quantity.STEP, "steps", LongStream.range(31214, 31225).toArray()),
                new Column.Numbers(Quantity.LOSS, "", loss),
                new Column.Numbers(Quantity.GRADIENT_NORM, "", norm));
        RunLog log = RunLog.of("excerpt", new Table("excerpt", columns), Map.of());
        EventDiagnosis rise = Diagnosis.of(log, Circumstances.of(log)).leading().orElseThrow();
        assertThat(rise.event().onset()).isEqualTo(31219);
        assertThat(rise.cause()).isNotEqualTo(Cause.BAD_BATCH);
    }

    @Test
    void aSecondMomentBelowWhatTheLastGradientGivesItIsTheNumberFormat() {
        // v = β₂v + (1−β₂)g² ≥ (1−β₂)g², so ‖√v‖²/‖g‖² ≥ 1e-3 in exact arithmetic.
        Diagnosis diagnosis = of(Map.of(
                Quantity.LOSS, i -> noisy(i) * (i >= AT && i < AT + 40 ? 20 : 1),
                Quantity.GRADIENT_NORM, i -> 1,
                Quantity.ROOT_SECOND_MOMENT_NORM, i -> i < AT - 5 ? 1 : 1e-3));
        Suspect first = diagnosis.leading().orElseThrow().first();
        assertThat(first.cause()).isEqualTo(Cause.PRECISION);
        // 1e-6 / 1e-3
        assertThat(first.inequality().orElseThrow().measured())
                .isCloseTo(1e-3, org.assertj.core.api.Assertions.within(1e-12));
    }

    /// Also where β₂ is not known: none in use lets √v fall to 0.03·√0.001/0.1 = 0.0095 in a step.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSecondMomentThatFallsFasterThanItsDecayAndFillsAgainWasNotRestored(boolean known) {
        Map<String, IntToDoubleFunction> quantities = Map.of(
                Quantity.LOSS, i -> noisy(i) * (i >= AT && i < AT + 30 ? 20 : 1),
                Quantity.GRADIENT_NORM, i -> 0.03,
                // from 0 at AT − 1: v = (1 − β₂^n)·g²
                Quantity.ROOT_SECOND_MOMENT_NORM,
                        i -> i < AT - 1 ? 0.1 : 0.03 * Math.sqrt(1 - Math.pow(0.999, i - AT + 2)));
        Diagnosis diagnosis = of(quantities, known ? ADAM : Map.of());
        Suspect first = diagnosis.leading().orElseThrow().first();
        assertThat(first.cause()).isEqualTo(Cause.OPTIMIZER_STATE);
        assertThat(first.inequality().orElseThrow().holds()).isTrue();
        assertThat(first.evidence().getFirst()).contains(known ? "beta2 allows 0.9995" : "beta2 = 0.5 allows 0.7071");
    }

    @Test
    void aGradientThatGrewWithVBehindItBeforeTheLossRoseIsCurvatureThatOutgrewTheStep() {
        // ‖g‖ grows by 1 % a row for 200 rows; v follows from it and lags below g², so the steps became smaller
        Diagnosis diagnosis = of(Map.of(
                Quantity.LOSS, i -> noisy(i) * (i >= AT && i < AT + 6 ? Math.pow(1.6, i - AT + 1) : 1),
                Quantity.LR, i -> 1e-3,
                Quantity.GRADIENT_NORM, i -> noisy(i) * Math.exp(0.01 * Math.clamp(i - AT + 200, 0, 205))));
        EventDiagnosis rise = diagnosis.leading().orElseThrow();
        assertThat(rise.cause()).isEqualTo(Cause.SHARPNESS);
        assertThat(rise.first().evidence()).anyMatch(e -> e.contains("only a curvature that grew faster"));
    }

    @Test
    void aLossThatIsBackAtItsFirstValueAndFallsAgainWasStartedFromScratch() {
        Diagnosis diagnosis = of(Map.of(Quantity.LOSS, i -> noisy(i) * Math.pow(10, -(i % AT) / 200.0)));
        EventDiagnosis rise = diagnosis.leading().orElseThrow();
        assertThat(rise.event().onset()).isEqualTo(AT);
        assertThat(rise.cause()).isEqualTo(Cause.RESTART);
    }

    @Test
    void aRestartThatStaysLongerOnTheFirstPlateauIsOneToo() {
        Diagnosis diagnosis = of(Map.of(
                Quantity.LOSS, i -> noisy(i) * Math.pow(10, -Math.clamp((i % AT - (i < AT ? 12 : 40)) / 20.0, 0, 2))));
        EventDiagnosis rise = diagnosis.leading().orElseThrow();
        assertThat(rise.event().onset()).isEqualTo(AT);
        assertThat(rise.cause()).isEqualTo(Cause.RESTART);
    }

    @Test
    void aLossThatClimbsOverRowsIsNoBadBatchAndNoAdviceSaysThatNothingNeedsToChange() {
        Diagnosis diagnosis = of(Map.of(
                Quantity.LOSS, i -> noisy(i) * (i >= AT && i < AT + 6 ? Math.pow(1.8, i - AT + 1) : 1),
                Quantity.GRADIENT_NORM, i -> noisy(i) * (i >= AT - 3 && i < AT + 6 ? 8 : 1)));
        EventDiagnosis rise = diagnosis.leading().orElseThrow();
        assertThat(rise.cause()).isNotEqualTo(Cause.BAD_BATCH);
        assertThat(rise.advice()).noneMatch(sentence -> sentence.contains("no hyper-parameter needs to change"));
        assertThat(rise.moved()).singleElement().satisfies(move -> {
            assertThat(move.quantity()).isEqualTo(Quantity.GRADIENT_NORM);
            assertThat(move.rows()).isEqualTo(3);
            assertThat(move.factor()).isBetween(6.0, 10.0);
        });
    }

    @Test
    void whatMovedFirstIsSaidWithItsSizeBeforeTheLossRoseAndWithTheLargestOne() {
        double[] climb = {1.5, 2, 3, 5, 10, 18, 12, 3};
        EventDiagnosis rise = of(Map.of(
                        Quantity.LOSS, i -> noisy(i) * (i >= AT && i < AT + 4 ? Math.pow(1.8, i - AT + 1) : 1),
                        Quantity.GRADIENT_NORM, i -> noisy(i) * (i >= AT - 4 && i < AT + 4 ? climb[i - AT + 4] : 1)))
                .leading()
                .orElseThrow();
        assertThat(rise.moved()).singleElement().satisfies(move -> {
            assertThat(move.rows()).isEqualTo(4);
            assertThat(move.factor()).isBetween(4.0, 6.0);
            assertThat(move.most()).isBetween(15.0, 21.0);
            assertThat(move.sentence())
                    .matches("gradientNorm left its level 4 rows before the loss, by a factor [\\d.]+ until then and"
                            + " [\\d.]+ up to the loss's peak");
        });
    }

    @Test
    void whatSuspectsLackIsAskedForOnce() {
        assertThat(Wishes.of(List.of(
                        "‖Δθ‖ of each step",
                        "v beside g², as ‖√v‖ and ‖g‖ or the lowest percentile of v/g²",
                        "‖θ‖ and ‖Δθ‖ of each step",
                        "lr",
                        "lr",
                        "‖√v‖, or quantiles of v/g²",
                        "‖g‖ of each step")))
                .containsExactly(
                        "v beside g², as ‖√v‖ and ‖g‖ or the lowest percentile of v/g²",
                        "‖θ‖ and ‖Δθ‖ of each step",
                        "lr");
    }

    @Test
    void zerosBesideAGradientThatIsNoNumberAreHiddenNans() {
        Diagnosis diagnosis = of(Map.of(
                Quantity.LOSS, i -> i < AT ? noisy(i) : 0,
                Quantity.GRADIENT_NORM, i -> i < AT ? 1 : Double.NaN));
        assertThat(diagnosis.outcome()).isEqualTo(new CurveOutcome.Diverging(AT, true));
        assertThat(diagnosis.remarks()).anyMatch(remark -> remark.contains("the logger hid NaN"));
    }

    @Test
    void aSkippedStepOfDynamicScalingIsNamedAsSuch() {
        Diagnosis diagnosis = of(Map.of(
                Quantity.LOSS, i -> i == AT ? Double.POSITIVE_INFINITY : noisy(i),
                Quantity.LOSS_SCALE, i -> i < AT ? 65536 : 32768));
        EventDiagnosis rise = diagnosis.leading().orElseThrow();
        assertThat(rise.cause()).isEqualTo(Cause.LOSS_SCALE);
        assertThat(rise.first().evidence().getFirst()).contains("the step was skipped");
    }

    @Test
    void parametersThatMoveFartherThanTheStepWereWrittenByOthers() {
        Diagnosis diagnosis = of(Map.of(
                Quantity.LOSS, i -> noisy(i) * (i >= AT ? 20 * Math.exp((AT - i) / 80.0) + 1 : 1),
                Quantity.STEP_NORM, i -> 1e-3,
                Quantity.WEIGHT_NORM, i -> i < AT ? 10 : 12));
        EventDiagnosis rise = diagnosis.leading().orElseThrow();
        assertThat(rise.cause()).isEqualTo(Cause.OTHER);
        assertThat(rise.first().inequality().orElseThrow().source()).isEqualTo("|‖θ'‖ − ‖θ‖| ≤ ‖θ' − θ‖");
    }

    @Test
    void beta1SquaredBelowBeta2RefutesTheDivergenceRegime() {
        Suspect divergence =
                of(Map.of(Quantity.LOSS, i -> noisy(i) * (i == AT ? 30 : 1)))
                        .leading()
                        .orElseThrow()
                        .suspects()
                        .stream()
                        .filter(s -> s.cause() == Cause.DIVERGENCE_REGIME)
                        .findFirst()
                        .orElseThrow();
        assertThat(divergence.weight()).isZero();
        assertThat(divergence.inequality().orElseThrow().holds()).isFalse();
        // (1−β₁)/√((1−β₂)(1−β₁²/β₂)) at (.9, .999)
        assertThat(divergence.against()).singleElement().asString().contains("7.27");
    }

    @Test
    void oneRowOfALossAloneRanksABadBatchBeforeLagAndSaysWhatIsMissing() {
        List<Suspect> suspects = of(Map.of(Quantity.LOSS, i -> noisy(i) * (i == AT ? 30 : 1)))
                .leading()
                .orElseThrow()
                .suspects();
        Suspect batch = suspects.getFirst();
        assertThat(batch.cause()).isEqualTo(Cause.BAD_BATCH);
        assertThat(batch.missing()).contains("‖Δθ‖ of each step", "‖g‖ of each step");
        Suspect lag = suspects.stream()
                .filter(s -> s.cause() == Cause.PRECONDITIONER_LAG)
                .findFirst()
                .orElseThrow();
        // m forgets in 1/(1−β₁) = 10 steps, v in 1/(1−β₂) = 1000
        assertThat(lag.evidence()).anyMatch(sentence -> sentence.contains("m forgets in 10 steps, v in 1000"));
        assertThat(lag.missing()).contains("‖√v‖ and ‖g‖, or quantiles of v/g²");
        assertThat(lag.weight()).isLessThan(batch.weight());
    }

    @Test
    void oneRowOfALogOfEveryTenthStepNamesNoCause() {
        List<Column> columns = List.of(
                new Column.Integers(
                        "step", "", LongStream.range(0, ROWS).map(i -> 10 * i).toArray()),
                new Column.Numbers(
                        Quantity.LOSS,
                        "",
                        IntStream.range(0, ROWS)
                                .mapToDouble(i -> noisy(i) * (i == AT ? 30 : 1))
                                .toArray()));
        RunLog log = RunLog.of("sampled", new Table("made", columns), ADAM);
        EventDiagnosis rise = Diagnosis.of(log, Circumstances.of(log)).leading().orElseThrow();
        assertThat(rise.cause()).isEqualTo(Cause.OTHER);
        assertThat(rise.suspects())
                .filteredOn(s -> s.cause() == Cause.BAD_BATCH)
                .singleElement()
                .satisfies(s -> assertThat(s.missing()).anyMatch(sentence -> sentence.contains("10 steps apart")));
    }

    @Test
    void differentCausesGetDifferentAdvice() {
        List<String> batch = of(Map.of(Quantity.LOSS, i -> noisy(i) * (i == AT ? 30 : 1)))
                .leading()
                .orElseThrow()
                .advice();
        List<String> schedule = of(Map.of(
                        Quantity.LOSS, i -> noisy(i) * (i >= AT && i < AT + 60 ? 8 : 1),
                        Quantity.LR, i -> i < AT ? 1e-3 : 2e-2))
                .leading()
                .orElseThrow()
                .advice();
        assertThat(batch).doesNotContainAnyElementsOf(schedule);
    }

    @Test
    void theDefaultsOfAdamStandOnTheSideOfSpikesWithAOf1AndBOf100() {
        Position position = Position.of(new Circumstances(Catalogue.shipped("adam"), ADAM, Optional.empty()));
        // paper 2: lr = 1e-3 gives (a, b) = (1, 100); 2·1.9/0.1 = 38
        assertThat(position.a()).isCloseTo(1, org.assertj.core.api.Assertions.within(1e-9));
        assertThat(position.b()).isCloseTo(100, org.assertj.core.api.Assertions.within(1e-9));
        assertThat(position.side()).contains(Position.Side.SPIKES);
        assertThat(position.says().getFirst()).contains("38");
    }

    @Test
    void anEpsThatRoundsToZeroIsSaidWithoutAnyRise() {
        Position position =
                Position.of(new Circumstances(Catalogue.shipped("adam"), ADAM, Optional.of(FloatFormat.FLOAT16)));
        assertThat(position.says()).anyMatch(sentence -> sentence.startsWith("eps = 1.00e-08 is 0 in float16"));
    }

    private static Diagnosis of(Map<String, IntToDoubleFunction> quantities) {
        return of(quantities, ADAM);
    }

    private static Diagnosis of(Map<String, IntToDoubleFunction> quantities, Map<String, Double> hyper) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column.Integers("step", "", LongStream.range(0, ROWS).toArray()));
        new LinkedHashMap<>(quantities)
                .forEach((name, value) -> columns.add(new Column.Numbers(
                        name, "", IntStream.range(0, ROWS).mapToDouble(value).toArray())));
        RunLog log = RunLog.of("made", new Table("made", columns), hyper);
        return Diagnosis.of(log, Circumstances.of(log));
    }

    private static double noisy(int i) {
        return 2 * Math.exp(0.02 * CountedNormal.number(3, i));
    }
}
