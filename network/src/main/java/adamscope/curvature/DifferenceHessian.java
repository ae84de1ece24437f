package adamscope.curvature;

import adamscope.linear.LinearOperator;
import adamscope.linear.VectorSpace;
import adamscope.tensor.Scopes;
import adamscope.tensor.TensorVectors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// The Hessian from gradients alone, for models that cannot be differentiated twice: a product is a difference of
/// gradients along the vector.
///
/// Forward: (∇L(θ + h·u) − ∇L(θ))/h for the unit vector u, with an error of ½h·‖∇³L·u·u‖ + 2u‖∇L‖/h; central:
/// (∇L(θ + h·u) − ∇L(θ − h·u))/2h, with h²/6·‖∇⁴L‖ + u‖∇L‖/h. The step that balances them is h = √u·scale (forward) and
/// h = ∛u·scale (central) with the roundoff u of the storage, 2⁻²⁴ or 2⁻⁵³, and scale = max(‖θ‖, 1). Each product costs
/// one gradient (forward) or two (central). The result is symmetric only up to that error.
///
/// @param surface  the loss
/// @param theta    the point
/// @param gradient ∇L there
/// @param central  whether both sides are taken
/// @param step     h, a distance in θ
public record DifferenceHessian(LossSurface surface, Tensor theta, Tensor gradient, boolean central, double step)
        implements LinearOperator<Tensor> {

    public DifferenceHessian {
        if (!(step > 0)) {
            throw new IllegalArgumentException("step = " + step + " is outside (0, inf)");
        }
    }

    /// With the step that its storage asks for.
    public static DifferenceHessian of(LossSurface surface, Tensor theta, Tensor gradient, boolean central) {
        TensorVectors space = surface.space();
        return new DifferenceHessian(
                surface, theta, gradient, central, step(space.roundoff(), space.norm(theta), central));
    }

    /// The step that balances truncation against rounding.
    ///
    /// @param roundoff of the storage
    /// @param norm     ‖θ‖
    static double step(double roundoff, double norm, boolean central) {
        return (central ? Math.cbrt(roundoff) : Math.sqrt(roundoff)) * Math.max(norm, 1);
    }

    @Override
    public VectorSpace<Tensor> space() {
        return surface.space();
    }

    @Override
    public Tensor apply(Tensor vector) {
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope()) {
            TensorVectors space = surface.space();
            double norm = space.norm(vector);
            if (norm == 0) {
                return Scopes.kept(outer, space.scaled(0, vector));
            }
            Tensor ahead = gradientAt(step / norm, vector);
            Tensor behind = central ? gradientAt(-step / norm, vector) : gradient;
            space.add(ahead, -1, behind);
            return Scopes.kept(outer, space.scaled(norm / (central ? 2 * step : step), ahead));
        }
    }

    private Tensor gradientAt(double factor, Tensor vector) {
        TensorVectors space = surface.space();
        Tensor moved = theta.clone();
        space.add(moved, factor, vector);
        Tensor there = theta.clone();
        surface.gradient(moved, there);
        return there;
    }
}
