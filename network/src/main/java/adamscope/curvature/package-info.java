/// Gradient and curvature of a loss at one θ, and what is measured of them along a training.
///
/// The three main types are [adamscope.curvature.LossSurface], [adamscope.curvature.Curvature] and
/// [adamscope.curvature.PreconditionedHessian].
///
/// ```java
/// LossSurface surface = LossSurface.of(loss);
/// Curvature hessian = surface.curvature(theta);
/// new Lanczos(1e-3, 100, 0).top(PreconditionedHessian.of(hessian, preconditioner), start);
/// ```
package adamscope.curvature;
