package adamscope.corpus;

import adamscope.linear.CountedNormal;

/// L = ½ Σ hᵢxᵢ² + 3·½ Σ hᵢ·noise², where a batch holds each feature i only now and then, as rare words do.
///
/// The logged loss is of all features; the gradient is of those in the batch, hᵢ(xᵢ − noise), and 0 for the others.
///
/// @param curvature hᵢ
/// @param presence  probability that a batch holds a feature
/// @param noise     standard deviation of the centre of xᵢ from batch to batch
record RareFeatures(long seed, double[] curvature, double presence, double noise) implements Problem {

    @Override
    public double[] start() {
        double[] x = new double[curvature.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = 0.3 + 0.3 * Math.abs(CountedNormal.number(seed, i));
        }
        return x;
    }

    @Override
    public BatchReading read(double[] x, long step, boolean odd) {
        double[] gradient = new double[x.length];
        double loss = 0;
        // |normal| < quantile with the given probability; √(π/2)·p is that quantile to first order.
        double bound = Math.sqrt(Math.PI / 2) * presence;
        for (int i = 0; i < x.length; i++) {
            long counter = step * x.length + i;
            if (Math.abs(CountedNormal.number(seed + 1, counter)) < bound) {
                gradient[i] = curvature[i] * (x[i] - noise * CountedNormal.number(seed + 2, counter));
            }
            loss += 0.5 * curvature[i] * (x[i] * x[i] + 3 * noise * noise);
        }
        return new BatchReading(loss * (1 + 0.05 * CountedNormal.number(seed + 3, step)), gradient);
    }

    @Override
    public double[] curvature(double[] x) {
        return curvature;
    }

    @Override
    public double attentionLogit(double[] x) {
        return Double.NaN;
    }
}
