package adamscope.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;

/// An orthonormal basis Q that an operator A has been applied to: A·Q = Q·H + R·G.
///
/// H = QᵀAQ is small and symmetric; R is an orthonormal basis, orthogonal to Q, of what the products have outside Q.
/// The Ritz pair (θ, Q·s) of an eigenpair (θ, s) of H has the residual ‖A·Qs − θ·Qs‖ = ‖G·s‖. Started from one vector
/// and grown by residuals this is the Lanczos process with full reorthogonalisation, where R is one vector; from
/// several vectors it is a block method. It keeps Q and R, and no products beside them.
final class RitzSpace<V> {
    /// What is left of a unit vector after orthogonalisation below this many roundoffs is rounding error.
    private static final double DEPENDENT = 64;

    /// Residuals below this many roundoffs of the largest |θ| are rounding error.
    private static final double ROUNDING = 16;

    /// So many roundoffs of a vector along another may stay in it.
    private static final double NEGLIGIBLE = 4;

    /// An eigenpair of H.
    record Ritz(double value, double[] weights) {}

    private final LinearOperator<V> operator;
    private final VectorSpace<V> space;
    private final List<V> basis = new ArrayList<>();
    private final List<V> outside = new ArrayList<>();
    /// The first so many vectors of the basis belong to somebody else.
    private int borrowed;

    private double[][] projected = {};
    /// Rows belong to `outside`, columns to `basis`.
    private double[][] coupling = {};

    private int products;
    private double scale;
    private boolean finite = true;

    RitzSpace(LinearOperator<V> operator) {
        this.operator = operator;
        this.space = operator.space();
    }

    int size() {
        return basis.size();
    }

    int products() {
        return products;
    }

    /// Whether every product so far was finite; after one that was not, the space is of no use.
    boolean finite() {
        return finite;
    }

    /// Whether the basis spans everything.
    boolean complete() {
        return basis.size() >= space.dimension();
    }

    /// Whether the products stay in the basis, up to rounding.
    boolean closed() {
        return outside.isEmpty();
    }

    /// What rounding may add to a residual and to a value: products of networks lose some digits more than a sum does.
    double roundingBound() {
        return 4 * rounding();
    }

    /// The size of residuals that are rounding error.
    double rounding() {
        return ROUNDING * space.roundoff() * scale;
    }

    /// Takes the direction of `candidate` into the basis, one product; false if it lies there, or is not finite.
    boolean admit(V candidate) {
        double norm = space.norm(candidate);
        if (complete() || !(norm > 0 && norm < Double.POSITIVE_INFINITY)) {
            return false;
        }
        V direction = space.scaled(1 / norm, candidate);
        norm = orthogonalised(direction, 1, null);
        if (!(norm > DEPENDENT * space.roundoff())) {
            space.release(direction);
            return false;
        }
        space.scale(direction, 1 / norm);
        take(direction);
        return true;
    }

    /// The same for a vector that outlives this: where it is a unit vector orthogonal to the basis, as the Ritz vectors
    /// of an earlier space are, it is not copied.
    boolean admitKept(V candidate) {
        double negligible = 4 * ROUNDING * space.roundoff();
        boolean orthonormal = borrowed == basis.size()
                && !complete()
                && Math.abs(space.norm(candidate) - 1) <= negligible
                && basis.stream().allMatch(unit -> Math.abs(space.dot(candidate, unit)) <= negligible);
        if (!orthonormal) {
            return admit(candidate);
        }
        borrowed++;
        take(candidate);
        return true;
    }

    /// Takes a unit vector that is orthogonal to the basis already.
    private void take(V unit) {
        withdraw(unit);
        basis.add(unit);
        multiply(unit);
    }

    /// Takes the direction of the residual of Q·weights into the basis, a random one where that is nothing; false if
    /// nothing is left to take.
    boolean expand(double[] weights, long seed) {
        double[] along = times(coupling, weights);
        double length = Math.sqrt(Arrays.stream(along).map(a -> a * a).sum());
        if (!complete() && length > rounding()) {
            V direction = space.scaled(along[0] / length, outside.get(0));
            for (int i = 1; i < along.length; i++) {
                space.add(direction, along[i] / length, outside.get(i));
            }
            take(direction);
            return true;
        }
        V random = space.random(seed);
        boolean admitted = admit(random);
        space.release(random);
        return admitted;
    }

