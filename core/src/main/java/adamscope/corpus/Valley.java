package adamscope.corpus;

import adamscope.linear.CountedNormal;

/// A valley that gets steeper on the way down: L = ½ c·e^{ky} Σ xᵢ² − s·y, with noisy gradients.
///
/// y rises at the speed of the learning rate and with it the curvature c·e^{ky} of every xᵢ, while the noise keeps v
/// where it is; when the threshold is passed, the x swing, and their swing pushes y down again. The least model of
/// progressive sharpening with self-stabilisation [Damian, Nichani & Lee 2023].
///
/// @param walls     how many xᵢ
/// @param curvature c
/// @param gain      k
/// @param slope     s
/// @param noise     standard deviation of each component of the gradient
/// @param frozen    whether the curvature stays c: the same run without its cause
record Valley(long seed, int walls, double curvature, double gain, double slope, double noise, boolean frozen)
        implements Problem {

    @Override
    public double[] start() {
        return new double[walls + 1];
    }

    @Override
    public BatchReading read(double[] x, long step, boolean odd) {
        double steep = steepness(x);
        double[] gradient = new double[x.length];
        double square = 0;
        for (int i = 0; i < walls; i++) {
            gradient[i] = steep * x[i] + noise * CountedNormal.number(seed + 1, step * x.length + i);
            square += x[i] * x[i];
        }
        double sharpening = frozen ? 0 : 0.5 * gain * steep * square;
        gradient[walls] = sharpening - slope + 0.1 * slope * CountedNormal.number(seed + 1, step * x.length + walls);
        double batch = 1 + 0.05 * CountedNormal.number(seed + 3, step);
        // What is logged leaves out −s·y, and cannot fall below the noise.
        return new BatchReading(batch * (0.5 * steep * square + 4 * walls * noise * noise / curvature), gradient);
    }

    @Override
    public double[] curvature(double[] x) {
        double[] diagonal = new double[x.length];
        java.util.Arrays.fill(diagonal, 0, walls, steepness(x));
        return diagonal;
    }

    @Override
    public double attentionLogit(double[] x) {
        return Double.NaN;
    }

    private double steepness(double[] x) {
        return frozen ? curvature : curvature * Math.exp(gain * x[walls]);
    }
}
