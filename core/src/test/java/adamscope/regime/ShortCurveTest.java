package adamscope.regime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import adamscope.linear.CountedNormal;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShortCurveTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // a few rows cut out of a log: losses; step of the onset; factor; whether it came back
                "6.4 11.4 7.1; 1; 1.78; true",
                "6.4 6.6 7.3 9.1 10.2; 2; 1.59; false",
                "3.3 3.4 3.7 7.3 4.1 7.6 7.0; 2; 2.21; false",
                "2.5 2.2 2.22 2.6 2.24 2.35 5.1 3.5 3.2 2.8 2.2 2.23 2.1; 6; 2.31; true",
                "2.78 2.77 2.77 7.3 8.7 7.7 7.2 6.8 2.7 2.6; 3; 3.14; true",
            })
    void aRiseAmongAFewRowsIsFound(String losses, int onset, double factor, boolean back) {
        List<SpikeEvent> events = events(java.util.Arrays.stream(losses.split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray());
        assertThat(events.getFirst().onset()).isEqualTo(onset);
        assertThat(Math.pow(10, events.getFirst().height())).isCloseTo(factor, within(0.02));
        assertThat(events.getFirst().recovery().isPresent()).isEqualTo(back);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 7, 8, 12, 20, 39})
    void aShortCurveThatFallsWithNoiseHasNoRise(int points) {
        // 200 curves of each length, relative noise of 5 %
        assertThat(IntStream.range(0, 200)
                        .filter(seed -> !events(IntStream.range(0, points)
                                        .mapToDouble(i -> (1 + 3 * Math.exp(-i / 5.0))
                                                * (1 + 0.05 * CountedNormal.number(seed, i)))
                                        .toArray())
                                .isEmpty()))
                .isEmpty();
    }

    @Test
    void threeLossesWithARiseAreNoLongerTooShort() {
        LossCurve curve = curve(6.4, 11.4, 7.1);
        assertThat(CurveOutcome.of(curve, SpikeSearch.events(curve))).isInstanceOf(CurveOutcome.Spiking.class);
        LossCurve calm = curve(6.4, 6.3, 6.35);
        assertThat(CurveOutcome.of(calm, SpikeSearch.events(calm))).isInstanceOf(CurveOutcome.TooShort.class);
    }

    private static List<SpikeEvent> events(double... losses) {
        return SpikeSearch.events(curve(losses));
    }

    private static LossCurve curve(double... losses) {
        return LossCurve.of(LongStream.range(0, losses.length).toArray(), losses);
    }
}
