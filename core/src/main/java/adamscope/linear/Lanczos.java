package adamscope.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.linear.EigenDecompositionSymmetric;

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

    /// Residuals below this many roundoffs of the largest |θ| are rounding error.
    private static final double ROUNDING = 16;

    public Lanczos {
        if (!(tolerance >= 0)) {
            throw new IllegalArgumentException("tolerance = " + tolerance + " is outside [0, inf)");
        }
        if (maxProducts < 1) {
            throw new IllegalArgumentException("maxProducts = " + maxProducts + " is outside [1, inf)");
        }
    }

    /// The top eigenpair, from a random start.
    public <V> Eigenpair<V> top(LinearOperator<V> operator) {
        return new Run<>(this, operator).from(operator.space().random(seed));
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
        return new Run<>(this, operator).from(start);
    }

    private static final class Run<V> {
        private final Lanczos settings;
        private final LinearOperator<V> operator;
        private final VectorSpace<V> space;
        private final List<V> basis = new ArrayList<>();
        private final double[] diagonal;
        private final double[] besideDiagonal;

        Run(Lanczos settings, LinearOperator<V> operator) {
            this.settings = settings;
            this.operator = operator;
            this.space = operator.space();
            int size = (int) Math.min(settings.maxProducts, space.dimension());
            if (size < 1) {
                throw new IllegalArgumentException("an operator of dimension 0 has no eigenvalue");
            }
            diagonal = new double[size];
            besideDiagonal = new double[size];
        }

        Eigenpair<V> from(V start) {
            V direction = start;
            double norm = space.norm(start);
            for (int k = 0; ; k++) {
                basis.add(space.scaled(1 / norm, direction));
                direction = operator.apply(basis.get(k));
                diagonal[k] = space.dot(direction, basis.get(k));
                orthogonalise(direction);
                norm = space.norm(direction);
                if (!Double.isFinite(diagonal[k]) || !Double.isFinite(norm)) {
                    return new Eigenpair<>(Double.NaN, null, Double.NaN, k + 1, false);
                }
                Ritz top = Ritz.of(diagonal, besideDiagonal, k + 1);
                double rounding = ROUNDING * space.roundoff() * Math.max(top.scale(), norm);
                double residual = basis.size() == space.dimension() ? 0 : norm * Math.abs(top.weights()[k]);
                boolean converged = residual <= Math.max(settings.tolerance * Math.abs(top.value()), rounding);
                if (converged || k + 1 == diagonal.length) {
                    return new Eigenpair<>(top.value(), combination(top.weights()), residual, k + 1, converged);
                }
                besideDiagonal[k] = norm;
            }
        }

        /// Takes the part in the basis away; twice, because once is not enough where much cancels (Kahan, Parlett).
        private void orthogonalise(V vector) {
            for (int pass = 0; pass < 2; pass++) {
                for (V q : basis) {
                    space.add(vector, -space.dot(vector, q), q);
                }
            }
        }

        private V combination(double[] weights) {
            V sum = space.scaled(weights[0], basis.get(0));
            for (int j = 1; j < weights.length; j++) {
                space.add(sum, weights[j], basis.get(j));
            }
            return space.scaled(1 / space.norm(sum), sum);
        }
    }

    /// The largest eigenpair of the tridiagonal matrix, and the largest magnitude among its eigenvalues.
    private record Ritz(double value, double[] weights, double scale) {
        static Ritz of(double[] diagonal, double[] besideDiagonal, int size) {
            EigenDecompositionSymmetric eigen = new EigenDecompositionSymmetric(
                    Arrays.copyOf(diagonal, size), Arrays.copyOf(besideDiagonal, size - 1));
            double[] values = eigen.getEigenvalues();
            int top = 0;
            double scale = 0;
            for (int i = 0; i < size; i++) {
                top = values[i] > values[top] ? i : top;
                scale = Math.max(scale, Math.abs(values[i]));
            }
            return new Ritz(values[top], eigen.getEigenvector(top).toArray(), scale);
        }
    }
}
