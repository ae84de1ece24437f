package adamscope.flow;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;

/// The first moment of a solution that is smooth at time 0 although its right-hand side is 0/0 there, as Adam's with
/// bias correction is from m = v = 0.
///
/// One step of Gauss–Legendre collocation, z(τⱼ) = z₀ + h·Σᵢ aⱼᵢ·F(z(τᵢ)): no node lies at time 0, and the polynomial
/// converges geometrically in the number of nodes. The equations are solved by iteration.
record CollocationStart(UnaryOperator<double[]> field, double[] start, double[] finiteVelocity) {
    private static final int FEWER = 10;
    private static final int MORE = 14;
    private static final double AGREEMENT = 1e-13;
    private static final int HALVINGS = 50;

    /// A time and the state there.
    record TimedState(double time, double[] state) {}

    /// The state after at most `span`, shortened until two numbers of nodes agree; empty if they never do.
    Optional<TimedState> run(double span) {
        double h = span;
        for (int halving = 0; halving < HALVINGS; halving++) {
            double[] fewer = step(h, FEWER);
            double[] more = step(h, MORE);
            if (agree(fewer, more)) {
                return Optional.of(new TimedState(h, more));
            }
            h /= 2;
        }
        return Optional.empty();
    }

    private boolean agree(double[] a, double[] b) {
        for (int i = 0; i < a.length; i++) {
            double moved = Math.abs(b[i] - start[i]);
            if (!(Math.abs(a[i] - b[i]) <= AGREEMENT * (Math.abs(b[i]) + moved))) {
                return false;
            }
        }
        return true;
    }

    private double[] step(double h, int count) {
        GaussIntegrator gauss = new GaussIntegratorFactory().legendre(count);
        double[] nodes = new double[count];
        double[] weights = new double[count];
        for (int j = 0; j < count; j++) {
            nodes[j] = 0.5 * (1 + gauss.getPoint(j));
            weights[j] = 0.5 * gauss.getWeight(j);
        }
        double[][] matrix = integrals(nodes, weights);
        double[][] states = new double[count][];
        for (int j = 0; j < count; j++) {
            states[j] = start.clone();
            for (int i = 0; i < start.length; i++) {
                states[j][i] += h * nodes[j] * finiteVelocity[i];
            }
        }
        double[][] velocities = new double[count][];
        for (int iteration = 0; iteration < 40; iteration++) {
            for (int j = 0; j < count; j++) {
                velocities[j] = field.apply(states[j]);
            }
            for (int j = 0; j < count; j++) {
                states[j] = advanced(h, matrix[j], velocities);
            }
        }
        return advanced(h, weights, velocities);
    }

    private double[] advanced(double h, double[] weights, double[][] velocities) {
        double[] state = start.clone();
        for (int i = 0; i < state.length; i++) {
            double sum = 0;
            for (int j = 0; j < weights.length; j++) {
                sum += weights[j] * velocities[j][i];
            }
            state[i] += h * sum;
        }
        return state;
    }

    /// aⱼᵢ = ∫₀^τⱼ ℓᵢ, with ℓᵢ the Lagrange polynomials of the nodes; exact by the same quadrature on [0, τⱼ].
    private static double[][] integrals(double[] nodes, double[] weights) {
        int n = nodes.length;
        double[][] matrix = new double[n][n];
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < n; i++) {
                for (int q = 0; q < n; q++) {
                    matrix[j][i] += nodes[j] * weights[q] * lagrange(nodes, i, nodes[j] * nodes[q]);
                }
            }
        }
        return matrix;
    }

    private static double lagrange(double[] nodes, int i, double at) {
        double product = 1;
        for (int other = 0; other < nodes.length; other++) {
            if (other != i) {
                product *= (at - nodes[other]) / (nodes[i] - nodes[other]);
            }
        }
        return product;
    }
}
