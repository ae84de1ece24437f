package adamscope.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BifurcationFigureTest {
    @Test
    void eachOrbitShowsItsFirstPointsOneAfterAnother() {
        double[] along =
                IntStream.range(0, 3 * 200).mapToDouble(row -> row / 200).toArray();
        int[] rows = BifurcationFigure.shown(along, 1000);
        assertThat(rows)
                .hasSize(3 * 20)
                .startsWith(0, 1, 2)
                .contains(200, 219, 400)
                .doesNotContain(20, 199, 420);
    }

    @Test
    void fewPointsAreAllShownAndManyOrbitsKeepSixteenEach() {
        double[] along = IntStream.range(0, 4 * 50).mapToDouble(row -> row / 50).toArray();
        assertThat(BifurcationFigure.shown(along, 4)).hasSize(200);
        assertThat(BifurcationFigure.shown(along, 1_000_000)).hasSize(4 * 16);
    }
}
