package adamscope.formula;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnclosureTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "x^2 - 3*x + y",
                "abs(x - y)^1.5/(1 + y^2)",
                "log(1 + exp(-x)) - y^3",
                "sqrt(x^2 + 1)*min(x, y) - max(y, 2)",
                "(x*x + 1)^-1 * sign(y)",
                "x^-3 + abs(y)^-0.5",
                "exp(x)^y",
                "sin(3*x) + cos(y)*tanh(x)"
            })
    void theIntervalHoldsEveryValue(String formula) {
        Expression e = FormulaReader.read("test", formula);
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 300; i++) {
            double from = random.nextDouble(-3, 3);
            double to = from + random.nextDouble(0, 3);
            Enclosure interval = Enclosure.of(e, _ -> new Enclosure(from, to));
            for (int j = 0; j < 20; j++) {
                double x = random.nextDouble(from, to);
                double y = random.nextDouble(from, to);
                double value = Evaluation.value(e, name -> name.equals("x") ? x : y);
                if (!Double.isNaN(value)) {
                    double margin = 1e-12 * Math.abs(value);
                    assertThat(value).isBetween(interval.least() - margin, interval.greatest() + margin);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"log(1 + exp(-x))", "(1 - x)^2 + 100*(y - x^2)^2", "abs(x)^3.5/3.5", "x*x + sqrt(y^2)"})
    void sumsOfWhatIsNeverNegativeHaveTheBoundZero(String formula) {
        assertThat(Enclosure.of(FormulaReader.read("test", formula), _ -> Enclosure.ALL)
                        .least())
                .isZero();
    }
}
