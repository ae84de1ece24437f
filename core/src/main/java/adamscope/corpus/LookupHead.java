package adamscope.corpus;

import adamscope.linear.CountedNormal;

/// One attention head that learns to look up: out = Σ softmax(q·kᵢ)ᵢ·valueᵢ with q = Wz, kᵢ = Ucᵢ; L = ½ mean(out −
/// value of the item asked for)² + 0.1.
///
/// A sharper softmax looks up better, so the logits grow for as long as training goes on.
///
/// @param codes   cᵢ of each item
/// @param values  of each item
/// @param batch   questions a step
/// @param noise   of the codes a question is asked with
/// @param capped  bound c on the logits, as c·tanh(logit/c); infinite: none
/// @param strange factor on the answers of a strange batch
record LookupHead(long seed, double[][] codes, double[] values, int batch, double noise, double capped, double strange)
        implements Problem {

    /// A set of items to look up.
    ///
    /// @param width of queries, keys and codes
    /// @param noise of the codes a question is asked with
    static LookupHead of(long seed, int items, int width, double noise) {
        double[][] codes = new double[items][width];
        double[] values = new double[items];
        for (int k = 0; k < items; k++) {
            values[k] = CountedNormal.number(seed + 4, k);
            for (int i = 0; i < width; i++) {
                codes[k][i] = CountedNormal.number(seed + 3, (long) k * width + i);
            }
        }
        return new LookupHead(seed, codes, values, 16, noise, Double.POSITIVE_INFINITY, 1);
    }

    /// The same with a bound on the logits.
    LookupHead capped(double bound) {
        return new LookupHead(seed, codes, values, batch, noise, bound, strange);
    }

    /// The same with strange batches.
    LookupHead strange(double factor) {
        return new LookupHead(seed, codes, values, batch, noise, capped, factor);
    }

    @Override
    public double[] start() {
        int width = codes[0].length;
        double[] x = new double[2 * width * width];
        for (int i = 0; i < x.length; i++) {
            x[i] = 0.5 * CountedNormal.number(seed, i);
        }
        return x;
    }

    @Override
    public BatchReading read(double[] x, long step, boolean odd) {
        double[] gradient = new double[x.length];
        int items = codes.length;
        int width = codes[0].length;
        double loss = 0.1;
        double[][] keys = keys(x);
        for (int b = 0; b < batch; b++) {
            long counter = step * batch + b;
            int asked = (int) Math.floorMod((long) (1e6 * CountedNormal.number(seed + 5, counter)), (long) items);
            double[] z = codes[asked].clone();
            for (int i = 0; i < width; i++) {
                z[i] += noise * CountedNormal.number(seed + 6, counter * width + i);
            }
            double[] query = product(x, 0, z);
            double[] raw = new double[items];
            double[] weight = new double[items];
            double highest = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < items; k++) {
                raw[k] = dot(query, keys[k]);
                weight[k] = cap(raw[k]);
                highest = Math.max(highest, weight[k]);
            }
            double sum = 0;
            for (int k = 0; k < items; k++) {
                weight[k] = Math.exp(weight[k] - highest);
                sum += weight[k];
            }
            double out = 0;
            for (int k = 0; k < items; k++) {
                weight[k] /= sum;
                out += weight[k] * values[k];
            }
            double error = out - values[asked] * (odd ? strange : 1);
            loss += 0.5 * error * error / batch;
            for (int k = 0; k < items; k++) {
                double logit = error / batch * weight[k] * (values[k] - out) * capSlope(raw[k]);
                backward(gradient, logit, new double[][] {z, codes[k], query, keys[k]});
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
        double highest = 0;
        double[][] keys = keys(x);
        for (double[] code : codes) {
            double[] query = product(x, 0, code);
            for (double[] key : keys) {
                highest = Math.max(highest, Math.abs(cap(dot(query, key))));
            }
        }
        return highest;
    }

    private double[][] keys(double[] x) {
        double[][] keys = new double[codes.length][];
        for (int k = 0; k < keys.length; k++) {
            keys[k] = product(x, codes[k].length * codes[k].length, codes[k]);
        }
        return keys;
    }

    /// @param parts z, the code of the item, q, its key
    private static void backward(double[] gradient, double logit, double[][] parts) {
        int width = parts[0].length;
        for (int r = 0; r < width; r++) {
            for (int c = 0; c < width; c++) {
                gradient[r * width + c] += logit * parts[3][r] * parts[0][c];
                gradient[width * width + r * width + c] += logit * parts[2][r] * parts[1][c];
            }
        }
    }

    private double cap(double logit) {
        return Double.isInfinite(capped) ? logit : capped * Math.tanh(logit / capped);
    }

    private double capSlope(double logit) {
        double t = Double.isInfinite(capped) ? 0 : Math.tanh(logit / capped);
        return 1 - t * t;
    }

    private static double[] product(double[] x, int from, double[] vector) {
        int width = vector.length;
        double[] product = new double[width];
        for (int r = 0; r < width; r++) {
            for (int c = 0; c < width; c++) {
                product[r] += x[from + r * width + c] * vector[c];
            }
        }
        return product;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
