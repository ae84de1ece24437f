package adamscope.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import adamscope.linear.CountedNormal;
import adamscope.regime.LossCurve;
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

class AftermathTest {
    private static final SpikeEvent EVENT = new SpikeEvent(300, 302, OptionalLong.of(312), 0.5, 5, 0);

    @Test
    void aLossThatGoesOnWhereItWouldHaveBeenLostStepsAndNothingElse() {
        Aftermath after = of(i -> falling(i) * (i >= 300 && i < 312 ? 3 : 1));
        assertThat(after.steps()).isEqualTo(12);
        // the line is exact, noise of 1 % over 20 points
        assertThat(after.offTrend()).isCloseTo(0, within(0.01));
        assertThat(after.harmful()).isFalse();
        assertThat(after.sentence()).contains("harmless");
    }

    @Test
    void aLossThatStaysAboveItsTrendWasHarmed() {
        Aftermath after = of(i -> falling(i) * (i >= 300 && i < 312 ? 3 : i >= 312 ? 1.3 : 1));
        assertThat(after.offTrend()).isCloseTo(Math.log10(1.3), within(0.01));
        assertThat(after.harmful()).isTrue();
        assertThat(after.sentence()).contains("×1.3", "above the trend");
    }

    @Test
    void aFallThatFlattensByItselfIsNotTheRisesHarm() {
        Aftermath after = of(i -> (0.3 + 60 * Math.exp(-i / 50.0))
                * Math.exp(0.01 * CountedNormal.number(3, i))
                * (i >= 300 && i < 312 ? 3 : 1));
        assertThat(after.harmful()).isFalse();
        assertThat(after.offTrend()).isCloseTo(0, within(0.02));
    }

    @Test
    void nothingIsSaidOfATrendThatCannotBeDrawnOrOfALossThatDidNotComeBack() {
        SpikeEvent early = new SpikeEvent(10, 12, OptionalLong.of(20), 0.5, 5, 0);
        assertThat(Aftermath.of(curve(AftermathTest::falling), early)).get().satisfies(after -> {
            assertThat(after.offTrend()).isNaN();
            assertThat(after.sentence()).isEqualTo("the loss was back within 10 steps");
        });
        assertThat(Aftermath.of(
                        curve(AftermathTest::falling), new SpikeEvent(300, 302, OptionalLong.empty(), 0.5, 5, 0)))
                .isEmpty();
    }

    @Test
    void theMemoryOfVIsToldInTokens() {
        RunLog log = RunLog.of(
                "made",
                new Table(
                        "made",
                        List.of(
                                new Column.Integers(
                                        "step", "", LongStream.range(0, 50).toArray()),
                                new Column.Numbers(
                                        Quantity.LOSS,
                                        "",
                                        IntStream.range(0, 50)
                                                .mapToDouble(AftermathTest::falling)
                                                .toArray()),
                                new Column.Numbers(
                                        Quantity.TOKENS,
                                        "",
                                        IntStream.range(0, 50)
                                                .mapToDouble(i -> 5e5 * i)
                                                .toArray()))),
                Map.of("beta2", 0.95));
        // ln 2/−ln 0.95 = 13.513 steps, 6.757e6 tokens
        assertThat(Diagnosis.of(log, Circumstances.of(log)).position().says())
                .anyMatch(s -> s.startsWith("v forgets half in 13.5 steps, 6.76e+06 tokens at 5.000e+05 a step"));
        RunLog unknown = RunLog.of("made", log.table(), Map.of("lr", 1e-3));
        assertThat(Diagnosis.of(unknown, Circumstances.of(unknown)).position().says())
                .noneMatch(s -> s.contains("v forgets half"));
    }

    private static Aftermath of(IntToDoubleFunction loss) {
        return Aftermath.of(curve(loss), EVENT).orElseThrow();
    }

    private static LossCurve curve(IntToDoubleFunction loss) {
        return LossCurve.of(
                LongStream.range(0, 400).toArray(),
                IntStream.range(0, 400).mapToDouble(loss).toArray());
    }

    private static double falling(int i) {
        return 2 * Math.exp(-i / 500.0) * Math.exp(0.01 * CountedNormal.number(3, i));
    }
}
