package adamscope.kernel;

/// How lanes in double record the coupling ratio v/g², as g² underflows long before v and g do: in two rows, or the
/// greatest in one where it is plain.
enum CouplingForm {
    /// The greatest as the ratio, the last as v and g²: where g² is not the square of a value.
    PLAIN,
    /// The greatest as v/|g| and |g|, the last as v and g.
    BY_GRADIENT,
    /// The greatest as √v and |g|·2^k, the last as v and g: the greatest is found by products of these, which would
    /// underflow.
    ROOTED;

    /// The greatest ratios, of the numbers in their rows.
    Magnitudes greatest(double[] a, double[] b, Quotients ratios) {
        return ratios.of(a, b, this == ROOTED, this == ROOTED);
    }

    /// The last ratios, of the numbers in their rows.
    Magnitudes last(double[] a, double[] b, Quotients ratios) {
        return ratios.of(a, b, false, this != PLAIN);
    }
}
