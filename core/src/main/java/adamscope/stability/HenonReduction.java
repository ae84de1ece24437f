package adamscope.stability;

/// Adam on |x|^k/k once v has decoupled, v_t = V·β₂^t: X_t = ρ^(−t)·x_t is a generalised Hénon map.
///
/// X_{t+2} = A·X_{t+1} − X_{t+1}·|X_{t+1}|^(k−2) − J·X_t (X scaled), with A = (1+β₁ρ^(−(k−2)))/ρ and constant Jacobian
/// determinant J = β₁ρ^(−k). Bounded orbits converge at mean rate ρ, whether the fixed point is stable or not. For J >
/// 1
/// areas grow everywhere, almost every orbit escapes and a spike is unavoidable. [Derived here.]
public record HenonReduction(PowerLawTheory theory) {
    /// log₁₀ of the deepest sustained loss before the first spike, times J − 1: measured −0.542 to −0.564 for k = 4,
    /// β₁ = 0.9, β₂ = 0.895 to 0.8995; no formula is known for other k and β₁.
    public static final double SPIKE_DEPTH = -0.55;

    /// J = β₁ρ^(−k).
    public double jacobian() {
        return theory.det();
    }

    /// A = (1+β₁ρ^(−(k−2)))/ρ.
    public double linear() {
        return (1 + theory.beta1() * Math.pow(theory.rho(), 2 - theory.degree())) / theory.rho();
    }

    /// X two steps on.
    ///
    /// @param next X_{t+1}
    /// @param now  X_t
    public double next(double next, double now) {
        return linear() * next - next * Math.pow(Math.abs(next), theory.degree() - 2) - jacobian() * now;
    }

    /// B = η(1−β₁)/(√V·ρ), the factor that the scaling removes: X_{t+2} = A·X_{t+1} − B·X_{t+1}^(k−1) − J·X_t.
    public double residual(double b, double now, double next, double afterNext) {
        return linear() * next
                - b * next * Math.pow(Math.abs(next), theory.degree() - 2)
                - jacobian() * now
                - afterNext;
    }

    /// |X| at the fixed point, (A − 1 − J)^(1/(k−2)).
    public double fixedPoint() {
        return Math.pow(linear() - 1 - jacobian(), 1 / (theory.degree() - 2));
    }

    /// The decades below 1 that the loss reaches before the first spike, by [#SPIKE_DEPTH]; J > 1.
    public double spikeDepth() {
        if (!(jacobian() > 1)) {
            throw new IllegalArgumentException("J = " + jacobian() + ": a spike needs J above 1");
        }
        return SPIKE_DEPTH / (jacobian() - 1);
    }
}
