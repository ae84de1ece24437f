package adamscope.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LogMagnitudesTest {
    /// Else whether whole vectors are compared would rest on the tests before.
    @BeforeAll
    static void takeVectorsIntoUse() {
        VectorUnit.doubles();
    }

    /// So that sweeps on machines without the vector module give the same bytes.
    @Test
    void oneLaneHasTheBitsOfAVector() {
        Random random = new Random(7);
        int lanes = 4099;
        Magnitudes numbers = Magnitudes.of(lanes);
        double[] special = {0, -0.0, Double.MIN_VALUE, Double.MIN_NORMAL, 1, 0x1.6a09e667f3bcdp-1, Double.NaN};
        for (int lane = 0; lane < lanes; lane++) {
            numbers.mantissa()[lane] =
                    lane < special.length ? special[lane] : Double.longBitsToDouble(random.nextLong());
            numbers.exponent()[lane] = random.nextInt(-1_000_000, 1_000_000);
        }
        double[] logs = new double[lanes];
        LogMagnitudes.log10(numbers, logs, lanes);
        for (int lane = 0; lane < lanes; lane++) {
            assertThat(LogMagnitudes.log10(numbers.mantissa()[lane], numbers.exponent()[lane]))
                    .as("%s·2^%d", numbers.mantissa()[lane], numbers.exponent()[lane])
                    .isEqualTo(Double.valueOf(logs[lane]));
        }
    }
}
