package adamscope.linear;

import adamscope.linear.RitzSpace.Ritz;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// The distribution of all eigenvalues of a symmetric operator: stochastic Lanczos quadrature (Golub & Welsch 1969;
/// Lin, Saad & Yang 2016; Ghorbani, Krishnan & Xiao 2019).
///
/// For a random unit vector q the Ritz values θ of m Lanczos steps from q, with the squared first components of the
/// eigenvectors of T as weights, are the Gauss quadrature of qᵀf(A)q, exact for polynomials of degree 2m − 1; its mean
/// over q is tr f(A)/n. Every quadrature has the total weight 1.
///
/// @param quadratures one for each random vector
/// @param dimension   n
/// @param products    spent
public record SpectralDensity(List<Quadrature> quadratures, long dimension, int products) {

    /// Nodes in ascending order.
    ///
    /// @param residuals an eigenvalue lies within this of each node: larger where the steps were too few to tell it
    public record Quadrature(double[] nodes, double[] weights, double[] residuals) {
        /// Σ weight·node^power.
        double moment(int power) {
            double sum = 0;
            for (int i = 0; i < nodes.length; i++) {
                sum += weights[i] * Math.pow(nodes[i], power);
            }
            return sum;
        }

        /// The weight of the nodes with these indices.
        private double weight(IntPredicate chosen) {
            return IntStream.range(0, nodes.length)
                    .filter(chosen)
                    .mapToDouble(i -> weights[i])
                    .sum();
        }

        /// Whether an end lies within the residual of a node.
        private boolean reaches(int node, double end) {
            return Math.abs(nodes[node] - end) <= residuals[node];
        }
    }

    /// A mean over random vectors with its standard error (NaN for one vector).
    public record Estimate(double value, double standardError) {
        static Estimate of(double[] samples) {
            double mean = Arrays.stream(samples).average().orElse(Double.NaN);
            double squares =
                    Arrays.stream(samples).map(x -> (x - mean) * (x - mean)).sum();
            int n = samples.length;
            return new Estimate(mean, n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1) / n));
        }
    }

    public SpectralDensity {
        quadratures = List.copyOf(quadratures);
    }

    /// Measures it.
    ///
    /// @param vectors how many random vectors
    /// @param steps   Lanczos steps from each
    /// @param seed    of the random vectors
    /// @throws ArithmeticException if a product is not finite
    public static <V> SpectralDensity of(LinearOperator<V> operator, int vectors, int steps, long seed) {
        if (vectors < 1 || steps < 1) {
            throw new IllegalArgumentException(
                    "vectors = " + vectors + ", steps = " + steps + ": both must be at least 1");
        }
        List<Quadrature> quadratures = new ArrayList<>();
        int products = 0;
        for (int i = 0; i < vectors; i++) {
            RitzSpace<V> space = new RitzSpace<>(operator);
            V random = operator.space().random(seed + i);
            space.admit(random);
            operator.space().release(random);
            List<Ritz> ritz = space.finite() ? space.ritz() : List.of();
            while (space.finite() && !ended(space, steps) && space.expandOutside()) {
                ritz = space.finite() ? space.ritz() : ritz;
            }
            products += space.products();
            boolean finite = space.finite();
            double[] residuals = finite
                    ? ritz.reversed().stream().mapToDouble(space::residual).toArray()
                    : new double[0];
            space.release();
            if (!finite) {
                throw new ArithmeticException("a product with the operator is not finite: its spectrum has no density");
            }
            quadratures.add(quadrature(ritz, residuals));
        }
        return new SpectralDensity(quadratures, operator.space().dimension(), products);
    }

    /// Enough steps, or nothing left outside: then the quadrature is exact already.
    private static boolean ended(RitzSpace<?> space, int steps) {
        return space.size() >= steps || space.complete() || space.closed();
    }

    private static Quadrature quadrature(List<Ritz> descending, double[] residuals) {
        int n = descending.size();
        double[] nodes = new double[n];
        double[] weights = new double[n];
        for (int i = 0; i < n; i++) {
            Ritz pair = descending.get(n - 1 - i);
            nodes[i] = pair.value();
            weights[i] = pair.weights()[0] * pair.weights()[0];
        }
        return new Quadrature(nodes, weights, residuals);
    }

    /// tr(A^power)/n.
    ///
    /// A few vectors may all lie away from the few eigenvectors that matter, and then agree too well. So the standard
    /// error is at least √(2(μ₂ − μ₁²)/((n + 2)·vectors)) with the moments μ of A^power, as for vectors uniform on the
    /// sphere, and μ₂ at least what the largest node alone makes of it.
    public Estimate moment(int power) {
        Estimate sampled = Estimate.of(
                quadratures.stream().mapToDouble(q -> q.moment(power)).toArray());
        double square = quadratures.stream()
                .mapToDouble(q -> q.moment(2 * power))
                .average()
                .orElse(Double.NaN);
        double extreme = Math.pow(Math.max(Math.abs(largest()), Math.abs(smallest())), 2 * power) / dimension;
        double variance = Math.max(0, Math.max(square, extreme) - sampled.value() * sampled.value());
        double expected = Math.sqrt(2 * variance / (dimension + 2) / quadratures.size());
        double error = Double.isNaN(sampled.standardError()) ? expected : Math.max(sampled.standardError(), expected);
        return new Estimate(sampled.value(), error);
    }

    /// The part of the eigenvalues between `low` and `high`, both included.
    ///
    /// Its error is that of the random vectors, at least what vectors uniform on the sphere have for such a part, and
    /// half the weight of nodes whose residual reaches over an end: the steps do not tell on which side they belong.
    public Estimate mass(double low, double high) {
        Estimate sampled = Estimate.of(quadratures.stream()
                .mapToDouble(q -> q.weight(i -> q.nodes[i] >= low && q.nodes[i] <= high))
                .toArray());
        double undecided = quadratures.stream()
                .mapToDouble(q -> q.weight(i -> q.reaches(i, low) || q.reaches(i, high)))
                .average()
                .orElse(Double.NaN);
        double part = Math.clamp(sampled.value(), 0, 1);
        double expected = Math.sqrt(2 * part * (1 - part) / (dimension + 2) / quadratures.size());
        double error = Double.isNaN(sampled.standardError()) ? expected : Math.max(sampled.standardError(), expected);
        return new Estimate(sampled.value(), Math.hypot(error, undecided / 2));
    }

    /// The density at `value`, each node a normal distribution of this standard deviation; it integrates to 1.
    public double smoothed(double value, double width) {
        double sum = 0;
        for (Quadrature q : quadratures) {
            for (int i = 0; i < q.nodes().length; i++) {
                double z = (value - q.nodes()[i]) / width;
                sum += q.weights()[i] * Math.exp(-z * z / 2);
            }
        }
        return sum / (quadratures.size() * width * Math.sqrt(2 * Math.PI));
    }

    /// The largest node.
    public double largest() {
        return quadratures.stream()
                .mapToDouble(q -> q.nodes()[q.nodes().length - 1])
                .max()
                .orElse(Double.NaN);
    }

    /// The smallest node.
    public double smallest() {
        return quadratures.stream().mapToDouble(q -> q.nodes()[0]).min().orElse(Double.NaN);
    }
}
