package adamscope.curvature;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// How gradient and update lie to the top eigenvectors, and the curvature along them (Cohen et al. 2022, Fig. 18).
///
/// An eigenvector w of P^(−1/2)·H·P^(−1/2) is compared with P^(−1/2)·g and P^(1/2)·Δθ, which are the gradient and the
/// update in its coordinates; an eigenvector of H with g itself. Squared cosines to several eigenvectors are summed.
///
/// @param gradientOnTop     Σ cos²(g, vᵢ) over the eigenvectors of H; NaN if none were given
/// @param semiGradientOnTop Σ cos²(P^(−1/2)·g, wᵢ)
/// @param updateOnTop       Σ cos²(P^(1/2)·Δθ, wᵢ)
/// @param alongGradient     gᵀHg/gᵀg
/// @param alongSemiGradient the same of P^(−1/2)·H·P^(−1/2) along P^(−1/2)·g: the curvature that a step along P⁻¹g
/// meets
/// @param alongUpdate       ΔθᵀHΔθ/ΔθᵀPΔθ, of P^(−1/2)·H·P^(−1/2) along P^(1/2)·Δθ
public record Directions(
        double gradientOnTop,
        double semiGradientOnTop,
        double updateOnTop,
        double alongGradient,
        double alongSemiGradient,
        double alongUpdate) {

    /// Measures them: three products.
    ///
    /// @param raw            eigenvectors of H, of norm 1
    /// @param preconditioned eigenvectors of P^(−1/2)·H·P^(−1/2), of norm 1
    public static Directions of(CurvaturePoint point, List<Tensor> raw, List<Tensor> preconditioned) {
        try (PointerScope _ = new PointerScope()) {
            PreconditionedHessian operator = point.preconditioned();
            Tensor gradient = point.curvature().gradient();
            Tensor semiGradient = operator.scaled(gradient);
            Tensor update =
                    masked(operator, point.update().mul(point.preconditioner().sqrt()));
            return new Directions(
                    onTop(point, gradient, raw),
                    onTop(point, semiGradient, preconditioned),
                    onTop(point, update, preconditioned),
                    CurvaturePoint.along(point.curvature(), gradient),
                    CurvaturePoint.along(operator, semiGradient),
                    CurvaturePoint.along(operator, update));
        }
    }

    /// 0 where the operator projects out.
    private static Tensor masked(PreconditionedHessian operator, Tensor vector) {
        Tensor kept = operator.scaled(torch.ones_like(vector)).sign();
        return torch.where(kept.to(torch.ScalarType.Bool), vector, torch.zeros_like(vector));
    }

    private static double onTop(CurvaturePoint point, Tensor vector, List<Tensor> eigenvectors) {
        return eigenvectors.isEmpty()
                ? Double.NaN
                : eigenvectors.stream()
                        .mapToDouble(v ->
                                CurvaturePoint.squaredCosine(point.curvature().space(), vector, v))
                        .sum();
    }
}
