package adamscope.stability;

/// Adam with ε = 0 on x²/2 while v runs free: the step η_t = η/√v grows by e^α, α = −ln(β₂)/2, until it is too large.
///
/// There is no fixed point but (ω, λ, x) = (1, 0, c), with multipliers β₁, β₂^(−1/2), 1: no Regime I.
/// [Adam on degenerate polynomials, appendix F; the discrete slope derived here.]
public record QuadraticTheory(double beta1, double beta2) {

    public QuadraticTheory {
        new PowerLawTheory(3, beta1, beta2);
    }

    /// α = −ln(β₂)/2, the growth of ln η_t per step.
    public double alpha() {
        return -0.5 * Math.log(beta2);
    }

    /// d ln L/dt of the differential equation of Lemma F.2, −(1−β₁) + α/2, where it oscillates: 1 − β₁ > α.
    public double continuousLossSlope() {
        return -(1 - beta1) + 0.5 * alpha();
    }

    /// d ln L/dt of the iteration itself, ln β₁ + α/2: what runs follow; differs from Lemma F.2 by ln β₁ + (1−β₁).
    public double lossSlope() {
        if (beta1 == 0) {
            throw new IllegalArgumentException("beta1 = 0: without momentum the fall is faster than exponential");
        }
        return Math.log(beta1) + 0.5 * alpha();
    }

    /// d ln(|m|/|g|)/dt of the envelopes, −α/2: m stays coupled to g only beside v, whose ratio to g² moves by far
    /// more.
    public double momentRatioSlope() {
        return -0.5 * alpha();
    }

    /// The frozen step η_t beyond which the oscillation grows, 2(1+β₁)/(1−β₁): the spike begins there. [Eq. 80 for β₁ =
    /// 0]
    public double criticalStep() {
        return 2 * (1 + beta1) / (1 - beta1);
    }
}
