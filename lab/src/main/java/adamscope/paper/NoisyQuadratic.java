package adamscope.paper;

import adamscope.dynamics.SteppedRule;
import adamscope.linear.CountedNormal;
import adamscope.linear.CountedUniform;
import adamscope.optimizer.Catalogue;
import adamscope.statistics.StepRatio;
import java.util.Arrays;
import java.util.Map;

/// F = ½‖x‖² in `dimension` coordinates from x₀ = (1, …, 1), with independent gradient noise of the size
/// σ = 1 + ‖∇F‖^(p/2) (σ = 1 if p = 0) in each coordinate; several copies with their own noise run at once.
///
/// @param power p of the p-affine variance, 0 or more
record NoisyQuadratic(int dimension, int copies, Noise noise, double power) {

    /// Laws of mean 0 and variance 1.
    enum Noise {
        GAUSSIAN,
        /// −1/3 nine times of ten, else 3: the median is not the mean.
        SKEWED;

        double number(long seed, long counter) {
            return switch (this) {
                case GAUSSIAN -> CountedNormal.number(seed, counter);
                case SKEWED -> CountedUniform.number(seed, counter) < 0.9 ? -1.0 / 3 : 3;
            };
        }
    }

    /// Adam without bias correction, ε = 0.
    record AdamSettings(double beta1, double beta2, double lr) {

        /// The paper's schedule for T steps: 1 − β₁ = T^(−1/2), 1 − β₂ = T^(−3/4), γ = 2T^(−3/4).
        static AdamSettings ofPaper(double steps) {
            return new AdamSettings(1 - Math.pow(steps, -0.5), 1 - Math.pow(steps, -0.75), 2 * Math.pow(steps, -0.75));
        }

        /// The same with 1 − β₂ = T^(−1/2), which keeps R = 1.
        static AdamSettings constantBound(double steps) {
            return new AdamSettings(1 - Math.pow(steps, -0.5), 1 - Math.pow(steps, -0.5), 2 * Math.pow(steps, -0.75));
        }

        AdamSettings withBeta1(double other) {
            return new AdamSettings(other, beta2, lr);
        }

        AdamSettings withBeta2(double other) {
            return new AdamSettings(beta1, other, lr);
        }
    }

    /// What a run shows, as means over steps and copies.
    ///
    /// @param gradient     ‖∇F‖ over all steps
    /// @param lateGradient ‖∇F‖ over the second half
    /// @param lateRatio    u over the second half
    /// @param largestRatio the largest u of all
    record MeanGradients(double gradient, double lateGradient, double lateRatio, double largestRatio) {}

    MeanGradients run(AdamSettings settings, long steps, long seed) {
        int lanes = dimension * copies;
        double[] start = new double[lanes];
        Arrays.fill(start, 1);
        SteppedRule rule = SteppedRule.start(
                Catalogue.shipped("adam-uncorrected"),
                start,
                Map.of("lr", settings.lr, "beta1", settings.beta1, "beta2", settings.beta2, "eps", 0.0));
        double[] gradient = new double[lanes];
        double sum = 0;
        double late = 0;
        double ratio = 0;
        double largest = 0;
        for (long step = 1; step <= steps; step++) {
            double norms = noisy(rule.x(), gradient, seed, step);
            rule.advance(gradient);
            sum += norms;
            boolean isLate = step > steps / 2;
            double[] m = rule.state("m");
            double[] v = rule.state("v");
            double ratios = 0;
            for (int i = 0; i < lanes; i++) {
                double u = Math.abs(m[i]) / Math.sqrt(v[i]);
                ratios += u;
                largest = Math.max(largest, u);
            }
            late += isLate ? norms : 0;
            ratio += isLate ? ratios / lanes : 0;
        }
        double half = steps - steps / 2;
        return new MeanGradients(sum / steps / copies, late / half / copies, ratio / half, largest);
    }

    /// Writes the gradient with noise; the sum over copies of ‖∇F‖.
    private double noisy(double[] x, double[] gradient, long seed, long step) {
        double norms = 0;
        for (int copy = 0; copy < copies; copy++) {
            int from = copy * dimension;
            double squares = 0;
            for (int i = from; i < from + dimension; i++) {
                squares += x[i] * x[i];
            }
            double norm = Math.sqrt(squares);
            double size = power == 0 ? 1 : 1 + Math.pow(norm, power / 2);
            for (int i = from; i < from + dimension; i++) {
                gradient[i] = x[i] + size * noise.number(seed, step * x.length + i);
            }
            norms += norm;
        }
        return norms;
    }

    /// u of all coordinates after steps of standard Adam (0.9, 0.999, η = 10⁻³, ε = 10⁻⁸) on ½Σhᵢxᵢ² with normal noise
    /// of size `noise`.
    static double[] ratios(double[] curvature, double[] noise, long steps, long seed) {
        int d = curvature.length;
        double[] start = new double[d];
        Arrays.fill(start, 1);
        SteppedRule rule = SteppedRule.start(Catalogue.shipped("adam-uncorrected"), start, Map.of());
        double[] gradient = new double[d];
        for (long step = 1; step <= steps; step++) {
            for (int i = 0; i < d; i++) {
                gradient[i] = curvature[i] * rule.x()[i] + noise[i] * CountedNormal.number(seed, step * d + i);
            }
            rule.advance(gradient);
        }
        return StepRatio.values(rule.state("m"), rule.state("v"));
    }
}
