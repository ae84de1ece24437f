package adamscope.stability;

/// A point that a map takes to itself, with its multipliers.
///
/// @param state       its coordinates, in the order of the map's components
/// @param observed    the map's observed quantity there
/// @param multipliers eigenvalues of the Jacobian there
public record FixedPoint(double[] state, double observed, Multipliers multipliers) {}
