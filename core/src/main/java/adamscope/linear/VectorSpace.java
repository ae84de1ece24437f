package adamscope.linear;

/// Vectors of one length and storage: arrays of double here, flat tensors in the network module.
///
/// @param <V> a vector; it is changed only by [#add(Object, double, Object)]
public interface VectorSpace<V> {

    /// The number of coordinates.
    long dimension();

    /// Half the gap between 1 and the next larger number of the storage: 2⁻⁵³ for double, 2⁻²⁴ for float.
    double roundoff();

    /// A new vector of independent standard normal numbers, each a function of the seed and its coordinate.
    V random(long seed);

    /// The new vector factor·a.
    V scaled(double factor, V a);

    /// target ← factor·target.
    void scale(V target, double factor);

    /// target ← target + factor·a.
    void add(V target, double factor, V a);

    /// The inner product Σ aᵢbᵢ.
    double dot(V a, V b);

    /// Says that nobody needs `a` any more; spaces with memory of their own free it now instead of later.
    default void release(V a) {}

    /// The Euclidean norm √(a·a).
    default double norm(V a) {
        return Math.sqrt(dot(a, a));
    }
}
