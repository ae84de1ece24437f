package adamscope.dynamics;

/// The numbers that a run is computed in.
public enum Arithmetic {
    /// IEEE double precision: the fastest; magnitudes from about 1e-308 to 1e308.
    DOUBLE,
    /// A double with an exponent of its own: magnitudes far below and above the range of double.
    SCALED
}
