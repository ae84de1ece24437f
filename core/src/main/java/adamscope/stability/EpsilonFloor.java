package adamscope.stability;

import adamscope.formula.PlainText;

/// Where ε > 0 ends the linear convergence of Adam on |x|^k/k, and what follows.
///
/// At |x| ≈ (λ*ε)^(1/(k−2)), λ* = w*/η, √v has fallen to ε. From there on the method is momentum with learning rate
/// η/ε, so that |x| ≈ ((k−2)(η/ε)t)^(−1/(k−2)). [Derived here; measured within 30 %.]
public record EpsilonFloor(PowerLawTheory theory, double lr, double eps) {

    public EpsilonFloor {
        if (!theory.stable()) {
            throw new IllegalArgumentException("regime " + theory.regime() + ": there is no linear phase to end");
        }
        if (!(lr > 0) || !(eps > 0)) {
            throw new IllegalArgumentException("lr = " + new PlainText().number(lr) + ", eps = "
                    + new PlainText().number(eps) + ": both have to be above 0");
        }
    }

    /// |x| at the end of the linear phase.
    public double x() {
        return Math.pow(theory.w() / lr * eps, 1 / (theory.degree() - 2));
    }

    /// The descent that follows, from that x.
    public PowerLawDescent descent() {
        return new PowerLawDescent(theory.degree(), lr / eps, x());
    }
}
