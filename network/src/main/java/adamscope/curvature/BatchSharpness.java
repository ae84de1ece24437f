package adamscope.curvature;

import adamscope.linear.SpectralDensity.Estimate;
import adamscope.model.Batch;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// The curvature that minibatch steps meet: ⟨gᵀHg⟩/⟨gᵀg⟩ with gradient and Hessian of the same batch (Andreyev &
/// Beneventano 2024, edge of stochastic stability: it settles at 2/η for plain SGD).
public final class BatchSharpness {
    private BatchSharpness() {}

    /// Over these batches: one gradient and one product each.
    ///
    /// @return the ratio of the means, with the standard error of a ratio
    public static Estimate of(LossSurface surface, List<Batch> batches, Tensor theta) {
        double[] tops = new double[batches.size()];
        double[] bottoms = new double[batches.size()];
        double top = 0;
        double bottom = 0;
        for (int i = 0; i < tops.length; i++) {
            try (PointerScope _ = new PointerScope()) {
                Curvature curvature = surface.over(batches.get(i)).curvature(theta);
                Tensor gradient = curvature.gradient();
                tops[i] = surface.space().dot(gradient, curvature.apply(gradient));
                bottoms[i] = surface.space().dot(gradient, gradient);
                top += tops[i] / tops.length;
                bottom += bottoms[i] / tops.length;
            }
        }
        double ratio = top / bottom;
        double squares = 0;
        for (int i = 0; i < tops.length; i++) {
            double deviation = tops[i] - ratio * bottoms[i];
            squares += deviation * deviation;
        }
        int n = tops.length;
        return new Estimate(ratio, n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1) / n) / bottom);
    }
}
