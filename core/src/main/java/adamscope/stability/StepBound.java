package adamscope.stability;

/// The largest |m|/√v that any gradients can bring about, from m = v = 0 with ε = 0.
///
/// R_t = (1−β₁)/√(1−β₂)·√(Σ_{j<t} (β₁²/β₂)^j), attained by gradients ∝ (β₁/β₂)^(t−i) [Cauchy–Schwarz]; bounded in t if
/// β₁² < β₂. [Convergence of Adam from a sign-like perspective; closed form and optimality derived here.]
public record StepBound(double beta1, double beta2) {

    public StepBound {
        new PowerLawTheory(3, beta1, beta2);
    }

    /// R_t, without bias correction.
    public double after(long steps) {
        double q = beta1 * beta1 / beta2;
        double sum = q == 1 ? steps : Math.expm1(steps * Math.log(q)) / (q - 1);
        return (1 - beta1) / Math.sqrt(1 - beta2) * Math.sqrt(beta1 == 0 ? 1 : sum);
    }

    /// R_t² from R_{t−1}² for decays that change: (β₁²/β₂)·R_{t−1}² + (1−β₁)²/(1−β₂) with the decays of step t. It is
    /// Σ aᵢ²/bᵢ of m = Σ aᵢgᵢ and v = Σ bᵢgᵢ² [Cauchy–Schwarz]; ∞ where v forgets what m remembers.
    public static double squared(double before, double beta1, double beta2) {
        double kept = before == 0 || beta1 == 0 ? 0 : beta1 * beta1 / beta2 * before;
        return kept + (1 - beta1) * (1 - beta1) / (1 - beta2);
    }

    /// sup R_t = (1−β₁)/(√(1−β₂)·√(1−β₁²/β₂)); infinite if β₁² ≥ β₂, 1 exactly if β₁ = β₂, which is its least value.
    public double limit() {
        double q = beta1 * beta1 / beta2;
        return q < 1 ? (1 - beta1) / Math.sqrt((1 - beta2) * (1 - q)) : Double.POSITIVE_INFINITY;
    }
}
