package adamscope.kernel;

/// How the numbers of a run are held.
public enum Arithmetic {
    /// IEEE double: fast, ends at 1e-308.
    DOUBLE,
    /// Double significands with unbounded exponents ([Wide]): nothing underflows.
    SCALED
}