    /// Takes the direction of the residual of one basis vector into the basis: the next Lanczos vector of a process
    /// that began with it, in the complement of what was there before; false if that residual is rounding error.
    boolean expandFrom(int column) {
        double[] weights = new double[basis.size()];
        weights[column] = 1;
        return couplingNorm(column) > rounding() && expand(weights, 0);
    }

    /// ‖what A·(basis vector) has outside the basis‖.
    double couplingNorm(int column) {
        double sum = 0;
        for (double[] row : coupling) {
            sum += row[column] * row[column];
        }
        return Math.sqrt(sum);
    }

    /// H.
    double[][] projected() {
        return projected;
    }

    /// G.
    double[][] coupling() {
        return coupling;
    }

    /// The inner products with the basis, and behind them those with the outside vectors.
    double[] coordinates(V vector) {
        double[] dots = new double[basis.size() + outside.size()];
        for (int i = 0; i < dots.length; i++) {
            dots[i] = space.dot(vector, i < basis.size() ? basis.get(i) : outside.get(i - basis.size()));
        }
        return dots;
    }

    /// The squared length of a unit vector's part in the basis.
    double squareInside(V vector) {
        double[] dots = coordinates(vector);
        return Arrays.stream(dots).limit(basis.size()).map(dot -> dot * dot).sum();
    }

    /// Adds factor times an outside vector.
    void addOutside(V target, double factor, int index) {
        space.add(target, factor, outside.get(index));
    }

    /// A new vector: factor times an outside vector.
    V outsideTimes(double factor, int index) {
        return space.scaled(factor, outside.get(index));
    }

    /// Takes the outside vector itself into the basis, where there is just one: the next Lanczos vector; false if it
    /// lies there but for rounding.
    boolean expandOutside() {
        V direction = space.scaled(1, outside.getFirst());
        boolean admitted = admit(direction);
        space.release(direction);
        return admitted;
    }

    /// Makes the outside vectors orthogonal to a new basis vector, and to each other again.
    private void withdraw(V unit) {
        double[][] change = new double[outside.size()][outside.size()];
        List<V> kept = new ArrayList<>();
        for (int i = 0; i < outside.size(); i++) {
            V vector = outside.get(i);
            space.add(vector, -space.dot(vector, unit), unit);
            for (int j = 0; j < kept.size(); j++) {
                change[j][i] = space.dot(vector, kept.get(j));
                space.add(vector, -change[j][i], kept.get(j));
            }
            double norm = space.norm(vector);
            if (norm > DEPENDENT * space.roundoff() && cleaned(vector, norm, unit, kept)) {
                change[kept.size()][i] = norm;
                kept.add(vector);
            } else {
                space.release(vector);
            }
        }
        coupling = product(Arrays.copyOf(change, kept.size()), coupling);
        outside.clear();
        outside.addAll(kept);
    }

    /// Makes a unit vector of the `left` that cancellation left. Where that is little its rounding errors point
    /// anywhere and are taken away; false where they are most of it, as of a vector whose direction is in the basis
    /// now.
    private boolean cleaned(V vector, double left, V unit, List<V> kept) {
        space.scale(vector, 1 / left);
        if (left > 0.01) {
            return true;
        }
        basis.forEach(q -> space.add(vector, -space.dot(vector, q), q));
        space.add(vector, -space.dot(vector, unit), unit);
        kept.forEach(q -> space.add(vector, -space.dot(vector, q), q));
        double norm = space.norm(vector);
        boolean own = norm > 0.5;
        if (own) {
            space.scale(vector, 1 / norm);
        }
        return own;
    }

    private void multiply(V unit) {
        V image = operator.apply(unit);
        products++;
        int size = basis.size();
        double[] parts = new double[size + outside.size()];
        double whole = space.norm(image);
        double norm = orthogonalised(image, whole, parts);
        finite &= Double.isFinite(whole) && Arrays.stream(parts).allMatch(Double::isFinite);
        scale = Math.max(scale, whole);
        projected = Arrays.copyOf(projected, size);
        for (int i = 0; i < size - 1; i++) {
            projected[i] = Arrays.copyOf(projected[i], size);
            projected[i][size - 1] = parts[i];
        }
        projected[size - 1] = Arrays.copyOf(parts, size);
        for (int i = 0; i < coupling.length; i++) {
            coupling[i] = Arrays.copyOf(coupling[i], size);
            coupling[i][size - 1] = parts[size + i];
        }
        if (finite && !complete() && norm > rounding()) {
            space.scale(image, 1 / norm);
            outside.add(image);
            coupling = Arrays.copyOf(coupling, outside.size());
            coupling[outside.size() - 1] = new double[size];
            coupling[outside.size() - 1][size - 1] = norm;
        } else {
            space.release(image);
        }
    }

