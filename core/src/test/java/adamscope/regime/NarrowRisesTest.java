package adamscope.regime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import adamscope.linear.CountedNormal;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NarrowRisesTest {
    private static final double NOISE = 0.01;

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void eightNarrowRisesInAFallingCurveAreFoundWhereTheyAre(int width) {
        Map<Integer, Double> heights =
                Map.of(919, 0.15, 947, 0.18, 1760, 0.14, 3092, 0.15, 3194, 0.16, 3473, 0.13, 3656, 0.15, 5086, 0.14);
        List<SpikeEvent> events = events(
                5100,
                i -> 0.5
                        + 0.7 * Math.exp(-i / 150.0)
                        - 1e-5 * i
                        + noise(1, i)
                        + heights.getOrDefault(i, 0.0)
                        + (width > 1 ? 0.8 * heights.getOrDefault(i - 1, 0.0) : 0));
        assertThat(events.stream().map(event -> (int) event.onset()))
                .containsExactlyElementsOf(heights.keySet().stream().sorted().toList());
        assertThat(events).allSatisfy(event -> {
            assertThat(event.height()).isCloseTo(heights.get((int) event.onset()), within(4 * NOISE));
            assertThat(event.recovery()).hasValue(event.onset() + width);
        });
    }

    @Test
    void relativeNoiseThatGrowsWhileTheLossFallsIsNoRise() {
        assertThat(IntStream.range(0, 200)
                        .flatMap(seed -> losses(3000, i -> 0.1 + 3 * Math.exp(-i / 400.0) + noise(seed, i)).stream()
                                .mapToInt(event -> seed)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 6, 12})
    void rowsFarOutOfLargeNoiseAreFoundAtAnyWidth(int width) {
        // noise of a fifth, as single batches have; a rise of eight deviations stands out of it
        assertThat(events(4000, i -> 8 * noise(9, i) + (i >= 1500 && i < 1500 + width ? 0.65 : 0)))
                .singleElement()
                .satisfies(event -> assertThat(event.peak()).isBetween(1500L, 1500L + width));
    }

    @Test
    void whereLargeRowsAreUsualTheNextOneIsNoRise() {
        // the noise of a quadratic: exponential tail, so the largest of 3,000 losses is seven times the middle one
        assertThat(IntStream.range(0, 100)
                        .filter(seed -> !losses(3000, i -> 0.1 + 0.05 * Math.pow(CountedNormal.number(seed, i), 2))
                                .isEmpty()))
                .hasSizeLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void threeHundredfoldInTheFirstStepsOfALongCurveIsFound(int at) {
        assertThat(losses(5000, i -> (2 + 2 * NOISE * CountedNormal.number(5, i)) * (i == at ? 318 : 1)))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.onset()).isEqualTo(at);
                    assertThat(event.height()).isCloseTo(Math.log10(318), within(0.03));
                    assertThat(event.recovery()).hasValue(at + 1);
                });
    }

    @Test
    void aClimbByThreeHundredWithinTheFirstStepsThatDecaysSlowlyIsFound() {
        double[] first = {1, 12, 318};
        assertThat(losses(5000, i -> i < 3 ? first[i] : 0.5 + 317.5 * Math.exp(-(i - 2) / 60.0)))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.onset()).isEqualTo(1);
                    assertThat(event.peak()).isEqualTo(2);
                    assertThat(event.height()).isCloseTo(Math.log10(318), within(1e-12));
                });
    }

    @Test
    void aNarrowFallIsNoRise() {
        assertThat(events(5000, i -> noise(2, i) - (i % 500 == 250 ? 0.4 : 0))).isEmpty();
    }

    @Test
    void aStepUpInALevelIsNotTwoRises() {
        assertThat(events(2000, i -> noise(4, i) + (i >= 1000 ? 0.3 : 0)))
                .singleElement()
                .satisfies(event -> assertThat(event.onset()).isEqualTo(1000));
    }

    private static List<SpikeEvent> losses(int points, IntToDoubleFunction loss) {
        double[] values = IntStream.range(0, points).mapToDouble(loss).toArray();
        return SpikeSearch.events(LossCurve.of(LongStream.range(0, points).toArray(), values));
    }

    private static List<SpikeEvent> events(int points, IntToDoubleFunction log10) {
        double[] y = IntStream.range(0, points).mapToDouble(log10).toArray();
        return SpikeSearch.events(
                LossCurve.ofLogarithms(LongStream.range(0, points).toArray(), y));
    }

    private static double noise(int seed, int i) {
        return NOISE * CountedNormal.number(seed, i);
    }
}
