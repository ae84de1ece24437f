package adamscope.stability;

/// Points that a map visits one after the other and again for ever, with the multipliers of the whole round.
///
/// @param points      its points, `[time][component]`; the first has the least first coordinate
/// @param observed    the map's observed quantity at each
/// @param multipliers eigenvalues of the product of the Jacobians along the orbit
public record PeriodicOrbit(double[][] points, double[] observed, Multipliers multipliers) {

    /// The least number of steps after which it repeats.
    public int period() {
        return points.length;
    }

    /// The p-th root of the spectral radius: the factor per step at which a small deviation changes.
    public double factorPerStep() {
        return Math.pow(multipliers.radius(), 1.0 / period());
    }
}
