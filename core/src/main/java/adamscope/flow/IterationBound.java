package adamscope.flow;

import adamscope.formula.PlainText;

/// The explicit bound of ‖Xₙ − x(nη)‖ for RMSProp with fixed decays beside the smoothed sign flow of the same ε:
/// e^(2LT/ε)·(2ηKM/ε + M√(ηK)/(L√ε) + M·β₂^(K/2)/L) for any length K of memory, in steps.
/// [Ma, Wu & E, proof of Proposition 1, Eq. 24]
///
/// The paper prints the exponent LT/ε, but (1 + 2ηL/ε)^(T/η) tends to e^(2LT/ε). Either grows so fast in 1/ε that it
/// proves the limit and predicts no distance; so it is given as its logarithm.
///
/// @param gradientBound M, a bound of ‖∇f‖
/// @param lipschitz     L, a Lipschitz constant of ∇f
/// @param eps           ε, the floor of the root
/// @param beta2         decay of the average squared gradient, per step
/// @param time          T, the end in units of ηt
public record IterationBound(double gradientBound, double lipschitz, double eps, double beta2, double time) {

    public IterationBound {
        for (double constant : new double[] {gradientBound, lipschitz, eps, time}) {
            if (!(constant > 0 && constant < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "M, L, eps and T have to be positive numbers; one is " + new PlainText().number(constant));
            }
        }
        if (!(beta2 >= 0 && beta2 < 1)) {
            throw new IllegalArgumentException("beta2 = " + new PlainText().number(beta2) + " is outside [0, 1)");
        }
    }

    /// 2LT/ε.
    public double exponent() {
        return 2 * lipschitz * time / eps;
    }

    /// LT/ε, as the paper prints it.
    public double printedExponent() {
        return lipschitz * time / eps;
    }

    /// The factor behind the exponential for one length K of memory.
    public double factor(double lr, long memory) {
        return 2 * lr * memory * gradientBound / eps
                + gradientBound * Math.sqrt(lr * memory) / (lipschitz * Math.sqrt(eps))
                + gradientBound * Math.pow(beta2, memory / 2.0) / lipschitz;
    }

    /// The smallest such factor over K ≥ 1; with K ~ ln(1/η) it is of order √(η·ln(1/η)).
    public double smallestFactor(double lr) {
        if (!(lr > 0 && lr < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("lr = " + new PlainText().number(lr) + " is outside (0, inf)");
        }
        double best = factor(lr, 1);
        for (long memory = 2; 2 * lr * memory * gradientBound / eps < best; memory++) {
            best = Math.min(best, factor(lr, memory));
        }
        return best;
    }

    /// ln of the bound with the exponent 2LT/ε.
    public double log(double lr) {
        return exponent() + Math.log(smallestFactor(lr));
    }
}
