package adamscope.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import adamscope.curvature.LossSurface;
import adamscope.data.DataShape;
import adamscope.data.Samples;
import adamscope.tensor.Block;
import adamscope.tensor.LibTorch;
import adamscope.tensor.Place;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Outputs, losses and gradients that PyTorch 1.13.1 computed with its own modules: `tools/record_models.py`.
class RecordedModelTest {
    private static final Place PLACE = Place.CPU_FLOAT64;

    @BeforeAll
    static void oneThread() {
        LibTorch.require();
        LibTorch.useThreads(1);
    }

    @Test
    void residualNetworksAgree() throws IOException {
        DataShape.Images large = new DataShape.Images(2, 33, 33, 3);
        DataShape.Images small = new DataShape.Images(2, 8, 8, 3);
        agrees("resnet18-imagenet", new ResNet(ResNet.Depth.EIGHTEEN, ResNet.Stem.IMAGENET, 3, large), large, 4);
        agrees("resnet18-cifar", new ResNet(ResNet.Depth.EIGHTEEN, ResNet.Stem.CIFAR, 3, small), small, 4);
        agrees("resnet50", new ResNet(ResNet.Depth.FIFTY, ResNet.Stem.CIFAR, 2, small), small, 4);
        agrees("wide-resnet", new WideResNet(2, 1, true, small), small, 4);
        agrees("wide-resnet-multiplied", new WideResNet(2, 2, false, small), small, 4);
    }

    @Test
    void theConvolutionalNetworkAgrees() throws IOException {
        DataShape.Images shape = new DataShape.Images(2, 20, 20, 3);
        agrees("cnn", new ConvolutionalNetwork(shape), shape, 3);
    }

    private static void agrees(String name, Network network, DataShape.Images shape, int count) throws IOException {
        try (PointerScope _ = new PointerScope()) {
            Tensor inputs = numbers(1, count, shape.channels(), shape.height(), shape.width());
            Tensor targets = torch.one_hot(torch.arange(new Scalar(count)).remainder(new Scalar(3)), 3)
                    .to(torch.ScalarType.Double);
            agrees(name, new NetworkLoss(network, new Samples(inputs, targets, PLACE), Criterion.CROSS_ENTROPY));
        }
    }

    @Test
    void gptAgrees() throws IOException {
        try (PointerScope _ = new PointerScope()) {
            Tensor text = tokens(11, 3, 7);
            Samples samples = new Samples(text.narrow(1, 0, 6), text.narrow(1, 1, 6), PLACE);
            Gpt network = new Gpt(2, 2, 8, new DataShape.Tokens(6, 11));
            agrees("gpt", new NetworkLoss(network, samples, Criterion.tokens(samples)));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theTransformerWithPaddingAgrees(boolean normBefore) throws IOException {
        try (PointerScope _ = new PointerScope()) {
            Tensor pairs = tokens(8, 3, 9).add(new Scalar(1));
            pairs.narrow(0, 0, 1).narrow(1, 3, 2).zero_();
            pairs.narrow(0, 0, 1).narrow(1, 8, 1).zero_();
            Tensor targets = tokens(8, 3, 4).add(new Scalar(1));
            targets.narrow(0, 0, 1).narrow(1, 3, 1).zero_();
            Samples samples = new Samples(pairs, targets, PLACE);
            agrees(
                    normBefore ? "transformer-norm-before" : "transformer-norm-after",
                    new NetworkLoss(
                            ModelCases.transformer(normBefore),
                            samples,
                            Criterion.tokensWithPadding(samples, Transformer.PADDING)));
        }
    }

    @Test
    void theGalerkinLossAgrees() throws IOException {
        try (PointerScope _ = new PointerScope()) {
            FullyConnected network = new FullyConnected(List.of(2, 5, 4, 1), Activation.GELU);
            EquationAtPoints inside = at(GalerkinProblem.DISK.equation(), numbers(0.5, 6, 2), 1);
            EquationAtPoints boundary = at(GalerkinProblem.DISK.boundary(), numbers(1, 6, 2), 0);
            matches(recorded("poisson"), new GalerkinLoss(network, inside, boundary, PLACE));
        }
    }

    private static EquationAtPoints at(Equation equation, Tensor points, double right) {
        Tensor given = PLACE.zeros(points.size(0), 1).add(new Scalar(right));
        return new EquationAtPoints(equation, points, Optional.empty(), Optional.empty(), Optional.of(given));
    }

    private static void agrees(String name, NetworkLoss loss) throws IOException {
        JsonNode recorded = recorded(name);
        matches(recorded, loss);
        double[] found = Place.numbers(
                loss.network().output(theta(loss), loss.data().inputs()).reshape(-1));
        assertThat(found).hasSize(recorded.get("outputs").size());
        for (int i = 0; i < found.length; i++) {
            double expected = recorded.get("outputs").get(i).asDouble();
            // a chain of at most 50 layers of sums of at most 1,152 terms of order 1, each to 1e-16
            assertThat(found[i]).isCloseTo(expected, within(1e-11 * Math.max(1, Math.abs(expected))));
        }
    }

    private static void matches(JsonNode recorded, BatchLoss loss) {
        assertThat(loss.parameters()).isEqualTo(recorded.get("parameters").asLong());
        LossSurface surface = LossSurface.of(loss);
        Tensor gradient = PLACE.zeros(loss.parameters());
        double value = surface.gradient(theta(loss), gradient);
        double norm = recorded.get("gradientNorm").asDouble();
        assertThat(value).isCloseTo(recorded.get("loss").asDouble(), within(1e-12 * value));
        // small batches in batch norm amplify rounding in gradients
        assertThat(surface.space().norm(gradient)).isCloseTo(norm, within(1e-10 * norm));
        double[] cosines = new double[(int) loss.parameters()];
        Arrays.setAll(cosines, i -> Math.cos(0.11 * i));
        assertThat(surface.space().dot(gradient, PLACE.tensor(cosines, cosines.length)))
                .isCloseTo(
                        recorded.get("gradientTimesCosines").asDouble(),
                        within(1e-10 * norm * Math.sqrt(cosines.length)));
    }

    private static Tensor theta(BatchLoss loss) {
        double[] theta = new double[(int) loss.parameters()];
        for (Block block : loss.blocks()) {
            double shift = block.name().endsWith(" scale") ? 1 : 0;
            for (int i = (int) block.offset(); i < block.offset() + block.size(); i++) {
                theta[i] = shift + 0.2 * Math.sin(1.3 * i + 0.5);
            }
        }
        return PLACE.tensor(theta, theta.length);
    }

    private static Tensor numbers(double factor, long... shape) {
        double[] numbers = new double[(int) size(shape)];
        Arrays.setAll(numbers, i -> factor * Math.cos(0.37 * i));
        return PLACE.tensor(numbers, shape);
    }

    private static Tensor tokens(long vocabulary, long... shape) {
        LongUnaryOperator token = i -> (7 * i * i + 3 * i) % vocabulary;
        long[] tokens = new long[(int) size(shape)];
        Arrays.setAll(tokens, token::applyAsLong);
        return torch.tensor(tokens).view(shape);
    }

    private static long size(long... shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    private static JsonNode recorded(String name) throws IOException {
        try (InputStream file = RecordedModelTest.class.getResourceAsStream("torch-1.13.1/" + name + ".json")) {
            return new ObjectMapper().readTree(file);
        }
    }
}
