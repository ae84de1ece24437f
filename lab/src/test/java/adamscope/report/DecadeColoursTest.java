package adamscope.report;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.figure.Figure;
import adamscope.figure.FigureSvg;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.figure.Range;
import adamscope.figure.Scale;
import java.util.stream.IntStream;
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
        assertThat(map.values()).containsExactly(1, 10, 2000, Double.POSITIVE_INFINITY);
        assertThat(FigureSvg.text(
                        Figure.of("zero", "", Panel.of("", PanelAxis.linear("x"), PanelAxis.linear("y"), map))))
                .contains("exactly 0")
                .doesNotContain("no value");
    }

    @Test
    void aLogarithmOfZeroHasTheLowestColourAndAWordInTheLegend() {
        double[] log10 = {-3, -1, Double.NEGATIVE_INFINITY, -2};
        Mark.HeatMap map = DecadeColours.ofLogarithms(EDGES, EDGES, log10, "log10 loss");
        assertThat(map.values()).containsExactly(log10);
        assertThat(map.colours().range()).contains(new Range(-3, -1));
        assertThat(FigureSvg.text(
                        Figure.of("zero", "", Panel.of("", PanelAxis.linear("x"), PanelAxis.linear("y"), map))))
                .contains("exactly 0")
                .doesNotContain("no value");
    }

    @Test
    void oneCellDoesNotTakeTheColoursOfAllOthers() {
        double[] edges = IntStream.rangeClosed(0, 10).asDoubleStream().toArray();
        double[] log10 = IntStream.range(0, 100).mapToDouble(i -> -i / 100.0).toArray();
        log10[5] = -40;
        Mark.HeatMap map = DecadeColours.map(edges, edges, log10, -1, "decades below 1");
        assertThat(map.colours().range()).contains(new Range(0, 0.99));
        log10[5] = -1.5;
        assertThat(DecadeColours.map(edges, edges, log10, -1, "").colours().range())
                .as("within the range of the others, nearly")
                .contains(new Range(0, 1.5));
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
