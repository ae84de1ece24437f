package adamscope.corpus;

import adamscope.linear.CountedNormal;

/// Regression by a network 2 – hidden – 1 with tanh on samples of sin(3a)·cos(2b); L = mean squared error / 2 + floor.
///
/// Parameters: two input weights and a bias of each hidden unit, then the output weights, then the output bias.
///
/// @param hidden  units
/// @param samples a, b, target of each
/// @param batch   samples a step; all of them: full batch
/// @param floor   loss that stays: what no network can learn
/// @param strange factor on the labels of a strange batch
record TwoLayerNet(long seed, int hidden, double[][] samples, int batch, double floor, double strange)
        implements Problem {

    /// A network on a data set of its own.
    static TwoLayerNet of(long seed, int hidden, int samples, int batch) {
        double[][] all = new double[samples][3];
        for (int k = 0; k < samples; k++) {
            all[k][0] = CountedNormal.number(seed + 1, 2L * k);
            all[k][1] = CountedNormal.number(seed + 1, 2L * k + 1);
            all[k][2] = Math.sin(3 * all[k][0]) * Math.cos(2 * all[k][1]);
        }
        return new TwoLayerNet(seed, hidden, all, batch, batch == samples ? 0 : 0.05, 1);
    }

    /// The same with strange batches.
    TwoLayerNet strange(double factor) {
        return new TwoLayerNet(seed, hidden, samples, batch, floor, factor);
    }

    @Override
    public double[] start() {
        double[] x = new double[4 * hidden + 1];
        for (int i = 0; i < 4 * hidden; i++) {
            x[i] = CountedNormal.number(seed, i) * (i < 3 * hidden ? 1 : 1 / Math.sqrt(hidden));
        }
        return x;
    }

    @Override
    public BatchReading read(double[] x, long step, boolean odd) {
        double[] gradient = new double[x.length];
        double[] activation = new double[hidden];
        double loss = floor;
        for (int k = 0; k < batch; k++) {
            int sample =
                    batch == samples.length ? k : (int) Math.floorMod(mixed(step * batch + k), (long) samples.length);
            double a = samples[sample][0];
            double b = samples[sample][1];
            double target = samples[sample][2] * (odd ? strange : 1);
            double out = x[4 * hidden];
            for (int j = 0; j < hidden; j++) {
                activation[j] = Math.tanh(x[3 * j] * a + x[3 * j + 1] * b + x[3 * j + 2]);
                out += x[3 * hidden + j] * activation[j];
            }
            double error = (out - target) / batch;
            loss += 0.5 * (out - target) * error;
            gradient[4 * hidden] += error;
            for (int j = 0; j < hidden; j++) {
                gradient[3 * hidden + j] += error * activation[j];
                double inner = error * x[3 * hidden + j] * (1 - activation[j] * activation[j]);
                gradient[3 * j] += inner * a;
                gradient[3 * j + 1] += inner * b;
                gradient[3 * j + 2] += inner;
            }
        }
        return new BatchReading(loss, gradient);
    }

    @Override
    public double[] curvature(double[] x) {
        return new double[0];
    }

    @Override
    public double attentionLogit(double[] x) {
        return Double.NaN;
    }

    /// The draws of samples: SplitMix64 of seed and counter.
    private long mixed(long counter) {
        long z = (seed + 17) * 0x9E3779B97F4A7C15L + counter * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
