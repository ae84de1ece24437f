package adamscope.linear;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.complex.Complex;

/// Eigenvalues of a small matrix as roots of its characteristic polynomial, each in a disc that holds it.
///
/// The polynomial is that of A − σI with σ near the mean of the diagonal, so that eigenvalues close to each other are
/// far apart in it. It is computed in pairs of doubles; where a disc comes out larger than [#RESOLUTION] of the largest
/// magnitude, in 60 decimal digits, then in more. Discs that overlap make a component; it is taken as it is when all of
/// it is that small.
final class CertifiedBlock {
    /// The largest allowed error, relative to the largest magnitude of an eigenvalue.
    static final double RESOLUTION = 1e-13;

    private static final WideNumbers<DoubleDouble> PAIRS = new WideNumbers.Pairs();
    private static final int[] DIGITS = {60, 150, 300, 1000};

    private CertifiedBlock() {}

    /// The eigenvalues.
    ///
    /// @throws ArithmeticException if 1,000 digits do not tell them
    static List<Complex> eigenvalues(double[][] matrix) {
        int scale = largestExponent(matrix);
        double[][] a = new double[matrix.length][];
        double trace = 0;
        for (int i = 0; i < a.length; i++) {
            a[i] = matrix[i].clone();
            for (int j = 0; j < a.length; j++) {
                a[i][j] = Math.scalb(a[i][j], -scale);
            }
            trace += a[i][i];
        }
        double shift = trace / a.length;
        List<Complex> found = certified(CharacteristicPolynomial.of(a, shift, PAIRS), shift);
        for (int k = 0; found == null && k < DIGITS.length; k++) {
            WideNumbers<BigDecimal> decimals = new WideNumbers.Decimals(new MathContext(DIGITS[k]));
            found = certified(CharacteristicPolynomial.of(a, shift, decimals), shift);
        }
        if (found == null) {
            throw new ArithmeticException("the eigenvalues of a matrix of " + a.length + " rows could not be told to "
                    + RESOLUTION + " of the largest with 1,000 digits");
        }
        return found.stream()
                .map(z -> new Complex(Math.scalb(z.getReal(), scale), Math.scalb(z.getImaginary(), scale)))
                .toList();
    }

    private static int largestExponent(double[][] matrix) {
        int largest = Double.MIN_EXPONENT;
        for (double[] row : matrix) {
            for (double entry : row) {
                largest = Math.max(largest, Math.getExponent(entry));
            }
        }
        return largest;
    }

    /// The roots plus the shift; null if a disc is too large.
    private static <N> List<Complex> certified(CharacteristicPolynomial<N> p, double shift) {
        PolynomialRoots.Roots roots = PolynomialRoots.of(p, shift, RESOLUTION);
        return roots == null
                ? null
                : IntStream.range(0, roots.re().length)
                        .mapToObj(i -> new Complex(roots.re()[i], roots.im()[i]))
                        .toList();
    }
}
