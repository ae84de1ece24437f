package adamscope.curvature;

import adamscope.linear.LinearOperator;
import adamscope.linear.VectorSpace;
import adamscope.tensor.Scopes;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// The Hessian H of a loss at one θ as an operator: H·v = ∇(∇L·v), one more backward pass on the retained graph of ∇L
/// (Pearlmutter 1994).
///
/// It lives as long as the scope in which it was made. A product costs about 1.3 gradients.
public final class Curvature implements LinearOperator<Tensor> {
    private final VectorSpace<Tensor> space;
    private final Tensor theta;
    private final Tensor gradient;
    private final double loss;

    Curvature(VectorSpace<Tensor> space, Tensor theta, Tensor gradient, double loss) {
        this.space = space;
        this.theta = theta;
        this.gradient = gradient;
        this.loss = loss;
    }

    /// The same, living as long as `scope`.
    public Curvature keptIn(PointerScope scope) {
        Scopes.kept(scope, theta);
        Scopes.kept(scope, gradient);
        return this;
    }

    /// L(θ).
    public double loss() {
        return loss;
    }

    /// ∇L(θ), without its graph.
    public Tensor gradient() {
        return gradient.detach();
    }

    @Override
    public VectorSpace<Tensor> space() {
        return space;
    }

    @Override
    public Tensor apply(Tensor vector) {
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope()) {
            TensorVector products = torch.grad(
                    new TensorVector(gradient),
                    new TensorVector(theta),
                    new TensorVector(vector),
                    new BoolOptional(true),
                    false,
                    false);
            return Scopes.kept(outer, new Tensor(products.get(0)));
        }
    }
}
