package adamscope.linear;

import adamscope.formula.PlainText;

/// The algebraically largest eigenvalue of a symmetric operator: Lanczos with full reorthogonalisation.
///
/// In the basis q₁ … q_k of the Krylov space the operator is the tridiagonal T = QᵀAQ. Its largest eigenpair (θ, s)
/// gives the Ritz pair (θ, Q·s) with ‖A·Qs − θ·Qs‖ = β_k·|s_k| (Parlett 1998, section 13.2). It stops when that is at
/// most `tolerance`·|θ|, or when rounding allows no less. Every start has a random part, so the Krylov space has a part
/// in every eigenspace.
///
/// @param tolerance   largest residual, relative to |value|
/// @param maxProducts at most so many products, and so many vectors in memory
/// @param seed        of the random part of the start
public record Lanczos(double tolerance, int maxProducts, long seed) {

    /// The random part of a warm start, relative to the given vector: enough to notice another eigenvector that has
    /// taken the lead, at the price of about one product.
    private static final double EXPLORATION = 0.01;

    public Lanczos {
        if (!(tolerance >= 0)) {
            throw new IllegalArgumentException(
                    "tolerance = " + new PlainText().number(tolerance) + " is outside [0, inf)");
        }
        if (maxProducts < 1) {
            throw new IllegalArgumentException("maxProducts = " + maxProducts + " is outside [1, inf)");
        }
    }

    /// The top eigenpair, from a random start.
    public <V> Eigenpair<V> top(LinearOperator<V> operator) {
        return from(operator, operator.space().random(seed));
    }

    /// The top eigenpair, from a vector near it, such as the eigenvector some steps before.
    public <V> Eigenpair<V> top(LinearOperator<V> operator, V near) {
        VectorSpace<V> space = operator.space();
        double norm = space.norm(near);
        V start = space.random(seed);
        if (norm > 0 && norm < Double.POSITIVE_INFINITY) {
            start = space.scaled(EXPLORATION / space.norm(start), start);
            space.add(start, 1 / norm, near);
        }
        return from(operator, start);
    }

    private <V> Eigenpair<V> from(LinearOperator<V> operator, V start) {
        if (operator.space().dimension() < 1) {
            throw new IllegalArgumentException("an operator of dimension 0 has no eigenvalue");
        }
        RitzSpace<V> space = new RitzSpace<>(operator);
        space.admit(start);
        while (true) {
            if (!space.finite()) {
                return new Eigenpair<>(Double.NaN, null, Double.NaN, space.products(), false);
            }
            RitzSpace.Ritz top = space.ritz().getFirst();
            double residual = space.complete() ? 0 : space.residual(top);
            boolean converged = residual <= Math.max(tolerance * Math.abs(top.value()), space.rounding());
            if (converged || space.complete() || space.products() >= maxProducts) {
                V vector = space.vector(top.weights());
                Eigenpair<V> pair = new Eigenpair<>(
                        top.value(), vector, residual + space.roundingBound(), space.products(), converged);
                space.release();
                return pair;
            }
            space.expand(top.weights(), seed + space.products());
        }
    }
}
