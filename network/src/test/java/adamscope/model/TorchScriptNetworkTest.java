package adamscope.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.tensor.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The recorded module is 4-6-6-3 with tanh, in float64, and holds its parameters as [FullyConnected] does.
class TorchScriptNetworkTest {
    private static final Path MODULE = Path.of("../docs/examples/pytorch/model.pt");
    private static final FullyConnected SAME = new FullyConnected(List.of(4, 6, 6, 3), Activation.TANH);

    @Test
    void lossGradientAndHessianProductAreThoseOfTheSameNetworkHere() {
        try (PointerScope _ = new PointerScope()) {
            Network module = TorchScriptNetwork.load(MODULE);
            assertThat(module.parameters()).isEqualTo(SAME.parameters());
            assertThat(module.separable()).isTrue();
            Tensor theta = SAME.initial(3, Place.CPU_FLOAT64).requires_grad_(true);
            double[][] ours = derivatives(SAME, theta);
            double[][] theirs = derivatives(module, theta);
            for (int i = 0; i < ours.length; i++) {
                // The same operations on the same numbers, summed in another order at most.
                assertThat(theirs[i]).containsExactly(ours[i], within(1e-13));
            }
        }
    }

    /// f(x) = W(P(Wx) + b), P a swap: tied W is one block, frozen P none. At W = [[1, 2], [3, 4]], b = [1, −1], x = [1,
    /// 0]:
    /// Wx = [1, 3], swapped and shifted [4, 0], times W [4, 12]. With E the unit of W₁₁: E·[4, 0] + W(P(E·x)) =
    /// [4, 0] + W[0, 1] = [4, 0] + [2, 4], so the sum of the outputs rises by 10.
    @Test
    void tiedParametersAreOneAndFrozenOnesStay() {
        try (PointerScope _ = new PointerScope()) {
            TorchScriptNetwork module = TorchScriptNetwork.load(
                    Path.of("src/test/resources/adamscope/checkpoint/tied-and-frozen.torchscript"));
            assertThat(module.blocks())
                    .extracting(block -> block.name())
                    .containsExactly("first.weight", "middle.bias");
            assertThat(module.names(module.blocks().getFirst())).containsExactly("first.weight", "last.weight");
            assertThat(module.frozen()).containsOnlyKeys("middle.weight");
            Tensor theta = module.initial(0, Place.CPU_FLOAT64).requires_grad_(true);
            assertThat(Place.numbers(theta.detach())).containsExactly(1, 2, 3, 4, 1, -1);
            Tensor output = module.output(theta, Place.CPU_FLOAT64.tensor(new double[] {1, 0}, 1, 2));
            assertThat(Place.numbers(output.detach())).containsExactly(4, 12);
            TensorVector slopes = torch.grad(
                    new TensorVector(output.sum()),
                    new TensorVector(theta),
                    new TensorVector(),
                    new BoolOptional(),
                    false,
                    false);
            assertThat(Place.numbers(slopes.get(0))[0]).isEqualTo(10);
        }
    }

    @Test
    void itsParametersStandInTheFileWhateverTheSeed() {
        try (PointerScope _ = new PointerScope()) {
            Network module = TorchScriptNetwork.load(MODULE);
            double[] before = Place.numbers(module.initial(0, Place.CPU_FLOAT64));
            module.output(SAME.initial(3, Place.CPU_FLOAT64), Place.CPU_FLOAT64.zeros(1, 4));
            assertThat(Place.numbers(module.initial(1, Place.CPU_FLOAT64))).containsExactly(before);
        }
    }

    @Test
    void itRunsInTheSinglePrecisionOfThetaToo() {
        try (PointerScope _ = new PointerScope()) {
            Network module = TorchScriptNetwork.load(MODULE);
            Tensor inputs = Place.CPU_FLOAT64.tensor(new double[] {1, -2, 3, 0.5}, 1, 4);
            double[] fine = Place.numbers(module.output(module.initial(0, Place.CPU_FLOAT64), inputs));
            double[] coarse =
                    Place.numbers(module.output(module.initial(0, Place.CPU_FLOAT32), Place.CPU_FLOAT32.moved(inputs)));
            assertThat(coarse)
                    .containsExactly(fine, within(1e-6)); // outputs of order 1, 2⁻²⁴ each of some 20 operations
        }
    }

    @Test
    void inputsOfAnotherWidthAreRefusedWithTheFile() {
        try (PointerScope _ = new PointerScope()) {
            Network module = TorchScriptNetwork.load(MODULE);
            Tensor theta = module.initial(0, Place.CPU_FLOAT64);
            assertThatThrownBy(() -> module.output(theta, Place.CPU_FLOAT64.zeros(1, 5)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(MODULE + ": forward fails on inputs of shape [1, 5]");
        }
    }

    @Test
    void aFileOfAnotherKindIsRefused(@TempDir Path folder) throws IOException {
        Path text = Files.writeString(folder.resolve("model.pt"), "no module");
        assertThatThrownBy(() -> TorchScriptNetwork.load(text))
                .hasMessageStartingWith(text + " is no TorchScript archive")
                .hasMessageContaining("torch.jit.script(model).save(FILE)");
        assertThatThrownBy(() -> TorchScriptNetwork.load(folder.resolve("none")))
                .hasMessage("no file " + folder.resolve("none"));
    }

    /// Outputs, gradient of ½·Σ output², and the Hessian of that times a vector of ones.
    private static double[][] derivatives(Network network, Tensor theta) {
        Tensor inputs = Place.CPU_FLOAT64.tensor(new double[] {1, -2, 3, 0.5, 0.1, 0.2, -0.3, 2}, 2, 4);
        Tensor outputs = network.output(theta, inputs);
        Tensor loss = outputs.mul(outputs).sum().div(Place.CPU_FLOAT64.number(2));
        TensorVector gradient = torch.grad(
                new TensorVector(loss),
                new TensorVector(theta),
                new TensorVector(),
                new BoolOptional(true),
                true,
                false);
        TensorVector product = torch.grad(new TensorVector(gradient.get(0).sum()), new TensorVector(theta));
        return new double[][] {Place.numbers(outputs), Place.numbers(gradient.get(0)), Place.numbers(product.get(0))};
    }
}
