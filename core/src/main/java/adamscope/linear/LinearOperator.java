package adamscope.linear;

/// A symmetric linear map that is known only by what it does to a vector.
public interface LinearOperator<V> {

    /// Where its vectors live.
    VectorSpace<V> space();

    /// The product with `vector`, as a new vector that the caller may change; `vector` stays as it is.
    V apply(V vector);
}