    /// Takes the part in the basis, and in the outside if `parts` is asked for, away; again where much cancelled
    /// (Daniel, Gragg, Kaufman & Stewart 1976). Returns the norm of the rest.
    private double orthogonalised(V vector, double whole, double[] parts) {
        double before = whole;
        for (int pass = 0; ; pass++) {
            int i = 0;
            double least = NEGLIGIBLE * space.roundoff() * before;
            for (V unit : basis) {
                subtract(vector, unit, least, parts, i++);
            }
            if (parts != null) {
                for (V unit : outside) {
                    subtract(vector, unit, least, parts, i++);
                }
            }
            double norm = space.norm(vector);
            if (pass == 2 || norm > 0.5 * before || !(norm > 0)) {
                return norm;
            }
            before = norm;
        }
    }

    /// Leaves a part that is rounding error: in a Lanczos process most are, and taking them away would cost as much
    /// again.
    private void subtract(V vector, V unit, double least, double[] parts, int i) {
        double part = space.dot(vector, unit);
        if (Math.abs(part) <= least) {
            return;
        }
        space.add(vector, -part, unit);
        if (parts != null) {
            parts[i] += part;
        }
    }

    /// The eigenvalues of a small symmetric matrix, the largest first.
    static double[] descending(double[][] matrix) {
        double[] values = new EigenDecompositionSymmetric(new Array2DRowRealMatrix(matrix, false), 0x1p-40, true)
                .getEigenvalues();
        Arrays.sort(values);
        for (int i = 0; i < values.length / 2; i++) {
            double low = values[i];
            values[i] = values[values.length - 1 - i];
            values[values.length - 1 - i] = low;
        }
        return values;
    }

    /// All eigenpairs of H, the largest value first.
    List<Ritz> ritz() {
        EigenDecompositionSymmetric eigen =
                new EigenDecompositionSymmetric(new Array2DRowRealMatrix(projected, false), 0x1p-40, true);
        double[] values = eigen.getEigenvalues();
        List<Ritz> pairs = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            pairs.add(new Ritz(values[i], eigen.getEigenvector(i).toArray()));
        }
        pairs.sort((a, b) -> Double.compare(b.value(), a.value()));
        return pairs;
    }

    /// ‖A·Qs − θ·Qs‖ of the Ritz pair with these weights.
    double residual(Ritz pair) {
        return Math.sqrt(
                Arrays.stream(times(coupling, pair.weights())).map(a -> a * a).sum());
    }

    /// Q·weights, normalised.
    V vector(double[] weights) {
        V sum = space.scaled(weights[0], basis.get(0));
        for (int j = 1; j < weights.length; j++) {
            space.add(sum, weights[j], basis.get(j));
        }
        space.scale(sum, 1 / space.norm(sum));
        return sum;
    }

    /// Shrinks the basis to these Ritz vectors: thick restart (Wu & Simon 2000).
    void restart(List<Ritz> pairs) {
        List<V> vectors = pairs.stream().map(pair -> vector(pair.weights())).toList();
        double[][] weights = new double[basis.size()][pairs.size()];
        double[][] values = new double[pairs.size()][pairs.size()];
        for (int j = 0; j < pairs.size(); j++) {
            values[j][j] = pairs.get(j).value();
            for (int i = 0; i < weights.length; i++) {
                weights[i][j] = pairs.get(j).weights()[i];
            }
        }
        coupling = product(coupling, weights);
        projected = values;
        releaseBasis();
        basis.addAll(vectors);
    }

    /// Frees the vectors.
    void release() {
        releaseBasis();
        releaseOutside();
    }

    private void releaseBasis() {
        basis.subList(borrowed, basis.size()).forEach(space::release);
        basis.clear();
        borrowed = 0;
    }

    /// Frees what the products have outside the basis: it can grow no more.
    void releaseOutside() {
        outside.forEach(space::release);
        outside.clear();
    }

    private static double[] times(double[][] matrix, double[] vector) {
        double[] result = new double[matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < vector.length; j++) {
                result[i] += matrix[i][j] * vector[j];
            }
        }
        return result;
    }

    private static double[][] product(double[][] a, double[][] b) {
        double[][] result = new double[a.length][];
        for (int i = 0; i < a.length; i++) {
            result[i] = new double[b.length == 0 ? 0 : b[0].length];
            for (int k = 0; k < b.length; k++) {
                for (int j = 0; j < result[i].length; j++) {
                    result[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return result;
    }
}
