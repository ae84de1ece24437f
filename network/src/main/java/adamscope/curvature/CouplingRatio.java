package adamscope.curvature;

import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

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
        try (PointerScope _ = new PointerScope()) {
            Tensor counted = gradient.ne(new Scalar(0.0));
            Tensor g = gradient.masked_select(counted).to(ScalarType.Double);
            long count = g.numel();
            if (count == 0) {
                return new CouplingRatio(undefined(), gradient.numel());
            }
            Tensor ratio = v.masked_select(counted).to(ScalarType.Double).div_(g.mul_(g));
            Tensor sorted = ratio.sort().get0();
            double[] quantiles = new double[LEVELS.length];
            for (int i = 0; i < LEVELS.length; i++) {
                double at = LEVELS[i] / 100.0 * (count - 1);
                long below = (long) at;
                double low = sorted.narrow(0, below, 1).item_double();
                double high =
                        sorted.narrow(0, Math.min(below + 1, count - 1), 1).item_double();
                quantiles[i] = at == below ? low : low + (at - below) * (high - low);
            }
            return new CouplingRatio(quantiles, gradient.numel() - count);
        }
    }

    private static double[] undefined() {
        double[] quantiles = new double[LEVELS.length];
        Arrays.fill(quantiles, Double.NaN);
        return quantiles;
    }
}
