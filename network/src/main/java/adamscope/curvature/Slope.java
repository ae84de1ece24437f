package adamscope.curvature;

import adamscope.tensor.Scopes;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// L(θ) and ∇L(θ), without a graph.
public record Slope(double loss, Tensor gradient) {

    /// The same, living as long as `scope`.
    public Slope keptIn(PointerScope scope) {
        Scopes.kept(scope, gradient);
        return this;
    }
}
