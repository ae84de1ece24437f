package adamscope.data;

import adamscope.linear.CountedUniform;
import adamscope.shape.Forms;
import adamscope.shape.Key;
import adamscope.shape.Shape;
import adamscope.tensor.Place;

/// Samples of y = Σ sin(2πx_k) with x uniform in [0,1]^d (Ma, Wu & E 2022, section 4.1, with d = 5).
///
/// Each x_k is a function of the seed and its counter alone.
///
/// @param samples   how many
/// @param dimension d
/// @param seed      of the points
public record SineSum(int samples, int dimension, long seed) implements DataSource {
    static final Shape<SineSum> SHAPE = Shape.of(keys -> {
        var samples = keys.add(Key.of("samples", Forms.count(1), "how many").orElse(2000), SineSum::samples);
        var dimension = keys.add(Key.of("dimension", Forms.count(1), "of x").orElse(5), SineSum::dimension);
        var seed = keys.add(
                Key.of("seed", Forms.whole(Long.MIN_VALUE, Long.MAX_VALUE), "of the points")
                        .orElse(0L),
                SineSum::seed);
        return in -> new SineSum(in.get(samples), in.get(dimension), in.get(seed));
    });

    private static final int MOST = 1 << 28;

    public SineSum {
        if (samples < 1 || dimension < 1) {
            throw new IllegalArgumentException(
                    "samples = " + samples + ", dimension = " + dimension + ": each is at least 1");
        }
        if ((long) samples * dimension > MOST) {
            throw new IllegalArgumentException("samples = " + samples + ", dimension = " + dimension
                    + ": their product is" + " more than " + MOST + " numbers");
        }
    }

    @Override
    public DataSet read(Place place) {
        double[] inputs = new double[Math.multiplyExact(samples, dimension)];
        double[] targets = new double[samples];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = CountedUniform.number(seed, i);
            targets[i / dimension] += Math.sin(2 * Math.PI * inputs[i]);
        }
        return new DataSet(
                new Samples(place.tensor(inputs, samples, dimension), place.tensor(targets, samples, 1), place),
                new DataShape.Vectors(dimension, 1));
    }
}
