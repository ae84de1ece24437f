package adamscope.curvature;

import adamscope.model.Batch;
import adamscope.model.BatchLoss;
import adamscope.tensor.Scopes;
import adamscope.tensor.TensorVectors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// A loss over one batch as a function of θ alone: value, gradient and Hessian.
public record LossSurface(BatchLoss loss, Batch batch) {

    /// Over all samples.
    public static LossSurface of(BatchLoss loss) {
        return new LossSurface(loss, Batch.all(loss));
    }

    /// The space of θ.
    public TensorVectors space() {
        return new TensorVectors(loss.parameters(), loss.place());
    }

    /// Writes ∇L(θ) into `gradient` and returns L(θ).
    public double gradient(Tensor theta, Tensor gradient) {
        try (PointerScope _ = new PointerScope()) {
            Tensor leaf = theta.detach().requires_grad_(true);
            Tensor value = loss.mean(leaf, batch);
            TensorVector gradients = torch.grad(
                    new TensorVector(value),
                    new TensorVector(leaf),
                    new TensorVector(),
                    new BoolOptional(),
                    false,
                    false);
            gradient.copy_(gradients.get(0));
            return value.item_double();
        }
    }

    /// L, ∇L and the Hessian at θ, on a graph that is kept until the caller's scope closes.
    public Curvature curvature(Tensor theta) {
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope()) {
            Tensor leaf = theta.detach().requires_grad_(true);
            Tensor value = loss.mean(leaf, batch);
            TensorVector gradients = torch.grad(
                    new TensorVector(value),
                    new TensorVector(leaf),
                    new TensorVector(),
                    new BoolOptional(true),
                    true,
                    false);
            Tensor gradient = new Tensor(gradients.get(0));
            return new Curvature(space(), Scopes.kept(outer, leaf), Scopes.kept(outer, gradient), value.item_double());
        }
    }
}
