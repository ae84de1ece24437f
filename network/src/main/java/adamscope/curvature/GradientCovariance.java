package adamscope.curvature;

import adamscope.linear.LinearOperator;
import adamscope.linear.VectorSpace;
import adamscope.model.Batch;
import adamscope.tensor.Scopes;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// The covariance of the gradient over batches, (1/k)·Σ (gᵢ − ḡ)(gᵢ − ḡ)ᵀ with ḡ the mean of the k gradients: with
/// batches of one sample that of single samples.
///
/// It keeps the k deviations; a product is 2k inner products, no gradient.
public final class GradientCovariance implements LinearOperator<Tensor> {
    private final VectorSpace<Tensor> space;
    private final Tensor deviations;

    private GradientCovariance(VectorSpace<Tensor> space, Tensor deviations) {
        this.space = space;
        this.deviations = deviations;
    }

    /// Of these batches, at the price of one gradient each; it belongs to the caller's scope.
    public static GradientCovariance of(LossSurface surface, List<Batch> batches, Tensor theta) {
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope()) {
            Tensor rows = surface.loss().place().zeros(batches.size(), theta.numel());
            for (int i = 0; i < batches.size(); i++) {
                surface.over(batches.get(i)).gradient(theta, rows.select(0, i));
            }
            Tensor mean = rows.mean(0);
            return new GradientCovariance(surface.space(), Scopes.kept(outer, rows.sub(mean)));
        }
    }

    @Override
    public VectorSpace<Tensor> space() {
        return space;
    }

    @Override
    public Tensor apply(Tensor vector) {
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope()) {
            Tensor along = deviations.matmul(vector);
            Tensor sum = deviations.t().matmul(along);
            return Scopes.kept(outer, space.scaled(1.0 / deviations.size(0), sum));
        }
    }
}
