package adamscope.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RoundingErrorTest {
    private static double bound(String formula, double x) {
        return RoundingError.of(FormulaReader.read("test", formula), _ -> x, _ -> 0);
    }

    @Test
    void theBoundHoldsAndIsNotFarFromTheWorst() {
        Expression formula = FormulaReader.read("test", "x*x*x*x/4 - x*x/2 + 0.25");
        SplittableRandom random = new SplittableRandom(1);
        double worst = 0;
        for (int i = 0; i < 2000; i++) {
            double x = random.nextDouble(0.5, 1.5);
            BigDecimal exactX = new BigDecimal(x);
            BigDecimal square = exactX.multiply(exactX);
            BigDecimal exact = square.multiply(square)
                    .multiply(new BigDecimal("0.25"))
                    .subtract(square.multiply(new BigDecimal("0.5")))
                    .add(new BigDecimal("0.25"));
            double error = new BigDecimal(Evaluation.value(formula, _ -> x))
                    .subtract(exact)
                    .abs()
                    .doubleValue();
            double bound = RoundingError.of(formula, _ -> x, _ -> 0);
            assertThat(error).isLessThanOrEqualTo(bound);
            worst = Math.max(worst, error / bound);
        }
        assertThat(worst).isBetween(0.1, 1.0);
    }

    @Test
    void whatDoesNotCancelIsKnownToAllDigits() {
        // x² and the division by a power of two: two roundings of half a unit each.
        assertThat(bound("x*x/2", 1e-92)).isCloseTo(2 * 0x1p-53 * 0.5e-184, within(1e-203));
        assertThat(bound("x*x/2 + 1", 1e-92)).isCloseTo(0x1p-53, within(1e-30));
    }

    @Test
    void anErrorOfANameIsCarriedOn() {
        Expression square = FormulaReader.read("test", "(x - 1)^2");
        double bound = RoundingError.of(square, _ -> 1, _ -> 1e-16);
        assertThat(bound).isCloseTo(1e-32, within(1e-34));
    }
}
