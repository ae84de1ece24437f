package adamscope.regime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import adamscope.linear.CountedNormal;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpikeSearchTest {

    @Test
    void oneStepAmongAMillionIsFound() {
        List<SpikeEvent> events = events(1_000_000, i -> noise(i, 0.02) - i * 1e-6 + (i == 777_777 ? 0.5 : 0));
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.onset()).isEqualTo(777_777);
            assertThat(event.peak()).isEqualTo(777_777);
            assertThat(event.recovery()).hasValue(777_778);
            // the noise has a deviation of 0.02 decades
            assertThat(event.height()).isCloseTo(0.5, within(0.08));
        });
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.02, 0.3, 3})
    void normalNoiseAloneIsNoEvent(double deviation) {
        assertThat(events(300_000, i -> noise(i, deviation) - i * 1e-5)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-12, -300, 200})
    void anotherUnitOfTheLossGivesTheSameEvents(double shift) {
        IntToDoubleFunction curve = i -> noise(i, 0.03) - i * 1e-4 + (i % 1000 > 985 ? 0.8 : 0);
        List<SpikeEvent> plain = events(20_000, curve);
        List<SpikeEvent> shifted = events(20_000, i -> curve.applyAsDouble(i) + shift);
        assertThat(plain).hasSize(20);
        assertThat(shifted.stream().map(SpikeEvent::onset).toList())
                .isEqualTo(plain.stream().map(SpikeEvent::onset).toList());
        assertThat(shifted.stream().map(SpikeEvent::peak).toList())
                .isEqualTo(plain.stream().map(SpikeEvent::peak).toList());
    }

    @Test
    void lossesTimes1e12thGiveTheSameEventsAsThePlainOnes() {
        double[] loss = IntStream.range(0, 5000)
                .mapToDouble(i -> Math.pow(10, noise(i, 0.03) - i * 1e-4 + (i % 1000 > 985 ? 0.8 : 0)))
                .toArray();
        double[] small = java.util.Arrays.stream(loss).map(v -> v * 1e-12).toArray();
        long[] steps = LongStream.range(0, loss.length).toArray();
        assertThat(SpikeSearch.events(LossCurve.of(steps, small)).stream().map(SpikeEvent::onset))
                .isEqualTo(SpikeSearch.events(LossCurve.of(steps, loss)).stream()
                        .map(SpikeEvent::onset)
                        .toList())
                .hasSize(5);
    }

    @Test
    void spikesDoNotRaiseTheLevelTheyAreMeasuredFrom() {
        // A third of all points lies in spikes of two decades.
        List<SpikeEvent> events = events(30_000, i -> noise(i, 0.03) + (i % 300 >= 200 ? 2 : 0));
        assertThat(events).hasSize(100);
        // five deviations of the largest of a hundred points of noise
        assertThat(events).allSatisfy(event -> assertThat(event.height()).isCloseTo(2, within(0.2)));
    }

    @Test
    void aPassageThroughZeroIsNoSpike() {
        // x swings with period 40 and shrinks; its loss is x²/2.
        assertThat(events(4000, i -> 2 * Math.log10(Math.abs(Math.sin(0.157 * (i + 0.5))) * Math.exp(-1e-3 * i))))
                .isEmpty();
    }

    @Test
    void aFallOverManyDecadesHidesNoRise() {
        // From 1 to 1e-112, then back to 1e-14 within 200 steps: paper 1, Fig. 6.
        List<SpikeEvent> events =
                events(4000, i -> i < 3050 ? -112.0 * i / 3050 : Math.min(-14.3, -112 + (i - 3050) * 0.5));
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.height()).isCloseTo(97.7, within(1.0)); // the level is a median of falling points
            assertThat(event.peak()).isBetween(3240L, 3260L);
            assertThat(event.recovery()).isEmpty();
        });
    }

    @Test
    void twoRisesWithoutReturnToTheFirstLevelAreTwo() {
        List<SpikeEvent> events = events(3000, i -> i < 1000 ? -20 : i < 2000 ? -5 - (i - 1000) * 0.007 : -4);
        assertThat(events).hasSize(2);
        assertThat(events.getFirst().height()).isCloseTo(15, within(1e-9));
        assertThat(events.getLast().onset()).isEqualTo(2000);
    }

    @Test
    void aLossThatIsNoNumberAndComesBackIsAnEventOfItsOwn() {
        double[] loss =
                IntStream.range(0, 200).mapToDouble(i -> 2 + 0.01 * noise(i, 1)).toArray();
        loss[120] = Double.POSITIVE_INFINITY;
        List<SpikeEvent> events =
                SpikeSearch.events(LossCurve.of(LongStream.range(0, 200).toArray(), loss));
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.broken()).isTrue();
            assertThat(event.recovery()).hasValue(121);
        });
    }

    @Test
    void tenMillionPointsTakeSeconds() {
        double[] y = new double[10_000_000];
        for (int i = 0; i < y.length; i++) {
            y[i] = 1e-3 * ((i * 2654435761L >>> 7) % 97) + (i % 100_000 == 99_999 ? 1 : 0);
        }
        // Time of this thread alone: other work on the machine does not count.
        var clock = java.lang.management.ManagementFactory.getThreadMXBean();
        long start = clock.getCurrentThreadCpuTime();
        List<SpikeEvent> events = SpikeSearch.events(
                LossCurve.ofLogarithms(LongStream.range(0, y.length).toArray(), y));
        assertThat((clock.getCurrentThreadCpuTime() - start) * 1e-9).isLessThan(10);
        assertThat(events).hasSize(100);
    }

    private static List<SpikeEvent> events(int points, IntToDoubleFunction y) {
        return SpikeSearch.events(LossCurve.ofLogarithms(
                LongStream.range(0, points).toArray(),
                IntStream.range(0, points).mapToDouble(y).toArray()));
    }

    private static double noise(int i, double deviation) {
        return deviation * CountedNormal.number(7, i);
    }
}
