package adamscope.sweep;

/// One quantity that a sweep varies: a hyper-parameter, a start, a parameter of the objective or of a formula.
public sealed interface Coordinate permits Axis, Listed, Sampled {

    /// The quantity; it names a column of the results.
    String name();

    /// The least value that occurs.
    double least();

    /// The greatest value that occurs.
    double greatest();
}
