package adamscope.sweep;

import adamscope.shape.Form;

/// One quantity that a sweep varies: a hyper-parameter, a start, a parameter of the objective or of a formula.
public sealed interface Coordinate permits Axis, Listed, Sampled {

    /// A list of values; or a mapping with `values`, or with the ends and the number of points or, sampled, without.
    static Form<Coordinate> form(String name) {
        return new CoordinateForm(name);
    }

    /// The quantity; it names a column of the results.
    String name();

    /// The least value that occurs.
    double least();

    /// The greatest value that occurs.
    double greatest();
}
