package adamscope.stability;

import adamscope.formula.PlainText;

/// Gradient flow on |x|^k/k, k ≥ 2, with learning rate η(t) = η₀e^(αt); RMSProp's decoupled phase is α = −ln(β₂)/2.
///
/// | k | x(t) |
/// | --- | --- |
/// | k > 2 | [x₀^(−(k−2)) + (k−2)(η₀/α)(e^(αt)−1)]^(−1/(k−2)) → C·e^(−αt/(k−2)) |
/// | k = 2 | x₀·exp(−(η₀/α)(e^(αt)−1)), faster than any exponential |
///
/// [Adam on degenerate polynomials, Lemmas 5.5, C.3 and F.1.]
///
/// @param lr0   η₀ > 0
/// @param alpha growth of the learning rate, per step, above 0
/// @param x0    start, above 0
public record ExponentialSchedule(double degree, double lr0, double alpha, double x0) {

    public ExponentialSchedule {
        if (!(degree >= 2) || Double.isInfinite(degree)) {
            throw new IllegalArgumentException("degree = " + new PlainText().number(degree) + " is outside [2, inf)");
        }
        if (!(lr0 > 0) || !(alpha > 0) || !(x0 > 0)) {
            throw new IllegalArgumentException(
                    "lr0 = " + new PlainText().number(lr0) + ", alpha = " + new PlainText().number(alpha) + ", x0 = "
                            + new PlainText().number(x0) + ": all have to be above 0");
        }
    }

    /// ln x(t): a logarithm, because on a quadratic x leaves the range of double soon.
    public double logAt(double t) {
        double integral = lr0 / alpha * Math.expm1(alpha * t);
        return degree == 2
                ? Math.log(x0) - integral
                : -Math.log(Math.pow(x0, 2 - degree) + (degree - 2) * integral) / (degree - 2);
    }

    /// C = ((k−2)η₀/α)^(−1/(k−2)) of the limit, k > 2. [Eq. 16]
    public double constant() {
        requireDegenerate();
        return Math.pow((degree - 2) * lr0 / alpha, -1 / (degree - 2));
    }

    /// d ln x/dt in the limit, −α/(k−2), k > 2.
    public double rate() {
        requireDegenerate();
        return -alpha / (degree - 2);
    }

    private void requireDegenerate() {
        if (degree == 2) {
            throw new IllegalArgumentException("on x^2/2 the fall is faster than exponential; there is no rate");
        }
    }
}
