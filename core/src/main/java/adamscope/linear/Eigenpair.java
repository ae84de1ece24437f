package adamscope.linear;

/// An approximate eigenpair A·vector ≈ value·vector and what is known of its error.
///
/// Some eigenvalue lies within `residual` of `value`. That it is the one sought (the algebraically largest) no residual
/// can prove; a start with a random part makes it likely.
///
/// @param value     the eigenvalue, NaN if the operator returned a number that is not finite
/// @param vector    of norm 1; null if the value is NaN
/// @param residual  ‖A·vector − value·vector‖, as the Lanczos process bounds it, and what rounding may add
/// @param products  how many products with A were spent
/// @param converged whether the residual met the tolerance
public record Eigenpair<V>(double value, V vector, double residual, int products, boolean converged) {}
