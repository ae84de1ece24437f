package adamscope.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DerivativeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x^4/4",
                "x^4/4 + y^2/2",
                "x*y/(x + y)",
                "sqrt(x^2 + y)",
                "exp(-x*y)",
                "log(x + y^2)",
                "x^y",
                "sin(x*y) - cos(x + y^2)",
                "tanh(x - y)*cos(3*x)",
                "abs(y - 3*x)",
                "max(x, y)*min(x, y)",
                "sign(x)*x^2.5",
                "(x - y)^2/4 + (x + y)^4/16",
                "x/sqrt(0.9*y + 0.1*x^2)"
            })
    void derivativesAgreeWithCentralDifferences(String text) {
        Expression formula = FormulaReader.read("test", text);
        double x = 1.3;
        double y = 0.7;
        double h = 1e-5;
        for (String name : new String[] {"x", "y"}) {
            double dx = name.equals("x") ? h : 0;
            double dy = name.equals("y") ? h : 0;
            double difference = (at(formula, x + dx, y + dy) - at(formula, x - dx, y - dy)) / (2 * h);
            // second order: error h²·(third derivative, below 100) / 6, and rounding 1e-16/h
            assertThat(at(Derivative.of(formula, name), x, y))
                    .as("d/d%s %s", name, text)
                    .isCloseTo(difference, within(1e-8 + 1e-8 * Math.abs(difference)));
        }
    }

    private static double at(Expression e, double x, double y) {
        return Evaluation.value(e, Map.of("x", x, "y", y)::get);
    }

    @Test
    void theGradientOfADegeneratePolynomialIsAPower() {
        Expression gradient = Derivative.of(FormulaReader.read("test", "x^6/6"), "x");
        assertThat(new PlainText().write(gradient)).isEqualTo("x^5");
    }

    @Test
    void sharedPartsStayShared() {
        // 60 doublings: a derivative that forgot sharing would need 2^60 nodes
        Expression e = FormulaReader.read("test", "x");
        for (int i = 0; i < 60; i++) {
            e = new Expression.Binary(Expression.BinaryOperation.MULTIPLY, e, e);
        }
        assertThat(at(Derivative.of(e, "x"), 1, 0)).isEqualTo(0x1p60);
    }
}
