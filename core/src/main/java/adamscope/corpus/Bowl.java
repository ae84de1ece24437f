package adamscope.corpus;

import adamscope.linear.CountedNormal;

/// L = ½ Σ hᵢ(xᵢ − cᵢ)² + 3·½ Σ hᵢ·noise², where a batch moves the centre c by noise, and a strange batch far away.
///
/// @param curvature hᵢ
/// @param noise     standard deviation of cᵢ from batch to batch; 0 is full batch
/// @param strange   how far a strange batch moves each centre
/// @param shiftStep step from which on the centre stands at `shift`: new data
/// @param shift     the place of the new centre, in each coordinate
record Bowl(long seed, double[] curvature, double noise, double strange, long shiftStep, double shift)
        implements Problem {

    @Override
    public double[] start() {
        double[] x = new double[curvature.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = (0.5 + Math.abs(CountedNormal.number(seed, i))) * Math.signum(CountedNormal.number(seed, 1000 + i));
        }
        return x;
    }

    @Override
    public BatchReading read(double[] x, long step, boolean odd) {
        double[] gradient = new double[x.length];
        double loss = 0;
        double floor = 0;
        for (int i = 0; i < x.length; i++) {
            double centre =
                    noise * CountedNormal.number(seed + 1, step * x.length + i) + (step >= shiftStep ? shift : 0);
            if (odd) {
                centre += strange * CountedNormal.number(seed + 2, step * x.length + i);
            }
            gradient[i] = curvature[i] * (x[i] - centre);
            loss += 0.5 * curvature[i] * (x[i] - centre) * (x[i] - centre);
            floor += 1.5 * curvature[i] * noise * noise;
        }
        return new BatchReading(loss + floor, gradient);
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
