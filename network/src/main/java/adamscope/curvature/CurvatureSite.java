package adamscope.curvature;

import adamscope.linear.LinearOperator;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/// A point of a training at which eigenvalues are measured, at the least cost that the tolerance allows.
///
/// @param surface        the loss
/// @param theta          θ
/// @param slope          loss and gradient there
/// @param preconditioner P of the rule there
/// @param exact          makes the exact Hessian, if differences of gradients do not do
public record CurvatureSite(
        LossSurface surface,
        Tensor theta,
        Slope slope,
        Tensor preconditioner,
        Supplier<? extends LinearOperator<Tensor>> exact) {}
