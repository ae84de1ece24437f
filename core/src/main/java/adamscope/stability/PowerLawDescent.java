package adamscope.stability;

import adamscope.formula.PlainText;

/// Gradient flow on |x|^k/k, k > 2: dx/dt = −ηx^(k−1), time in steps; gradient descent and momentum follow it.
///
/// x(t) = [x₀^(−(k−2)) + (k−2)ηt]^(−1/(k−2)). A method with momentum has the same law with its effective learning rate:
/// η for averaged gradients (EMA form), η/(1−β₁) for summed ones. |x| there: x may change sign early.
/// [Adam on degenerate polynomials, Theorems 5.1 and 5.3, Remark 5.2; constants derived here.]
///
/// @param lr effective learning rate η
/// @param x0 start, above 0
public record PowerLawDescent(double degree, double lr, double x0) {

    public PowerLawDescent {
        if (!(degree > 2) || Double.isInfinite(degree)) {
            throw new IllegalArgumentException("degree = " + new PlainText().number(degree) + " is outside (2, inf)");
        }
        if (!(lr > 0) || !(x0 > 0)) {
            throw new IllegalArgumentException("lr = " + new PlainText().number(lr) + ", x0 = "
                    + new PlainText().number(x0) + ": both have to be above 0");
        }
    }

    /// x after t steps.
    public double at(double t) {
        return Math.pow(Math.pow(x0, 2 - degree) + (degree - 2) * lr * t, exponent());
    }

    /// −1/(k−2): the slope of ln x over ln t in the end.
    public double exponent() {
        return -1 / (degree - 2);
    }

    /// ((k−2)η)^(−1/(k−2)), so that x ≈ constant·t^exponent in the end.
    public double constant() {
        return Math.pow((degree - 2) * lr, exponent());
    }

    /// Steps until x = size: (size^(−(k−2)) − x₀^(−(k−2)))/((k−2)η). [Remark 5.2]
    public double hittingTime(double size) {
        return (Math.pow(size, 2 - degree) - Math.pow(x0, 2 - degree)) / ((degree - 2) * lr);
    }
}
