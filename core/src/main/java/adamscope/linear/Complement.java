package adamscope.linear;

import java.util.List;

/// An operator on the vectors orthogonal to some unit vectors; its space has that many dimensions fewer.
record Complement<V>(LinearOperator<V> operator, List<V> removed) implements LinearOperator<V> {
    @Override
    public VectorSpace<V> space() {
        return new Subspace<>(operator.space(), removed);
    }

    @Override
    public V apply(V vector) {
        V product = operator.apply(vector);
        Subspace.project(operator.space(), product, removed);
        return product;
    }

    /// What is orthogonal to the removed vectors.
    private record Subspace<V>(VectorSpace<V> whole, List<V> removed) implements VectorSpace<V> {
        static <V> void project(VectorSpace<V> space, V vector, List<V> removed) {
            for (int pass = 0; pass < 2; pass++) {
                for (V direction : removed) {
                    space.add(vector, -space.dot(vector, direction), direction);
                }
            }
        }

        @Override
        public long dimension() {
            return whole.dimension() - removed.size();
        }

        @Override
        public double roundoff() {
            return whole.roundoff();
        }

        @Override
        public V random(long seed) {
            V vector = whole.random(seed);
            project(whole, vector, removed);
            return vector;
        }

        @Override
        public V scaled(double factor, V a) {
            return whole.scaled(factor, a);
        }

        @Override
        public void scale(V target, double factor) {
            whole.scale(target, factor);
        }

        @Override
        public void add(V target, double factor, V a) {
            whole.add(target, factor, a);
        }

        @Override
        public double dot(V a, V b) {
            return whole.dot(a, b);
        }

        @Override
        public void release(V a) {
            whole.release(a);
        }
    }
}
