package adamscope.model;

import adamscope.data.DataShape;
import adamscope.data.Samples;
import adamscope.linear.CountedNormal;
import adamscope.linear.CountedUniform;
import adamscope.tensor.Place;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Every model at a size that a test can differentiate by differences, on random data in double precision.
final class ModelCases {
    private static final Place PLACE = Place.CPU_FLOAT64;
    private static final DataShape.Vectors ROWS = new DataShape.Vectors(3, 2);

    /// Smooth ones, one with powers of numbers and of outputs, and ones whose second derivative is 0 nearly everywhere.
    private static final List<String> FORMULAS = List.of(
            "log(cosh(y - t))",
            "(y - t)^2*exp(-t^2/pi) + tanh(y)*sin(t) + 2^cos(y)",
            "sqrt(1 + (y - t)^2) - 1",
            "max(0, 1 - y*t)^2 + 0.1*abs(y)");

    private static final GalerkinProblem NONLINEAR = GalerkinProblem.read(
            new Region.Box(List.of(List.of(-1.0, 0.5), List.of(0.0, 2.0))),
            "-laplace(u) + u_x*u_y + u^3 = u_xy + grad2(u) + exp(x)*y",
            "u_n + u*x = 2*y",
            Optional.empty());

    private ModelCases() {}

    static final Map<String, Supplier<BatchLoss>> ALL = new TreeMap<>();

    static {
        for (Activation activation : Activation.values()) {
            ALL.put(
                    "fully connected with " + activation.word(),
                    () -> onRows(FullyConnected.between(3, List.of(5, 4), 2, activation), Criterion.MEAN_SQUARED));
        }
        ALL.put(
                "convolutional of four layers",
                () -> onImages(
                        new ConvolutionalNetwork(List.of(2, 3, 2, 2), List.of(), new DataShape.Images(1, 15, 16, 2)),
                        2));
        ALL.put("convolutional", () -> onImages(new ConvolutionalNetwork(new DataShape.Images(2, 16, 15, 3)), 3));
        ALL.put(
                "two convolutions",
                () -> onImages(new TwoConvolutions(List.of(2, 3), new DataShape.Images(2, 17, 16, 3)), 3));
        ALL.put(
                "residual 18 on small images",
                () -> onImages(residual(ResNet.Depth.EIGHTEEN, ResNet.Stem.CIFAR, 8), 4));
        ALL.put(
                "residual 18 on large images",
                () -> onImages(residual(ResNet.Depth.EIGHTEEN, ResNet.Stem.IMAGENET, 33), 4));
        ALL.put("residual 50", () -> onImages(residual(ResNet.Depth.FIFTY, ResNet.Stem.CIFAR, 16), 4));
        ALL.put("wide residual, normalised", () -> onImages(wide(true), 4));
        ALL.put("wide residual, without normalisation", () -> onImages(wide(false), 3));
        ALL.put("gpt", () -> onTokens(new DataShape.Tokens(6, 11), false));
        ALL.put("transformer, norm before", () -> onPairs(transformer(true)));
        ALL.put("transformer, norm after", () -> onPairs(transformer(false)));
        ALL.put(
                "fully connected without biases",
                () -> onRows(
                        new WithoutBias(FullyConnected.between(3, List.of(5, 4), 2, Activation.TANH)),
                        Criterion.HALF_SQUARED));
        ALL.put("gpt without biases", () -> onTokens(new DataShape.Tokens(6, 11), true));
        for (String formula : FORMULAS) {
            ALL.put(
                    "loss " + formula,
                    () -> onRows(
                            FullyConnected.between(3, List.of(5, 4), 2, Activation.TANH),
                            FormulaCriterion.read("objective", formula)));
        }
        ALL.put("nonlinear equation with gradients on a box", () -> poisson(NONLINEAR, Activation.TANH));
        ALL.put("Poisson problem on the cube", () -> poisson(GalerkinProblem.CUBE, Activation.TANH));
        ALL.put("Poisson problem on the disk", () -> poisson(GalerkinProblem.DISK, Activation.GELU));
    }

