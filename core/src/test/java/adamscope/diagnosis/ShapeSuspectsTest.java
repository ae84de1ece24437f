package adamscope.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.linear.CountedNormal;
import adamscope.optimizer.Catalogue;
import adamscope.regime.Quantity;
import adamscope.regime.RunLog;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ShapeSuspectsTest {
    private static final int ROWS = 1000;
    private static final int AT = 600;
    private static final Map<String, Double> ADAM = Map.of("lr", 1e-3, "beta1", 0.9, "beta2", 0.999);

    @Test
    void theTermThatMakesUpTheRiseIsNamedWithItsShareAndItsLead() {
        IntToDoubleFunction boundary = i -> noisy(1, i) * (i >= AT - 4 && i < AT + 40 ? Math.min(9, i - AT + 6) : 1);
        IntToDoubleFunction inside = i -> 5 * noisy(2, i);
        EventDiagnosis rise = of(
                Map.of(),
                Map.of(
                        Quantity.LOSS,
                        i -> boundary.applyAsDouble(i) + inside.applyAsDouble(i),
                        "loss/boundary",
                        boundary,
                        "loss/inside",
                        inside));
        assertThat(rise.cause()).isEqualTo(Cause.LOSS_TERM);
        assertThat(rise.first().evidence().getFirst()).contains("loss/boundary makes up", "2 terms");
    }

    @Test
    void termsThatRiseTogetherAreNotOneOfThem() {
        IntToDoubleFunction term = i -> noisy(1, i) * (i >= AT && i < AT + 40 ? 4 : 1);
        EventDiagnosis rise = of(
                Map.of(),
                Map.of(Quantity.LOSS, i -> 2 * term.applyAsDouble(i), "loss/boundary", term, "loss/inside", term));
        assertThat(weight(rise, Cause.LOSS_TERM)).isZero();
    }

    @Test
    void theLargestOfTermsThatRiseByTheSameFactorIsNotItsCause() {
        IntToDoubleFunction loss = i -> noisy(1, i) * (i >= AT && i < AT + 40 ? 4 : 1);
        EventDiagnosis rise = of(
                Map.of(),
                Map.of(
                        Quantity.LOSS,
                        loss,
                        "loss/recon",
                        i -> 0.9 * loss.applyAsDouble(i),
                        "loss/kl",
                        i -> 0.1 * loss.applyAsDouble(i)));
        assertThat(weight(rise, Cause.LOSS_TERM)).isZero();
    }

    @Test
    void risesAtTheFirstRowsOfEpochsRecur() {
        IntToDoubleFunction epoch = i -> i / 100;
        EventDiagnosis rise = of(
                Map.of(),
                Map.of(Quantity.LOSS, i -> noisy(1, i) * (i > 0 && i % 100 == 1 ? 2 : 1), Quantity.EPOCH, epoch));
        assertThat(rise.cause()).isEqualTo(Cause.PERIODIC);
        assertThat(rise.first().evidence().getFirst()).contains("the first row of an epoch");
        // The same rises in the middle of epochs do not.
        EventDiagnosis middle = of(
                Map.of(),
                Map.of(Quantity.LOSS, i -> noisy(1, i) * (i > 0 && i % 100 == 51 ? 2 : 1), Quantity.EPOCH, epoch));
        assertThat(weight(middle, Cause.PERIODIC)).isZero();
    }

    @Test
    void aRiseRightAfterTheWarmUpIsOfTheScheduleAndALaterOneIsNot() {
        IntToDoubleFunction climb = i -> noisy(1, i) * (i >= AT && i < AT + 60 ? Math.min(8, 1 + (i - AT) / 4.0) : 1);
        EventDiagnosis end =
                of(Map.of(), Map.of(Quantity.LOSS, climb, Quantity.LR, i -> 1e-3 * Math.min(1, (i + 1) / 590.0)));
        assertThat(end.cause()).isEqualTo(Cause.SCHEDULE);
        assertThat(end.first().evidence()).anyMatch(e -> e.contains("the warm-up of lr ended"));
        EventDiagnosis later = of(
                Map.of("beta2", 0.99),
                Map.of(Quantity.LOSS, climb, Quantity.LR, i -> 1e-3 * Math.min(1, (i + 1) / 90.0)));
        assertThat(later.cause()).isNotEqualTo(Cause.SCHEDULE);
        EventDiagnosis none = of(Map.of(), Map.of(Quantity.LOSS, climb, Quantity.LR, _ -> 1e-3));
        assertThat(none.cause()).isNotEqualTo(Cause.SCHEDULE);
    }

    @Test
    void aLossScaleThatGoesOnFallingWhileTheLossStaysUpHasCollapsed() {
        int at = ROWS - 30;
        // a cut in the row of the rise, and in each second one of the plateau
        EventDiagnosis collapse = of(
                Map.of(),
                Map.of(
                        Quantity.LOSS, i -> i < at ? noisy(1, i) : 3.4 - 1e-3 * (i - at),
                        Quantity.LOSS_SCALE, i -> i < at ? 65536 : Math.pow(2, 15 - Math.min(6, (i - at) / 2))));
        assertThat(collapse.cause()).isEqualTo(Cause.LOSS_SCALE);
        assertThat(collapse.first().evidence().getFirst()).contains("in a row without being raised");
    }

    @Test
    void aLossScaleThatIsCutAgainAndAgainHasCollapsedAndOneCutHasNot() {
        IntToDoubleFunction broken = i -> i >= AT && i < AT + 8 ? Double.POSITIVE_INFINITY : noisy(1, i);
        EventDiagnosis collapse = of(
                Map.of(),
                Map.of(
                        Quantity.LOSS,
                        broken,
                        Quantity.LOSS_SCALE,
                        i -> Math.scalb(65536, -Math.clamp(i - AT + 7, 0, 16))));
        assertThat(collapse.cause()).isEqualTo(Cause.LOSS_SCALE);
        assertThat(collapse.first().evidence().getFirst()).contains("in a row without being raised");
        assertThat(collapse.advice().getFirst()).contains("in a row have not ended the overflow");
        EventDiagnosis one = of(
                Map.of(),
                Map.of(
                        Quantity.LOSS, i -> i == AT ? Double.POSITIVE_INFINITY : noisy(1, i),
                        Quantity.LOSS_SCALE, i -> i < AT ? 65536 : 32768));
        assertThat(one.first().evidence().getFirst()).contains("the step was skipped");
    }

    @Test
    void aCrossEntropyBelowTheLastDigitOfOneIsAbsorbedInFloat32AndNotInFloat64() {
        // 16·2⁻²⁴ = 9.5e-7
        Map<String, IntToDoubleFunction> loss = Map.of(
                Quantity.LOSS,
                i -> 1e-7 * noisy(1, i) * (i >= AT && i < AT + 40 ? Math.min(1e3, Math.pow(2, i - AT)) : 1));
        Map<String, Double> softmax = Map.of(Circumstances.CROSS_ENTROPY, 1.0);
        assertThat(of(softmax, loss).cause()).isEqualTo(Cause.ABSORPTION);
        assertThat(weight(of(Map.of(), loss), Cause.ABSORPTION)).isZero();
        RunLog log = log(softmax, loss);
        assertThat(weight(
                        Diagnosis.of(
                                        log,
                                        Circumstances.of(
                                                log, Catalogue.shipped("adam"), Optional.of(FloatFormat.FLOAT64)))
                                .leading()
                                .orElseThrow(),
                        Cause.ABSORPTION))
                .isZero();
    }

    @Test
    void aTermThatMovedBeforeTheLossSpeaksAgainstABadBatch() {
        IntToDoubleFunction loss = i -> noisy(1, i) * (i == AT ? 2 : 1);
        EventDiagnosis alone = of(Map.of(), Map.of(Quantity.LOSS, loss));
        assertThat(alone.cause()).isEqualTo(Cause.BAD_BATCH);
        EventDiagnosis moved = of(
                Map.of(),
                Map.of(
                        Quantity.LOSS,
                        loss,
                        "loss/boundary",
                        i -> 0.1 * noisy(2, i) * (i == AT - 1 ? 0.1 : i == AT ? 20 : 1),
                        "loss/inside",
                        i -> noisy(3, i)));
        assertThat(moved.cause()).isNotEqualTo(Cause.BAD_BATCH);
    }

    @Test
    void aLossThatIsUpInTheLastRowHasNotStayedUp() {
        EventDiagnosis last = of(Map.of(), Map.of(Quantity.LOSS, i -> noisy(1, i) * (i == ROWS - 1 ? 3 : 1)));
        assertThat(last.suspects().stream().flatMap(s -> s.evidence().stream()))
                .noneMatch(sentence -> sentence.contains("stayed up"));
        EventDiagnosis half = of(Map.of(), Map.of(Quantity.LOSS, i -> noisy(1, i) * (i == AT ? 3.5 : i > AT ? 3 : 1)));
        assertThat(half.suspects().stream().flatMap(s -> s.evidence().stream()))
                .anyMatch(sentence -> sentence.contains("stayed up"));
    }

    private static double weight(EventDiagnosis rise, Cause cause) {
        return rise.suspects().stream()
                .filter(s -> s.cause() == cause)
                .findFirst()
                .orElseThrow()
                .weight();
    }

    private static EventDiagnosis of(Map<String, Double> hyper, Map<String, IntToDoubleFunction> quantities) {
        RunLog log = log(hyper, quantities);
        return Diagnosis.of(log, Circumstances.of(log)).leading().orElseThrow();
    }

    private static RunLog log(Map<String, Double> hyper, Map<String, IntToDoubleFunction> quantities) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column.Integers("step", "", LongStream.range(0, ROWS).toArray()));
        new TreeMap<>(quantities)
                .forEach((name, value) -> columns.add(new Column.Numbers(
                        name, "", IntStream.range(0, ROWS).mapToDouble(value).toArray())));
        Map<String, Double> all = new TreeMap<>(ADAM);
        all.putAll(hyper);
        return RunLog.of("made", new Table("made", columns), all);
    }

    private static double noisy(long seed, int i) {
        return 2 * Math.exp(0.02 * CountedNormal.number(seed, i));
    }
}
