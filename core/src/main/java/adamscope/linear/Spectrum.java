package adamscope.linear;

import java.util.Arrays;
import java.util.List;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.EigenDecompositionNonSymmetric;
import org.hipparchus.linear.MatrixUtils;

/// Eigenvalues of small dense matrices, symmetric or not.
public final class Spectrum {
    private Spectrum() {}

    /// The eigenvalues of a square matrix, in no particular order.
    ///
    /// @throws IllegalArgumentException if an entry is not finite
    public static List<Complex> eigenvalues(double[][] matrix) {
        for (double[] row : matrix) {
            if (!Arrays.stream(row).allMatch(Double::isFinite)) {
                throw new IllegalArgumentException(
                        "a matrix with the row " + Arrays.toString(row) + " has no eigenvalues");
            }
        }
        return List.of(new EigenDecompositionNonSymmetric(MatrixUtils.createRealMatrix(matrix)).getEigenvalues());
    }

    /// The real parts of the eigenvalues, the smallest first.
    public static double[] realParts(double[][] matrix) {
        return eigenvalues(matrix).stream()
                .mapToDouble(Complex::getReal)
                .sorted()
                .toArray();
    }

    /// The largest magnitude of an eigenvalue.
    public static double radius(double[][] matrix) {
        return eigenvalues(matrix).stream().mapToDouble(Complex::norm).max().orElse(0);
    }
}
