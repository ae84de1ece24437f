package adamscope.report;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.figure.Mark;
import adamscope.figure.Range;
import adamscope.figure.Scale;
import org.junit.jupiter.api.Test;

class DecadeColoursTest {
    private static final double[] EDGES = {0, 1, 2};

    private static Mark.HeatMap below(double... log10) {
        return DecadeColours.map(EDGES, EDGES, log10, -1, "decades below 1");
    }

    @Test
    void aFewDecadesAreNoLogarithmOfALogarithmAndFillTheBar() {
        Mark.HeatMap map = below(-0.2, -0.8, -7, 3);
        assertThat(map.colours().scale()).isEqualTo(Scale.LINEAR);
        assertThat(map.colours().range()).contains(new Range(0, 7));
        assertThat(map.values()).containsExactly(0.2, 0.8, 7, 0);
        assertThat(below(-8.2, -8.4, -8.8, -9).colours().range()).contains(new Range(8.2, 9));
    }

    @Test
    void thousandsOfDecadesBesideOneAreLogarithmic() {
        Mark.HeatMap map = below(-0.5, -10, -2000, Double.NEGATIVE_INFINITY);
        assertThat(map.colours().scale()).isEqualTo(Scale.LOG10);
        assertThat(map.colours().range()).contains(new Range(1, 2000));
        assertThat(map.values()).containsExactly(1, 10, 2000, Double.NaN);
    }

    @Test
    void cellsThatAreAllTheSameHaveABarToo() {
        assertThat(below(-2, -2, -2, -2).colours().range()).contains(new Range(2, 2.1));
        assertThat(below(Double.NaN, Double.NaN, Double.NaN, Double.NaN)
                        .colours()
                        .range())
                .contains(new Range(0, 1));
    }
}
