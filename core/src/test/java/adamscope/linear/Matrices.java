package adamscope.linear;

import java.util.Arrays;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;

/// Small symmetric matrices with known spectra.
final class Matrices {
    private Matrices() {}

    static SymmetricMatrix diagonal(double... values) {
        double[][] rows = new double[values.length][values.length];
        for (int i = 0; i < values.length; i++) {
            rows[i][i] = values[i];
        }
        return new SymmetricMatrix(rows);
    }

    /// Entries N(0, 1/size): the semicircle on [−√2·…, …].
    static SymmetricMatrix random(int size, long seed) {
        double[][] rows = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                rows[i][j] = CountedNormal.number(seed, (long) i * size + j) / Math.sqrt(size);
                rows[j][i] = rows[i][j];
            }
        }
        return new SymmetricMatrix(rows);
    }

    /// An orthogonal similarity of a diagonal: the reflection I − 2uuᵀ along a random u on both sides.
    static SymmetricMatrix reflected(long seed, double... values) {
        int size = values.length;
        double[] u = new DoubleVectors(size).random(seed);
        double norm = Math.sqrt(Arrays.stream(u).map(a -> a * a).sum());
        double[][] q = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                q[i][j] = (i == j ? 1 : 0) - 2 * u[i] * u[j] / (norm * norm);
            }
        }
        double[][] rows = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                for (int k = 0; k < size; k++) {
                    rows[i][j] += q[i][k] * values[k] * q[k][j];
                }
            }
        }
        return new SymmetricMatrix(rows);
    }

    /// Descending, from a dense solver.
    static double[] eigenvalues(SymmetricMatrix matrix) {
        double[] values = new EigenDecompositionSymmetric(MatrixUtils.createRealMatrix(matrix.rows())).getEigenvalues();
        Arrays.sort(values);
        double[] descending = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            descending[i] = values[values.length - 1 - i];
        }
        return descending;
    }

    static double residual(SymmetricMatrix matrix, double value, double[] vector) {
        double[] difference = matrix.apply(vector);
        matrix.space().add(difference, -value, vector);
        return matrix.space().norm(difference);
    }
}
