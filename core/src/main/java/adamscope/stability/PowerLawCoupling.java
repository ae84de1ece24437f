package adamscope.stability;

/// The ratio R = v/g² along a run on |x|^k/k, from the decay d = (g_{t+1}/g_t)² of the squared gradient.
///
/// R_{t+1} = (β₂/d)·R_t + 1 − β₂: it settles while d > β₂ and grows like (β₂/d)^t once d < β₂.
/// [Adam on degenerate polynomials, appendix E, Eqs. 71–75.]
public record PowerLawCoupling(double degree, double beta2) {

    public PowerLawCoupling {
        new PowerLawTheory(degree, 0, beta2);
    }

    /// R after a step. [Eq. 71]
    public double next(double ratio, double decay) {
        return beta2 / decay * ratio + (1 - beta2);
    }

    /// x_c = η/(1−β₂^(1/(2(k−1)))), where that decay passes β₂: an order of magnitude only, since the real step is
    /// ηω/√R with R already above 1.
    public double signTrigger(double lr) {
        return lr / (1 - Math.pow(beta2, 1 / (2 * (degree - 1))));
    }

    /// d ln R/dt after the trigger, −ln(β₂)/(k−2).
    public double decoupledRate() {
        return -Math.log(beta2) / (degree - 2);
    }

    /// m/g for a gradient that shrinks by q each step: (1−β₁)/(1−β₁/q) if β₁ < q, unbounded otherwise. [Eq. 74]
    public static double momentRatio(double beta1, double q) {
        return beta1 < q ? (1 - beta1) / (1 - beta1 / q) : Double.POSITIVE_INFINITY;
    }
}
