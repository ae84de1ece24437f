package adamscope.statistics;

import adamscope.formula.PlainText;
import java.util.Arrays;

/// y ≈ a + b·xᵖ with a, b ≥ 0 and p in a range, by the quasi-likelihood of errors proportional to the mean:
/// minimal Σ (y/μ + ln μ), μ = a + b·xᵖ.
///
/// With x = ‖∇F‖ and y = E‖g − ∇F‖² it is the generalised p-affine variance, a = σ₀², b = σ₁²; with
/// y = ‖∇F(x) − ∇F(x′)‖/‖x − x′‖ it is (L₀, L₁, q)-smoothness. [Convergence of Adam from a sign-like perspective,
/// Assumptions; theirs are inequalities, so a curve that a run satisfies lies above the fitted one.]
///
/// @param deviance what is minimal, per point; lower is better
public record AffinePowerFit(double a, double b, double p, double deviance) {
    private static final int GRID = 24;
    private static final int REWEIGHTINGS = 60;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    /// Fits.
    ///
    /// @param x      positive
    /// @param y      positive, one for each x, at least 4
    /// @param powers where p may lie; above 0, since a and b cannot be told apart at p = 0
    public static AffinePowerFit of(double[] x, double[] y, Interval powers) {
        require(x, y, powers);
        double step = powers.width() / GRID;
        AffinePowerFit best = at(x, y, powers.low());
        for (int i = 1; i <= GRID; i++) {
            best = better(best, at(x, y, powers.low() + i * step));
        }
        double low = Math.max(powers.low(), best.p - step);
        double high = Math.min(powers.high(), best.p + step);
        AffinePowerFit left = at(x, y, high - GOLDEN * (high - low));
        AffinePowerFit right = at(x, y, low + GOLDEN * (high - low));
        while (high - low > 1e-7) {
            if (left.deviance <= right.deviance) {
                high = right.p;
                right = left;
                left = at(x, y, high - GOLDEN * (high - low));
            } else {
                low = left.p;
                left = right;
                right = at(x, y, low + GOLDEN * (high - low));
            }
        }
        return better(best, better(left, right));
    }

    private static AffinePowerFit better(AffinePowerFit one, AffinePowerFit other) {
        return other.deviance < one.deviance ? other : one;
    }

    /// a + b·xᵖ.
    public double mean(double x) {
        return a + b * Math.pow(x, p);
    }

    /// The best a and b for one p, by least squares weighted with 1/μ², repeated until μ stands still.
    private static AffinePowerFit at(double[] x, double[] y, double p) {
        double[] z = Arrays.stream(x).map(value -> Math.pow(value, p)).toArray();
        double[] mean = new double[x.length];
        Arrays.fill(mean, Arrays.stream(y).average().orElseThrow());
        double a = 0;
        double b = 0;
        for (int round = 0; round < REWEIGHTINGS; round++) {
            double[] sums = new double[5];
            for (int i = 0; i < x.length; i++) {
                double weight = 1 / (mean[i] * mean[i]);
                sums[0] += weight;
                sums[1] += weight * z[i];
                sums[2] += weight * z[i] * z[i];
                sums[3] += weight * y[i];
                sums[4] += weight * z[i] * y[i];
            }
            double[] next = nonNegative(sums);
            boolean still = Math.abs(next[0] - a) + Math.abs(next[1] - b) <= 1e-12 * (a + b);
            a = next[0];
            b = next[1];
            for (int i = 0; i < x.length; i++) {
                mean[i] = Math.max(a + b * z[i], 1e-300);
            }
            if (still) break;
        }
        double deviance = 0;
        for (int i = 0; i < x.length; i++) {
            deviance += y[i] / mean[i] + Math.log(mean[i]);
        }
        return new AffinePowerFit(a, b, p, deviance / x.length);
    }

    /// The least-squares line through (z, y) with a, b ≥ 0, from Σw, Σwz, Σwz², Σwy, Σwzy.
    private static double[] nonNegative(double[] s) {
        double determinant = s[0] * s[2] - s[1] * s[1];
        double a = (s[2] * s[3] - s[1] * s[4]) / determinant;
        double b = (s[0] * s[4] - s[1] * s[3]) / determinant;
        if (a >= 0 && b >= 0) return new double[] {a, b};
        double flat = s[3] / s[0];
        double steep = s[4] / s[2];
        boolean flatWins = flat * s[3] >= steep * s[4];
        return flatWins ? new double[] {flat, 0} : new double[] {0, steep};
    }

    private static void require(double[] x, double[] y, Interval powers) {
        if (x.length != y.length || x.length < 4) {
            throw new IllegalArgumentException(
                    x.length + " x and " + y.length + " y: at least 4 points are needed for three constants");
        }
        if (!(powers.low() > 0)) {
            throw new IllegalArgumentException(
                    "p from " + new PlainText().number(powers.low()) + ": only powers above 0 are allowed");
        }
        for (int i = 0; i < x.length; i++) {
            if (!(x[i] > 0 && y[i] > 0 && Double.isFinite(x[i]) && Double.isFinite(y[i]))) {
                throw new IllegalArgumentException("point " + i + " (" + new PlainText().number(x[i]) + ", "
                        + new PlainText().number(y[i]) + "): both must be positive and finite");
            }
        }
    }
}
