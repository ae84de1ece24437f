package adamscope.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThinningTest {
    private static double[] ramp(int count) {
        return IntStream.range(0, count).mapToDouble(i -> 600.0 * i / count).toArray();
    }

    @Test
    void aSpikeOfOneStepAmongAMillionStays() {
        double[] y = new double[1_000_000];
        y[654_321] = 1e9;
        y[123_457] = -1e9;

        int[] kept = Thinning.extremes(ramp(y.length), y);

        assertThat(kept).contains(654_321, 123_457).isSorted();
        // four points at most for each of the 600 columns
        assertThat(kept.length).isLessThanOrEqualTo(2400);
    }

    @Test
    void firstAndLastPointStay() {
        assertThat(Thinning.extremes(ramp(5000), new double[5000]))
                .startsWith(0)
                .endsWith(4999);
    }

    @Test
    void aShortSeriesStaysWhole() {
        double[] y = {3, 1, 4, 1, 5};
        assertThat(Thinning.extremes(ramp(5), y)).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void aGapStaysAGap() {
        double[] y = {1, Double.NaN, Double.NaN, 2, Double.POSITIVE_INFINITY, 3};
        assertThat(Thinning.extremes(new double[6], y)).containsExactly(0, 1, 3, 4, 5);
    }

    @Test
    void everyPixelWithAPointKeepsOne() {
        double[] column = {0.1, 0.9, 1.1, 0.2, Double.NaN};
        double[] row = {0, 0.5, 0, 7, 0};
        assertThat(Thinning.distinctPixels(column, row)).containsExactly(0, 2, 3);
    }

    @Test
    void aBandIsClosedAroundEachStretchWithoutGaps() {
        double[] x = {0, 1, 2, 3};
        double[] lower = {1, 2, Double.NaN, 4};
        double[] upper = {5, 6, 7, 8};

        List<double[]> outlines = Thinning.outlines(x, x, lower, upper);

        assertThat(outlines).hasSize(2);
        assertThat(outlines.get(0)).containsExactly(0, 5, 1, 6, 1, 2, 0, 1);
        assertThat(outlines.get(1)).containsExactly(3, 8, 3, 4);
    }

    @Test
    void aBandKeepsTheWidestValuesOfAColumn() {
        double[] column = new double[100];
        double[] lower = new double[100];
        double[] upper = new double[100];
        lower[40] = -3;
        upper[60] = 8;

        double[] outline = Thinning.outlines(column, column, lower, upper).getFirst();

        assertThat(Arrays.stream(outline).max()).hasValue(8);
        assertThat(Arrays.stream(outline).min()).hasValue(-3);
    }
}
