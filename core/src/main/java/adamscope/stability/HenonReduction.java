package adamscope.stability;

import adamscope.formula.PlainText;

/// Adam on |x|^k/k once v has decoupled, v_t = V·β₂^t: X_t = ρ^(−t)·x_t is a generalised Hénon map.
///
/// X_{t+2} = A·X_{t+1} − X_{t+1}·|X_{t+1}|^(k−2) − J·X_t (X scaled), with A = (1+β₁ρ^(−(k−2)))/ρ and constant
/// Jacobian determinant J = β₁ρ^(−k). Bounded orbits converge at mean rate ρ, whether the fixed point is stable or
/// not. For J > 1 areas grow everywhere, almost every orbit escapes and a spike is unavoidable. [Derived here.]
public record HenonReduction(PowerLawTheory theory) {
    /// J = β₁ρ^(−k).
    public double jacobian() {
        return theory.det();
    }

    /// A = (1+β₁ρ^(−(k−2)))/ρ.
    public double linear() {
        return (1 + theory.beta1() * Math.pow(theory.rho(), 2 - theory.degree())) / theory.rho();
    }

    /// B = η(1−β₁)/(√V·ρ), the factor that the scaling removes: X_{t+2} = A·X_{t+1} − B·X_{t+1}^(k−1) − J·X_t.
    public double residual(double b, double now, double next, double afterNext) {
        return linear() * next
                - b * next * Math.pow(Math.abs(next), theory.degree() - 2)
                - jacobian() * now
                - afterNext;
    }

    /// Steps until the first spike, times J − 1: areas grow by J a step, so that the time of an escape is C/(J − 1).
    ///
    /// C = 4.1 − (13.6/k)·ln(1−β₁) is a fit, right within 10 % for k = 4 to 10, β₁ = 0.5 to 0.95, J = 1.001 to 1.008,
    /// from x = 1 with η = 10⁻³; no derivation of it is known.
    public double escapeTime() {
        return 4.1 - 13.6 / theory.degree() * Math.log1p(-theory.beta1());
    }

    /// log₁₀ of the deepest sustained loss before the first spike: next to the border of regime I the loss falls by
    /// log₁₀β₁ a step, so that it is C·log₁₀β₁/(J − 1) with C of [#escapeTime()]; −0.55/(J − 1) for k = 4, β₁ = 0.9.
    ///
    /// @throws IllegalArgumentException unless J > 1 and β₁ > 0
    public double spikeDepth() {
        if (!(jacobian() > 1 && theory.beta1() > 0)) {
            throw new IllegalArgumentException("J = " + new PlainText().number(jacobian()) + ", beta1 = "
                    + new PlainText().number(theory.beta1()) + ": a spike needs J above 1");
        }
        return escapeTime() * Math.log10(theory.beta1()) / (jacobian() - 1);
    }
}
