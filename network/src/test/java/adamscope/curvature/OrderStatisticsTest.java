package adamscope.curvature;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.linear.CountedNormal;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OrderStatisticsTest {

    private static double[] normal(int count, double spread) {
        double[] numbers = new double[count];
        Arrays.setAll(numbers, i -> Math.exp(spread * CountedNormal.number(1, i)) * Math.signum(i % 7 - 3));
        return numbers;
    }

    /// The whole order by [Arrays#sort], as [Double#compare] has it: signs, equal numbers, infinities, NaN last.
    @Test
    void anyPlaceOfTheSortedOrderIsFoundWithoutSorting() {
        for (double spread : new double[] {0, 0.01, 1, 40, 300}) {
            double[] numbers = normal(999, spread);
            numbers[17] = Double.NaN;
            numbers[18] = Double.NEGATIVE_INFINITY;
            numbers[19] = -0.0;
            double[] sorted = Arrays.copyOf(numbers, 990);
            Arrays.sort(sorted);
            int[] places = {989, 0, 1, 494, 495, 100, 988, 494};
            double[] found = new OrderStatistics(numbers, 990).at(places);
            for (int p = 0; p < places.length; p++) {
                assertThat(Double.compare(found[p], sorted[places[p]])).isZero();
            }
        }
    }
}
