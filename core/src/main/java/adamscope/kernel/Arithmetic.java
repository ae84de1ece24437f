package adamscope.kernel;

/// How numbers are held while a formula runs.
public enum Arithmetic {
    /// IEEE double: fast, ends at about 1e±308.
    DOUBLE,
    /// Double's significand with a wide exponent, [WideNumber]: the same bits while double holds, and no underflow
    /// after.
    SCALED
}
