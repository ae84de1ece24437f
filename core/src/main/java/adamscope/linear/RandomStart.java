package adamscope.linear;

/// What a Lanczos process from a random vector says about the largest eigenvalue of its operator C, from its own
/// numbers (van Dorsselaer, Hochstenbach & van der Vorst 2001).
///
/// With the Lanczos polynomials p₀ = 1, βⱼpⱼ = (λ − αⱼ)pⱼ₋₁ − βⱼ₋₁pⱼ₋₂ the vectors are vⱼ₊₁ = pⱼ(C)v₁. For an
/// eigenvector u of the eigenvalue λ so Σⱼ pⱼ(λ)²·(uᵀv₁)² = Σⱼ(uᵀvⱼ)² ≤ 1, and for v₁ uniform on the sphere of N
/// dimensions
/// |uᵀv₁| < τ has at most the probability τ·√(2N/π). Both hold for every number of steps at once, so a process may stop
/// when it likes. Nothing is supposed about the spectrum, or about a gap.
///
/// @param alpha     the diagonal of T
/// @param beta      below it; the last one is the norm of what is left outside
/// @param dimension N
record RandomStart(double[] alpha, double[] beta, long dimension) {

    /// A number that the largest eigenvalue exceeds with at most this probability, whatever the operator.
    ///
    /// @param largest Ritz value of T, or a number above it
    double upperBound(double largest, double probability) {
        double limit = 2 * dimension / Math.PI / (probability * probability); // 1/τ²
        double step = Math.max(Math.abs(largest), beta[beta.length - 1]) * 0x1p-50;
        if (step == 0) {
            return largest;
        }
        double low = largest;
        double high = largest + step;
        while (growth(high) < limit && high < Double.POSITIVE_INFINITY) {
            low = high;
            step *= 2;
            high = largest + step;
        }
        for (int i = 0; i < 40 && high - low > 1e-3 * step; i++) {
            double middle = 0.5 * (low + high);
            if (growth(middle) < limit) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /// Σⱼ pⱼ(λ)².
    private double growth(double value) {
        double before = 0;
        double now = 1;
        double sum = 1;
        for (int j = 0; j < alpha.length; j++) {
            double next = ((value - alpha[j]) * now - (j == 0 ? 0 : beta[j - 1] * before)) / beta[j];
            before = now;
            now = next;
            sum += now * now;
        }
        return Double.isNaN(sum) ? Double.POSITIVE_INFINITY : sum;
    }
}
