package adamscope.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/// Eigenvalues of small dense matrices, symmetric or not, each within 10⁻¹³ of the largest magnitude of its block.
///
/// A matrix falls into the blocks of components that influence each other, and each block is scaled to equal norms of
/// rows and columns, both without rounding. Blocks of one and two have closed forms, larger ones up to
/// [#LARGEST_CERTIFIED] the roots of their characteristic polynomial in wide arithmetic, each in a disc that is proven
/// to hold it; the width grows until the discs are small ([CertifiedBlock]). An eigenvalue whose disc reaches the real
/// axis alone is real. Beyond, the QR algorithm, checked by residuals and traces ([LargeBlock]).
public final class Spectrum {
    /// Blocks of more components are checked by residuals in place of discs.
    static final int LARGEST_CERTIFIED = 12;

    private static final double RELATIVE = 1e-13;

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
        List<Complex> all = new ArrayList<>();
        for (double[][] block : Blocks.of(matrix)) {
            all.addAll(ofBlock(block));
        }
        return all;
    }

    private static List<Complex> ofBlock(double[][] block) {
        return switch (block.length) {
            case 1 -> List.of(new Complex(block[0][0]));
            case 2 -> pair(block);
            default ->
                block.length <= LARGEST_CERTIFIED ? CertifiedBlock.eigenvalues(block) : LargeBlock.eigenvalues(block);
        };
    }

    /// z = h ± √(d² + bc) with the mean h and half the difference d of the diagonal; the smaller root as det/z.
    private static List<Complex> pair(double[][] a) {
        double b = a[0][1];
        double c = a[1][0];
        // b and c only enter by their product: made alike, so that it neither overflows nor underflows
        int scale =
                Math.max(Math.max(exponent(a[0][0]), exponent(a[1][1])), Math.ceilDiv(exponent(b) + exponent(c), 2));
        int half = Math.floorDiv(exponent(b) - exponent(c), 2);
        DoubleDouble first = new DoubleDouble(Math.scalb(a[0][0], -scale - 1), 0);
        DoubleDouble second = new DoubleDouble(Math.scalb(a[1][1], -scale - 1), 0);
        DoubleDouble mean = first.plus(second);
        DoubleDouble difference = first.plus(second.negated());
        DoubleDouble coupling = DoubleDouble.product(Math.scalb(b, -scale - half), Math.scalb(c, half - scale));
        DoubleDouble square = difference.times(difference);
        DoubleDouble discriminant = square.plus(coupling);
        double large = Math.max(square.high(), Math.abs(coupling.high()));
        if (Math.abs(discriminant.high()) <= 0x1p-100 * large) {
            Complex twice = new Complex(Math.scalb(mean.high(), scale));
            return List.of(twice, twice);
        }
        double root = Math.sqrt(Math.abs(discriminant.high()));
        if (discriminant.high() < 0) {
            double real = Math.scalb(mean.high(), scale);
            double imaginary = Math.scalb(root, scale);
            return List.of(new Complex(real, imaginary), new Complex(real, -imaginary));
        }
        DoubleDouble determinant = mean.times(mean).plus(discriminant.negated());
        double outer = mean.high() + Math.copySign(root, mean.high());
        return List.of(
                new Complex(Math.scalb(outer, scale)), new Complex(Math.scalb(determinant.high() / outer, scale)));
    }

    private static int exponent(double a) {
        return Math.getExponent(a);
    }

    /// The real parts of the eigenvalues, the smallest first.
    public static double[] realParts(double[][] matrix) {
        return eigenvalues(matrix).stream()
                .mapToDouble(Complex::getReal)
                .sorted()
                .toArray();
    }

    /// The eigenvalues of a symmetric matrix, the smallest first, within 10⁻¹³ of the largest magnitude.
    ///
    /// From three rows on by the QR algorithm with its vectors V, where what it says, A = VΛVᵀ with VᵀV = I, holds to
    /// that: then the eigenvalues do (Weyl). Where it does not, as [#eigenvalues].
    ///
    /// @throws IllegalArgumentException if an entry is not finite
    public static double[] ofSymmetric(double[][] matrix) {
        int n = matrix.length;
        double norm = Math.sqrt(Arrays.stream(matrix)
                .flatMapToDouble(Arrays::stream)
                .map(a -> a * a)
                .sum());
        if (n > 2 && norm > 0 && Double.isFinite(norm)) {
            RealMatrix a = MatrixUtils.createRealMatrix(matrix);
            var eigen = new EigenDecompositionSymmetric(a, 0x1p-52, true);
            RealMatrix v = eigen.getV();
            RealMatrix gram = v.transposeMultiply(v).subtract(MatrixUtils.createRealIdentityMatrix(n));
            RealMatrix left = a.multiply(v).subtract(v.multiply(eigen.getD()));
            if (left.getFrobeniusNorm() <= RELATIVE * norm / 2 && gram.getFrobeniusNorm() <= RELATIVE / 4) {
                return Arrays.stream(eigen.getEigenvalues()).sorted().toArray();
            }
        }
        return realParts(matrix);
    }

    /// The largest magnitude of an eigenvalue.
    public static double radius(double[][] matrix) {
        return eigenvalues(matrix).stream().mapToDouble(Complex::norm).max().orElse(0);
    }
}
