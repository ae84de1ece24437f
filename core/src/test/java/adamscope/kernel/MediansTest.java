package adamscope.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class MediansTest {
    @Test
    void aPositionAmongTwoSortedSequencesIsThatOfTheirUnionSorted() {
        Random random = new Random(7);
        for (int trial = 0; trial < 2000; trial++) {
            // Few different values, so that many are equal.
            double[] first = sorted(random, random.nextInt(12));
            double[] second = sorted(random, 1 + random.nextInt(12));
            double[] union = DoubleStream.concat(Arrays.stream(first), Arrays.stream(second))
                    .sorted()
                    .toArray();
            for (int position = 0; position < union.length; position++) {
                double found = Medians.selectOfTwo(first, first.length, j -> second[j], second.length, position);
                assertThat(found).isEqualTo(union[position]);
            }
        }
    }

    @Test
    void aPositionIsThatOfTheSortedValues() {
        Random random = new Random(8);
        for (int trial = 0; trial < 500; trial++) {
            double[] values = sorted(random, 1 + random.nextInt(200));
            double[] shuffled = random.doubles()
                    .distinct()
                    .limit(values.length)
                    .boxed()
                    .sorted()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            double[] mixed = shuffled.clone();
            for (int i = mixed.length - 1; i > 0; i--) {
                int other = random.nextInt(i + 1);
                double kept = mixed[i];
                mixed[i] = mixed[other];
                mixed[other] = kept;
            }
            int position = random.nextInt(values.length);
            assertThat(Medians.select(mixed, position)).isEqualTo(shuffled[position]);
        }
    }

    private static double[] sorted(Random random, int size) {
        return random.ints(size, 0, 9).asDoubleStream().sorted().toArray();
    }
}
