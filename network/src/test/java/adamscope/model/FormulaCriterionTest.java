package adamscope.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.data.Samples;
import adamscope.shape.Given;
import adamscope.shape.Node;
import adamscope.tensor.Place;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormulaCriterionTest {
    private static final Place PLACE = Place.CPU_FLOAT64;
    private static final double[] OUTPUTS = {0.3, -1.2, 2.0, 0.7, -0.4, 0.05};
    private static final double[] TARGETS = {0.1, -0.9, -1.0, 0.6, 0.6, -0.25};
    private static final double[] DIRECTION = {1, -2, 0.5, 3, -1, 0.25};

    private static Criterion read(String text) {
        return Criterion.FORM.read(new Node.Scalar("loss", text), Given.in(Path.of("")));
    }

    /// Value, gradient and product of the Hessian with a direction in the outputs, as PyTorch 1.13.1 has them.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "log(cosh(y - t)) | 0.4761084392623911 | 0.03289588670415066 -0.04855210207526514 0.16584245894778843"
                        + " 0.016611332437492632 -0.1269323593259608 0.04855210207526515 | 0.16017383049435277"
                        + " -0.3050456539422097 0.0008221697637866704 0.4950331454237199 -0.06999572360233766"
                        + " 0.038130706742776216",
                "sqrt(1 + (y - t)^2) - 1 | 0.44822399819237174 | 0.03268602252303066 -0.04789131426105756"
                        + " 0.15811388300841894 0.01658395317016648 -0.1178511301977579 0.04789131426105756 |"
                        + " 0.15714433905303204 -0.2929132370706885 0.0026352313834736504 0.49259266842078664"
                        + " -0.05892556509887896 0.036614154633836056",
                "(y - t)^2*exp(-t^2/pi) + tanh(y)*sin(t) + 2^cos(y) | 2.865815220577374 | 0.01548344937525737"
                        + " 0.021322517851260367 0.638744851192296 -0.037000455592052645 -0.13153784678157893"
                        + " 0.04536150089517602 | 0.12296154491595848 -0.45357868569304743 0.17360487566882588"
                        + " 0.3941197764129395 -0.17994597157523368 0.025179072287544603",
                "max(0, 1 - y*t)^2 | 2.140009375 | -0.03233333333333333 0.0 1.0 -0.116 -0.248 0.08437499999999999 |"
                        + " 0.0033333333333333335 0.0 0.16666666666666666 0.35999999999999993 -0.11999999999999998"
                        + " 0.005208333333333333",
                "min(abs(y - t), (y - t)^2) | 0.705 | 0.06666666666666665 -0.09999999999999998 0.16666666666666666"
                        + " 0.033333333333333326 -0.25 0.09999999999999999 | 0.3333333333333333 -0.6666666666666666 0.0"
                        + " 1.0 -0.16666666666666666 0.08333333333333333"
            })
    void valueGradientAndHessianVectorProductAreThoseOfPyTorch(
            String formula, double value, String gradient, String product) {
        try (PointerScope _ = new PointerScope()) {
            Tensor outputs = PLACE.tensor(OUTPUTS, 3, 2).requires_grad_(true);
            Tensor mean = read(formula).mean(outputs, PLACE.tensor(TARGETS, 3, 2));
            // some ten roundings of numbers of order 1
            assertThat(mean.item_double()).isCloseTo(value, within(2e-15));
            Tensor slope = derivative(mean, outputs);
            assertThat(Place.numbers(slope)).containsExactly(numbers(gradient), within(2e-15));
            Tensor along = slope.mul(PLACE.tensor(DIRECTION, 3, 2)).sum();
            assertThat(Place.numbers(derivative(along, outputs))).containsExactly(numbers(product), within(5e-15));
        }
    }

    private static double[] numbers(String text) {
        return Arrays.stream(text.strip().split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static Tensor derivative(Tensor of, Tensor by) {
        return torch.grad(
                        new TensorVector(of),
                        new TensorVector(by),
                        new TensorVector(),
                        new org.bytedeco.pytorch.BoolOptional(true),
                        true,
                        true)
                .get(0);
    }

    @Test
    void theSquareIsTheShippedMeanSquaredLoss() {
        try (PointerScope _ = new PointerScope()) {
            Tensor outputs = PLACE.tensor(OUTPUTS, 3, 2);
            Tensor targets = PLACE.tensor(TARGETS, 3, 2);
            assertThat(read("(y - t)*(y - t)").mean(outputs, targets).item_double())
                    .isEqualTo(Criterion.MEAN_SQUARED.mean(outputs, targets).item_double());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "mean-sqared      | loss = mean-sqared is none of [half-squared, mean-squared, cross-entropy] and no",
                "mean-sqared      | did you mean 'mean-squared'?",
                "(y - t           | loss:1:7: found the end of the text",
                "y - x            | loss:1:5: 'x' is not defined here; defined are [y, t, pi]",
                "t^2              | loss:1:1: a loss depends on the output y of the model; t^2 does not",
                "norm(y - t)      | leave norm out",
                "huber(y - t)     | 'huber' is not a function; functions are [abs, cos, cosh"
            })
    void whatIsNoLossIsNamed(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message.strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "log(y)               | log(y) is no number where y = -1.200",
                "sqrt(y)*t            | sqrt(y) is no number where y = -1.200",
                "(y - 0.5)^0.5        | (y - 0.5)^0.5 is no number where y - 0.5 = -0.2000",
                "t/(y - 2)            | t/(y - 2) is too large or infinite where t = -1.000 and y - 2 = 0.000",
                "exp(1000*(y - t))    | exp(1000*(y - t)) is too large or infinite where 1000*(y - t) = 3000"
            })
    void aMistakeOfDomainIsNamedWithItsInnermostPartAndPlace(String text, String message) {
        try (PointerScope _ = new PointerScope()) {
            FormulaCriterion criterion = (FormulaCriterion) read(text);
            assertThat(criterion.fault(PLACE.tensor(OUTPUTS, 3, 2), PLACE.tensor(TARGETS, 3, 2)))
                    .contains(message.strip());
        }
    }

    @Test
    void outputsThatAreNoNumbersAreNoMistakeOfTheFormula() {
        try (PointerScope _ = new PointerScope()) {
            Tensor outputs = PLACE.tensor(new double[] {Double.NaN, Double.POSITIVE_INFINITY}, 2, 1);
            assertThat(((FormulaCriterion) read("log(cosh(y - t))")).fault(outputs, PLACE.zeros(2, 1)))
                    .isEmpty();
        }
    }

    @Test
    void targetsOfAnotherShapeAreRefused() {
        try (PointerScope _ = new PointerScope()) {
            Samples samples = new Samples(PLACE.zeros(4, 3), PLACE.zeros(4, 1), PLACE);
            NetworkLoss loss = new NetworkLoss(
                    FullyConnected.between(3, List.of(), 2, Activation.TANH), samples, read("(y - t)^2"));
            assertThatThrownBy(() -> loss.mean(loss.initial(1), Batch.all(loss)))
                    .hasMessageContaining("4 targets for 8 outputs");
        }
    }
}
