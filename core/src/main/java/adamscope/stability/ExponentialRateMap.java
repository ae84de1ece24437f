package adamscope.stability;

import adamscope.formula.PlainText;

/// Gradient descent on |x|^k/k with a learning rate that grows by γ each step, in u = ηx^(k−2): u ← γu(1−u)^(k−2).
///
/// RMSProp with a decoupled second moment is γ = β₂^(−1/2). x itself shrinks by 1 − u.
/// [Adam on degenerate polynomials, Eqs. 17–20, Proposition 5.6; doublings, confinement and crisis derived here.]
///
/// @param degree k > 2
/// @param gamma  growth of the learning rate, above 1
public record ExponentialRateMap(double degree, double gamma) {

    public ExponentialRateMap {
        if (!(degree > 2) || Double.isInfinite(degree)) {
            throw new IllegalArgumentException("degree = " + new PlainText().number(degree) + " is outside (2, inf)");
        }
        if (!(gamma > 1) || Double.isInfinite(gamma)) {
            throw new IllegalArgumentException("gamma = " + new PlainText().number(gamma) + " is outside (1, inf)");
        }
    }

    /// The map of RMSProp.
    public static ExponentialRateMap ofBeta2(double degree, double beta2) {
        return new ExponentialRateMap(degree, 1 / Math.sqrt(beta2));
    }

    /// u after one step; |1−u| to the power k−2, as x^(k−2) is even.
    public double next(double u) {
        return gamma * u * Math.pow(Math.abs(1 - u), degree - 2);
    }

    /// u* = 1 − γ^(−1/(k−2)).
    public double fixedPoint() {
        return 1 - contraction();
    }

    /// x_{t+1}/x_t at the fixed point, γ^(−1/(k−2)); also the mean over every bounded orbit.
    public double contraction() {
        return Math.pow(gamma, -1 / (degree - 2));
    }

    /// f'(u*) = (k−1) − (k−2)γ^(1/(k−2)).
    public double multiplier() {
        return degree - 1 - (degree - 2) / contraction();
    }

    /// γ of the first period doubling, (k/(k−2))^(k−2). [Eq. 19]
    public static double flipGamma(double degree) {
        return Math.pow(degree / (degree - 2), degree - 2);
    }

    /// γ up to which u stays in [0, 1] once there, (k−1)^(k−1)/(k−2)^(k−2): x does not change sign.
    public static double confinedGamma(double degree) {
        return Math.exp((degree - 1) * Math.log(degree - 1) - (degree - 2) * Math.log(degree - 2));
    }

    /// β₂ above which u₀ < 1 makes |x| fall at every step of RMSProp, ((k−2)^(k−2)/(k−1)^(k−1))². [Lemma B.1]
    public static double monotoneAboveBeta2(double degree) {
        double confined = confinedGamma(degree);
        return 1 / (confined * confined);
    }

    /// γ above which almost every orbit escapes: the top of the map reaches the repelling edge 1 + γ^(−1/(k−2)).
    ///
    /// With s = γ^(1/(k−2)) it solves s^(k−1)(k−2)^(k−2) = (k−1)^(k−1)(s+1); 9 for k = 4.
    public static double crisisGamma(double degree) {
        double low = 1;
        double high = 1e3;
        double right = (degree - 1) * Math.log(degree - 1) - (degree - 2) * Math.log(degree - 2);
        while (high - low > 2 * Math.ulp(high)) {
            double s = 0.5 * (low + high);
            if ((degree - 1) * Math.log(s) - Math.log1p(s) < right) {
                low = s;
            } else {
                high = s;
            }
        }
        return Math.pow(high, degree - 2);
    }

    /// Whether orbits from (0, 1) stay bounded.
    public boolean bounded() {
        return gamma <= crisisGamma(degree);
    }

    /// The repelling edge of the bounded orbits, 1 + γ^(−1/(k−2)), where x ← −ρx.
    public double edge() {
        return 1 + contraction();
    }
}
