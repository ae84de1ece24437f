package adamscope.stability;

import adamscope.formula.PlainText;
import adamscope.linear.Spectrum;

/// The oscillation x = ±A of an adaptive method on |x|^k/k, k ≥ 2, with ε = 0 and √v = |g| all the time.
///
/// | method | A | stable |
/// | --- | --- | --- |
/// | RMSProp | η/2 | β₂ < 1/(2k−3): trace (2k−1)β₂−1, determinant (2k−3)β₂; on x²/2 for every β₂ < 1 |
/// | Adam | η(1−β₁)/(2(1+β₁)) | where [#spectralRadius()] < 1 |
/// | Nadam | η(1−β₁)(1+2β₁)/(2(1+β₁)) | where [#spectralRadius()] < 1 |
///
/// RMSProp is Adam with β₁ = 0. On a·x²/2 the cycle lies where η·a/√v is the threshold of the frozen method.
/// [RMSProp: Ma, Wu, E, Fig. 6; stability and the others derived here.]
public record TwoCycle(Momentum momentum, double degree, double beta1, double beta2) {
    /// How the step uses the average gradient.
    public enum Momentum {
        /// The step is m/√v.
        HEAVY_BALL,
        /// The step is (β₁m + (1−β₁)g)/√v.
        NESTEROV
    }

    public TwoCycle {
        if (!(degree >= 2) || Double.isInfinite(degree)) {
            throw new IllegalArgumentException("degree = " + new PlainText().number(degree) + " is outside [2, inf)");
        }
        if (!(beta1 >= 0 && beta1 < 1)) {
            throw new IllegalArgumentException("beta1 = " + new PlainText().number(beta1) + " is outside [0, 1)");
        }
        if (!(beta2 > 0 && beta2 < 1)) {
            throw new IllegalArgumentException("beta2 = " + new PlainText().number(beta2) + " is outside (0, 1)");
        }
    }

    /// The cycle of RMSProp.
    public static TwoCycle rmsprop(double degree, double beta2) {
        return new TwoCycle(Momentum.HEAVY_BALL, degree, 0, beta2);
    }

    /// A/η.
    public double amplitudeOverLr() {
        return 0.5 * stepOverGradient();
    }

    /// |step|/(η|g|/√v): m/g on the cycle, or what Nesterov makes of it.
    private double stepOverGradient() {
        double average = (1 - beta1) / (1 + beta1);
        return switch (momentum) {
            case HEAVY_BALL -> average;
            case NESTEROV -> (1 - beta1) * (1 + 2 * beta1) / (1 + beta1);
        };
    }

    /// Largest multiplier of one step followed by x → −x, in (x, m, v).
    public double spectralRadius() {
        double slope = degree - 1;
        double lr = 2 / stepOverGradient();
        double[] m = {(1 - beta1) * slope, beta1, 0};
        double[] v = {2 * (1 - beta2) * slope, 0, beta2};
        double[] x = new double[3];
        for (int i = 0; i < 3; i++) {
            double step = switch (momentum) {
                case HEAVY_BALL -> m[i];
                case NESTEROV -> beta1 * m[i] + (i == 0 ? (1 - beta1) * slope : 0);
            };
            // A = |g| = 1 and lr·step = 2 on the cycle, so d(step/√v) = step' − v'/lr
            x[i] = (i == 0 ? 1 : 0) - lr * step + v[i];
        }
        double[][] reflected = {{-x[0], -x[1], -x[2]}, {-m[0], -m[1], -m[2]}, v};
        return Spectrum.radius(reflected);
    }

    /// Whether neighbours are drawn to the cycle.
    public boolean stable() {
        return spectralRadius() < 1;
    }

    /// β₂ below which RMSProp's cycle on |x|^k/k is stable, 1/(2k−3).
    public static double rmspropStableBelow(double degree) {
        return 1 / (2 * degree - 3);
    }
}
