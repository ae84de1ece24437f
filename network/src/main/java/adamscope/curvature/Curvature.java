package adamscope.curvature;

import adamscope.linear.LinearOperator;
import adamscope.linear.VectorSpace;
import adamscope.tensor.Scopes;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// The Hessian H of a loss at one θ as an operator: H·v = ∇(∇L·v), one more backward pass on the graph of ∇L
/// (Pearlmutter 1994).
///
/// It lives as long as the scope in which it was made. A product on a kept graph costs about 1.5 gradients.
public final class Curvature implements LinearOperator<Tensor> {
    private final VectorSpace<Tensor> space;
    private final Tensor theta;
    private final Slope slope;
    private final UnaryOperator<Tensor> product;

    /// @param theta   kept as long as this
    /// @param slope   loss and gradient there
    /// @param product with the Hessian, in the caller's scope
    Curvature(VectorSpace<Tensor> space, Tensor theta, Slope slope, UnaryOperator<Tensor> product) {
        this.space = space;
        this.theta = theta;
        this.slope = slope;
        this.product = product;
    }

    /// On the graph of a gradient.
    static Curvature onGraph(VectorSpace<Tensor> space, Tensor theta, Tensor gradient, double loss) {
        return new Curvature(space, theta, new Slope(loss, gradient), vector -> product(theta, gradient, vector));
    }

    private static Tensor product(Tensor theta, Tensor gradient, Tensor vector) {
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

    /// The same, living as long as `scope`.
    public Curvature keptIn(PointerScope scope) {
        Scopes.kept(scope, theta);
        slope.keptIn(scope);
        return this;
    }

    /// L(θ).
    public double loss() {
        return slope.loss();
    }

    /// ∇L(θ), without its graph.
    public Tensor gradient() {
        return slope.gradient().detach();
    }

    /// L(θ) and ∇L(θ), without the graph.
    public Slope slope() {
        return new Slope(loss(), gradient());
    }

    @Override
    public VectorSpace<Tensor> space() {
        return space;
    }

    @Override
    public Tensor apply(Tensor vector) {
        return product.apply(vector);
    }
}
