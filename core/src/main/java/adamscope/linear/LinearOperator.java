package adamscope.linear;

/// A symmetric linear map that is known only by what it does to a vector.
public interface LinearOperator<V> {

    /// Where its vectors live.
    VectorSpace<V> space();

    /// The product with `vector`, as a new vector that the caller may change; `vector` stays as it is.
    V apply(V vector);

    /// How far its products may be off; nothing but rounding, unless an operator says more.
    default Uncertainty uncertainty() {
        return Uncertainty.NONE;
    }

    /// How far products with unit vectors may be off, relative to the largest magnitude of an eigenvalue at hand.
    ///
    /// @param product  ‖product − A·v‖
    /// @param quotient |uᵀ·product − uᵀAv| for a unit vector u of the search, which may be far less
    record Uncertainty(double product, double quotient) {
        /// Products are exact.
        public static final Uncertainty NONE = new Uncertainty(0, 0);
    }

    /// The operator factor·A.
    default LinearOperator<V> times(double factor) {
        return new Combined<>(space(), this, factor, null);
    }

    /// The operator A + other.
    default LinearOperator<V> plus(LinearOperator<V> other) {
        return new Combined<>(space(), this, 1, other);
    }

    /// factor·A + other.
    ///
    /// @param other null for none
    record Combined<V>(VectorSpace<V> space, LinearOperator<V> a, double factor, LinearOperator<V> other)
            implements LinearOperator<V> {
        @Override
        public Uncertainty uncertainty() {
            Uncertainty first = a.uncertainty();
            Uncertainty second = other == null ? Uncertainty.NONE : other.uncertainty();
            return new Uncertainty(first.product() + second.product(), first.quotient() + second.quotient());
        }

        @Override
        public V apply(V vector) {
            V product = a.apply(vector);
            V sum = factor == 1 ? product : space.scaled(factor, product);
            if (sum != product) {
                space.release(product);
            }
            if (other != null) {
                V second = other.apply(vector);
                space.add(sum, 1, second);
                space.release(second);
            }
            return sum;
        }
    }
}
