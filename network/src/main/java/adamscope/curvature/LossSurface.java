package adamscope.curvature;

import adamscope.model.Batch;
import adamscope.model.BatchLoss;
import adamscope.tensor.Scopes;
import adamscope.tensor.TensorVectors;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// A loss over one batch as a function of θ alone: value, gradient and Hessian, by exact accumulation over pieces.
///
/// L = Σ (nᵢ/n)·Lᵢ over pieces of nᵢ of the n samples. With k of them the loss, summed in double, and each coordinate
/// of the gradient, summed in the precision u of the place, differ from the sum in one piece by at most (k + 1)·u·Σ
/// (nᵢ/n)·|gᵢ| beyond what the order of summation within a piece does anyway. Memory holds the graph of one piece.
///
/// @param micro samples that pass through memory at once; 0: the whole batch
public record LossSurface(BatchLoss loss, Batch batch, long micro) {

    public LossSurface(BatchLoss loss, Batch batch) {
        this(loss, batch, 0);
    }

    /// Over all samples, in one piece.
    public static LossSurface of(BatchLoss loss) {
        return new LossSurface(loss, Batch.all(loss));
    }

    /// The same loss over another batch.
    public LossSurface over(Batch other) {
        return new LossSurface(loss, other, micro);
    }

    /// The space of θ.
    public TensorVectors space() {
        return new TensorVectors(loss.parameters(), loss.place());
    }

    /// L(θ), one forward pass.
    public double value(Tensor theta) {
        double sum = 0;
        for (Batch piece : batch.pieces(micro)) {
            try (PointerScope _ = new PointerScope()) {
                sum += share(piece) * loss.mean(theta, piece).item_double();
            }
        }
        return sum;
    }

    /// Writes ∇L(θ) into `gradient` and returns L(θ).
    public double gradient(Tensor theta, Tensor gradient) {
        return gradient(theta, gradient::copy_);
    }

    /// Hands ∇L(θ), which lives no longer than that, to `taker` and returns L(θ).
    public double gradient(Tensor theta, Consumer<Tensor> taker) {
        List<Batch> pieces = batch.pieces(micro);
        if (pieces.size() == 1) {
            return gradient(theta, batch, taker);
        }
        double value = 0;
        try (PointerScope _ = new PointerScope()) {
            Tensor sum = loss.place().zeros(loss.parameters());
            for (Batch piece : pieces) {
                value += share(piece) * gradient(theta, piece, part -> space().add(sum, share(piece), part));
            }
            taker.accept(sum);
        }
        return value;
    }

    /// L and ∇L at θ, in the caller's scope.
    public Slope slope(Tensor theta) {
        Tensor gradient = loss.place().zeros(loss.parameters());
        return new Slope(gradient(theta, gradient), gradient);
    }

    private double share(Batch piece) {
        return (double) piece.count() / batch.count();
    }

    private double gradient(Tensor theta, Batch piece, Consumer<Tensor> taker) {
        try (PointerScope _ = new PointerScope()) {
            Tensor leaf = theta.detach().requires_grad_(true);
            Tensor value = loss.mean(leaf, piece);
            TensorVector gradients = torch.grad(
                    new TensorVector(value),
                    new TensorVector(leaf),
                    new TensorVector(),
                    new BoolOptional(),
                    false,
                    false);
            taker.accept(gradients.get(0));
            return value.item_double();
        }
    }

    /// L, ∇L and the Hessian at θ. In one piece: on a graph that is kept until the caller's scope closes. In several:
    /// the graph of one piece at a time, made anew for each product.
    public Curvature curvature(Tensor theta) {
        return batch.pieces(micro).size() == 1
                ? onOneGraph(theta)
                : new Curvature(space(), theta.detach(), slope(theta), vector -> inPieces(theta, vector));
    }

    private Tensor inPieces(Tensor theta, Tensor vector) {
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope()) {
            Tensor sum = loss.place().zeros(loss.parameters());
            for (Batch piece : batch.pieces(micro)) {
                try (PointerScope _ = new PointerScope()) {
                    Tensor product =
                            new LossSurface(loss, piece).onOneGraph(theta).apply(vector);
                    space().add(sum, share(piece), product);
                }
            }
            return Scopes.kept(outer, sum);
        }
    }

    private Curvature onOneGraph(Tensor theta) {
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
            return Curvature.onGraph(
                    space(), Scopes.kept(outer, leaf), Scopes.kept(outer, gradient), value.item_double());
        }
    }
}
