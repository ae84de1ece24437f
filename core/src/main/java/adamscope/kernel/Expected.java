package adamscope.kernel;

import java.util.Arrays;

/// How the lanes of a tile will go on for ever, where a theory says so: the loss and the coupling ratio along straight
/// lines of their logarithms.
///
/// @param lossSlope     change of log₁₀ loss a step, negative, one number for each lane; NaN where nothing is known
/// @param couplingSlope change of log₁₀ of the coupling ratio a step
public record Expected(double[] lossSlope, double[] couplingSlope) {

    /// Nothing is known.
    public static Expected nothing(int lanes) {
        double[] unknown = new double[lanes];
        Arrays.fill(unknown, Double.NaN);
        return new Expected(unknown, unknown.clone());
    }
}
