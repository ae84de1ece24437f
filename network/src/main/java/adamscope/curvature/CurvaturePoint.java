package adamscope.curvature;

import adamscope.linear.LinearOperator;
import adamscope.linear.VectorSpace;
import org.bytedeco.pytorch.Tensor;

/// One place on the loss surface with all that a rule makes of it: what directions and alignments are measured from.
///
/// @param surface        the loss
/// @param theta          θ
/// @param curvature      gradient and Hessian at θ
/// @param preconditioner P of the rule there, a positive vector
/// @param update         Δθ, a step of the rule
public record CurvaturePoint(
        LossSurface surface, Tensor theta, Curvature curvature, Tensor preconditioner, Tensor update) {

    /// P^(−1/2)·H·P^(−1/2).
    public PreconditionedHessian preconditioned() {
        return PreconditionedHessian.of(curvature, preconditioner);
    }

    /// cos² of the angle between two vectors: how much of one lies along the other; NaN if one of them is 0.
    public static double squaredCosine(VectorSpace<Tensor> space, Tensor a, Tensor b) {
        double dot = space.dot(a, b);
        return dot * dot / (space.dot(a, a) * space.dot(b, b));
    }

    /// dᵀAd/dᵀd, one product.
    public static double along(LinearOperator<Tensor> operator, Tensor direction) {
        Tensor product = operator.apply(direction);
        double quotient =
                operator.space().dot(direction, product) / operator.space().dot(direction, direction);
        operator.space().release(product);
        return quotient;
    }
}
