package adamscope.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.linear.CountedUniform;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberRowTest {
    private static final int[] LENGTHS = {0, 1, 5, 63, 64, 65, 200, 2047, 2048, 2049, 4000};

    /// The order that the type states, written down once more: groups of 32 doubles, halves.
    @Test
    void sumsOfDoublesHaveTheBitsOfTheirStatedOrder() {
        NumberRow x = row(1, true);
        NumberRow y = row(2, true);
        for (int from : new int[] {0, 3, 77}) {
            for (int length : LENGTHS) {
                double[] terms = new double[length];
                double[] squares = new double[length];
                double[] distances = new double[length];
                for (int i = 0; i < length; i++) {
                    double difference = x.at(from + i) - y.at(from + 5 + i);
                    terms[i] = x.at(from + i);
                    squares[i] = terms[i] * terms[i];
                    distances[i] = difference * difference;
                }
                assertThat(x.sum(from, length)).isEqualTo(total(terms));
                assertThat(x.squares(from, length)).isEqualTo(total(squares));
                assertThat(x.squaredDistance(from, length, y, from + 5)).isEqualTo(total(distances));
            }
        }
    }

    private static double total(double[] terms) {
        double total = 0;
        for (int chunk = 0; chunk < terms.length; chunk += 2048) {
            int length = Math.min(2048, terms.length - chunk);
            double[] parts = new double[32];
            for (int i = 0; i < length; i++) {
                parts[i % 32] += terms[chunk + i];
            }
            double[] sums = new double[8];
            for (int i = 0; i < 8; i++) {
                sums[i] = (parts[i] + parts[i + 8]) + (parts[i + 16] + parts[i + 24]);
            }
            total += ((sums[0] + sums[4]) + (sums[2] + sums[6])) + ((sums[1] + sums[5]) + (sums[3] + sums[7]));
        }
        return total;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sumsAreThoseOfExactArithmeticToTheirRoundings(boolean wide) {
        NumberRow x = row(3, wide);
        NumberRow y = row(4, wide);
        // 76 roundings of 2⁻²⁴ or 2⁻⁵³: the term, 63 of a partial sum at most, 2 + 4 of the folding, and some to spare
        double tolerance = 76 * (wide ? 0x1p-53 : 0x1p-24);
        for (int length : LENGTHS) {
            BigDecimal squares = BigDecimal.ZERO;
            BigDecimal distance = BigDecimal.ZERO;
            BigDecimal sum = BigDecimal.ZERO;
            BigDecimal magnitude = BigDecimal.ZERO;
            for (int i = 0; i < length; i++) {
                BigDecimal a = new BigDecimal(x.at(7 + i));
                BigDecimal b = new BigDecimal(y.at(i));
                squares = squares.add(a.multiply(a));
                // the difference is rounded before it is squared: two more roundings
                distance = distance.add(a.subtract(b).pow(2));
                sum = sum.add(a);
                magnitude = magnitude.add(a.abs());
            }
            near(x.squares(7, length), squares, squares, tolerance);
            near(x.squaredDistance(7, length, y, 0), distance, distance, tolerance * 78 / 76);
            near(x.sum(7, length), sum, magnitude, tolerance);
        }
    }

    private static void near(double found, BigDecimal expected, BigDecimal scale, double tolerance) {
        assertThat(new BigDecimal(found).subtract(expected).abs().doubleValue())
                .isLessThanOrEqualTo(tolerance * scale.doubleValue());
    }

    private static NumberRow row(long seed, boolean wide) {
        MemorySegment memory = Arena.ofAuto().allocate(4100L * (wide ? 8 : 4), 64);
        for (int i = 0; i < 4100; i++) {
            double number = CountedUniform.number(seed, i) * 4 - 2;
            if (wide) {
                memory.setAtIndex(ValueLayout.JAVA_DOUBLE, i, number);
            } else {
                memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) number);
            }
        }
        return new NumberRow(memory, wide);
    }
}