    private static ResNet residual(ResNet.Depth depth, ResNet.Stem stem, int pixels) {
        return new ResNet(depth, stem, 3, new DataShape.Images(2, pixels, pixels, 3));
    }

    private static WideResNet wide(boolean normalised) {
        return new WideResNet(1, 1, normalised, new DataShape.Images(2, 8, 8, 3));
    }

    static Transformer transformer(boolean normBefore) {
        return new Transformer(2, 2, 8, 12, normBefore, new DataShape.Pairs(5, 4, 9));
    }

    private static BatchLoss poisson(GalerkinProblem problem, Activation activation) {
        FullyConnected network = FullyConnected.between(problem.dimension(), List.of(5, 4), 1, activation);
        return GalerkinLoss.of(network, problem, 7, 3, PLACE);
    }

    private static BatchLoss onRows(Network network, Criterion criterion) {
        return new NetworkLoss(network, new Samples(normal(1, 6, ROWS.width()), normal(2, 6, 2), PLACE), criterion);
    }

    private static BatchLoss onImages(Network network, int samples) {
        DataShape.Images shape = switch (network) {
            case ConvolutionalNetwork(var _, var _, DataShape.Images images) -> images;
            case TwoConvolutions two -> two.shape();
            case ResNet resNet -> resNet.shape();
            case WideResNet wide -> wide.shape();
            default -> throw new AssertionError(network);
        };
        Tensor inputs = normal(3, samples, shape.channels(), shape.height(), shape.width());
        Tensor targets = torch.one_hot(tokens(4, shape.classes(), samples), shape.classes())
                .to(torch.ScalarType.Double);
        return new NetworkLoss(network, new Samples(inputs, targets, PLACE), Criterion.CROSS_ENTROPY);
    }

    private static BatchLoss onTokens(DataShape.Tokens shape, boolean withoutBias) {
        Gpt whole = new Gpt(2, 2, 8, shape);
        Network network = withoutBias ? new WithoutBias(whole) : whole;
        Samples samples = new Samples(
                tokens(5, shape.vocabulary(), 3, shape.length()),
                tokens(6, shape.vocabulary(), 3, shape.length()),
                PLACE);
        return new NetworkLoss(network, samples, Criterion.tokens(samples));
    }

    /// The last two tokens of the first source and the last of the first target are padding.
    private static BatchLoss onPairs(Transformer network) {
        int width = network.shape().sourceLength() + network.shape().targetLength();
        Scalar one = new Scalar(1);
        Tensor inputs = tokens(7, network.shape().vocabulary() - 1, 3, width).add(one);
        Tensor targets = tokens(
                        8, network.shape().vocabulary() - 1, 3, network.shape().targetLength())
                .add(one);
        inputs.narrow(0, 0, 1).narrow(1, 3, 2).zero_();
        inputs.narrow(0, 0, 1).narrow(1, width - 1, 1).zero_();
        targets.narrow(0, 0, 1).narrow(1, 3, 1).zero_();
        Samples samples = new Samples(inputs, targets, PLACE);
        return new NetworkLoss(network, samples, Criterion.tokensWithPadding(samples, Transformer.PADDING));
    }

    static Tensor normal(long seed, long... shape) {
        double[] numbers = new double[(int) size(shape)];
        Arrays.setAll(numbers, i -> CountedNormal.number(seed, i));
        return PLACE.tensor(numbers, shape);
    }

    static Tensor tokens(long seed, int vocabulary, long... shape) {
        long[] tokens = new long[(int) size(shape)];
        Arrays.setAll(tokens, i -> CountedUniform.below(vocabulary, seed, i));
        return torch.tensor(tokens).view(shape);
    }

    private static long size(long... shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
}
