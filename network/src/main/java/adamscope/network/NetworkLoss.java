package adamscope.network;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// The full-batch loss of a network, L(θ) = 1/(2n)·Σ (output − target)², summed over the n samples and all outputs.
public record NetworkLoss(FullyConnected network, Samples samples) {

    public NetworkLoss {
        List<Integer> widths = network.widths();
        if (samples.inputs().size(1) != widths.getFirst() || samples.targets().size(1) != widths.getLast()) {
            throw new IllegalArgumentException("a network of widths " + widths + " does not fit samples with "
                    + samples.inputs().size(1) + " inputs and "
                    + samples.targets().size(1) + " targets");
        }
    }

    /// The space of θ.
    public TensorVectors space() {
        return new TensorVectors(network.parameters(), samples.place());
    }

    /// Writes ∇L(θ) into `gradient` and returns L(θ).
    public double gradient(Tensor theta, Tensor gradient) {
        try (PointerScope _ = new PointerScope()) {
            Tensor leaf = theta.detach().requires_grad_(true);
            Tensor loss = at(leaf);
            TensorVector gradients = torch.grad(
                    new TensorVector(loss),
                    new TensorVector(leaf),
                    new TensorVector(),
                    new BoolOptional(),
                    false,
                    false);
            gradient.copy_(gradients.get(0));
            return loss.item_double();
        }
    }

    /// L, ∇L and the Hessian at θ, on a graph that is kept until the caller's scope closes.
    public Curvature curvature(Tensor theta) {
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope()) {
            Tensor leaf = theta.detach().requires_grad_(true);
            Tensor loss = at(leaf);
            TensorVector gradients = torch.grad(
                    new TensorVector(loss),
                    new TensorVector(leaf),
                    new TensorVector(),
                    new BoolOptional(true),
                    true,
                    false);
            Tensor gradient = new Tensor(gradients.get(0));
            return new Curvature(space(), Scopes.kept(outer, leaf), Scopes.kept(outer, gradient), loss.item_double());
        }
    }

    private Tensor at(Tensor theta) {
        Tensor difference = network.output(theta, samples.inputs()).sub(samples.targets());
        return difference.mul(difference).sum().mul(new Scalar(0.5 / samples.count()));
    }
}
