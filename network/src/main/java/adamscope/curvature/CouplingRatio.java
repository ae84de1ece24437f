package adamscope.curvature;

import adamscope.tensor.Place;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;

/// Quantiles of v/g² over coordinates: near 1 where v follows g², large where v only remembers.
///
/// Computed in double, so that small gradients do not underflow when squared. Quantile q lies at position q·(n − 1) of
/// the sorted ratios, between two of them by linear interpolation.
///
/// @param quantiles     at [#LEVELS]; NaN if no coordinate counts
/// @param zeroGradients coordinates with g = 0, which are left out
public record CouplingRatio(double[] quantiles, long zeroGradients) {
    /// The state that averages g².
    public static final String STATE = "v";

    /// The levels, in percent.
    public static final int[] LEVELS = {1, 10, 50, 90, 99};

    /// For rules without such a state.
    public static final CouplingRatio NONE = new CouplingRatio(undefined(), 0);

    public static CouplingRatio of(Tensor v, Tensor gradient) {
        double[] ratios = Place.numbers(v);
        double[] g = Place.numbers(gradient);
        int count = 0;
        for (int i = 0; i < g.length; i++) {
            if (g[i] != 0) {
                ratios[count++] = ratios[i] / (g[i] * g[i]);
            }
        }
        return new CouplingRatio(count == 0 ? undefined() : quantiles(ratios, count), g.length - count);
    }

    private static double[] quantiles(double[] ratios, int count) {
        int[] places = new int[2 * LEVELS.length];
        for (int i = 0; i < LEVELS.length; i++) {
            places[2 * i] = (int) place(i, count);
            places[2 * i + 1] = Math.min(places[2 * i] + 1, count - 1);
        }
        double[] around = new OrderStatistics(ratios, count).at(places);
        double[] quantiles = new double[LEVELS.length];
        for (int i = 0; i < LEVELS.length; i++) {
            double low = around[2 * i];
            double above = place(i, count) - places[2 * i];
            quantiles[i] = above == 0 ? low : low + above * (around[2 * i + 1] - low);
        }
        return quantiles;
    }

    private static double place(int level, int count) {
        return LEVELS[level] / 100.0 * (count - 1);
    }

    private static double[] undefined() {
        double[] quantiles = new double[LEVELS.length];
        Arrays.fill(quantiles, Double.NaN);
        return quantiles;
    }
}
