package adamscope.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.EigenDecompositionNonSymmetric;
import org.hipparchus.linear.MatrixUtils;

/// Eigenvalues of a matrix that is too large for its characteristic polynomial: the QR algorithm, then checked.
///
/// Each eigenvalue has to leave A − λI singular to rounding (a vector v with |Av − λv| small beside |A||v|), and all of
/// them have to have the sums of the matrix, Σλ = tr A and Σλ² = tr A². What fails is computed again from the
/// polynomial in wide arithmetic.
final class LargeBlock {
    /// Residuals and traces of a backward stable method, in units of n·2⁻⁵²·|A|.
    private static final double ALLOWED = 30;

    private LargeBlock() {}

    /// The eigenvalues.
    static List<Complex> eigenvalues(double[][] matrix) {
        // the second argument is the relative size at which an entry counts as zero; its default 1e-12 ends too early
        List<Complex> values = List.of(
                new EigenDecompositionNonSymmetric(MatrixUtils.createRealMatrix(matrix), 0x1p-52).getEigenvalues());
        return holds(matrix, values) ? values : CertifiedBlock.eigenvalues(matrix);
    }

    private static boolean holds(double[][] matrix, List<Complex> values) {
        int n = matrix.length;
        double norm = Math.sqrt(Arrays.stream(matrix)
                .flatMapToDouble(Arrays::stream)
                .map(a -> a * a)
                .sum());
        double allowed = ALLOWED * n * 0x1p-52;
        double trace = 0;
        double square = 0;
        for (int i = 0; i < n; i++) {
            trace += matrix[i][i];
            for (int j = 0; j < n; j++) {
                square += matrix[i][j] * matrix[j][i];
            }
        }
        Complex sum = Complex.ZERO;
        Complex squares = Complex.ZERO;
        for (Complex z : values) {
            sum = sum.add(z);
            squares = squares.add(z.multiply(z));
            if (!(new SmallestSingular(matrix, z).bound() <= allowed * norm)) {
                return false;
            }
        }
        return sum.subtract(trace).norm() <= allowed * norm
                && squares.subtract(square).norm() <= allowed * norm * norm;
    }

    /// |Av − λv|/|v| for the v of two steps of inverse iteration: an upper bound of the least singular value.
    private record SmallestSingular(double[][] matrix, Complex lambda) {
        double bound() {
            int n = matrix.length;
            List<Complex> v = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                v.add(new Complex(Math.cos(i + 1.0), Math.sin(2.0 * i)));
            }
            double least = Double.POSITIVE_INFINITY;
            for (int step = 0; step < 3; step++) {
                Complex[] solved = solve(v);
                double size = Math.sqrt(Arrays.stream(solved)
                        .mapToDouble(z -> z.norm() * z.norm())
                        .sum());
                v = Arrays.stream(solved).map(z -> z.divide(size)).toList();
                least = Math.min(least, residual(v));
            }
            return least;
        }

        private double residual(List<Complex> v) {
            double sum = 0;
            for (int i = 0; i < v.size(); i++) {
                Complex row = lambda.multiply(v.get(i)).negate();
                for (int j = 0; j < v.size(); j++) {
                    row = row.add(v.get(j).multiply(matrix[i][j]));
                }
                sum += row.norm() * row.norm();
            }
            return Math.sqrt(sum);
        }

        /// Gaussian elimination with row exchanges; a pivot of zero counts as the rounding of the matrix.
        private Complex[] solve(List<Complex> right) {
            int n = matrix.length;
            Complex[][] rows = new Complex[n][n + 1];
            double norm = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    rows[i][j] = new Complex(matrix[i][j]).subtract(i == j ? lambda : Complex.ZERO);
                    norm = Math.max(norm, rows[i][j].norm());
                }
                rows[i][n] = right.get(i);
            }
            for (int c = 0; c < n; c++) {
                int pivot = c;
                for (int r = c + 1; r < n; r++) {
                    pivot = rows[r][c].norm() > rows[pivot][c].norm() ? r : pivot;
                }
                Complex[] head = rows[pivot];
                rows[pivot] = rows[c];
                rows[c] = head;
                if (head[c].norm() < 0x1p-53 * norm) {
                    head[c] = new Complex(0x1p-53 * norm);
                }
                for (int r = c + 1; r < n; r++) {
                    Complex factor = rows[r][c].divide(head[c]);
                    for (int j = c; j <= n; j++) {
                        rows[r][j] = rows[r][j].subtract(factor.multiply(head[j]));
                    }
                }
            }
            Complex[] solution = new Complex[n];
            for (int r = n - 1; r >= 0; r--) {
                Complex sum = rows[r][n];
                for (int j = r + 1; j < n; j++) {
                    sum = sum.subtract(rows[r][j].multiply(solution[j]));
                }
                solution[r] = sum.divide(rows[r][r]);
            }
            return solution;
        }
    }
}
