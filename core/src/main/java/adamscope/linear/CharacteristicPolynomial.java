package adamscope.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// det(zI − (A − σI)) of a small matrix in wide arithmetic, with a bound of the rounding of each coefficient.
///
/// By the recursion of Faddeev and LeVerrier: M₀ = I, cₖ = −tr(B·Mₖ₋₁)/k, Mₖ = B·Mₖ₋₁ + cₖI. The bound runs along with
/// absolute values.
///
/// @param coefficients of z⁰ … zⁿ; the last is 1
/// @param errors       how far each may be off
/// @param numbers      their arithmetic
record CharacteristicPolynomial<N>(List<N> coefficients, double[] errors, WideNumbers<N> numbers) {

    /// The polynomial.
    ///
    /// @param shift the σ that is taken from the diagonal, without rounding to double
    static <N> CharacteristicPolynomial<N> of(double[][] a, double shift, WideNumbers<N> numbers) {
        return new Recursion<>(a, shift, numbers).run();
    }

    private static final class Recursion<N> {
        private final int n;
        private final WideNumbers<N> numbers;
        private final N[][] b;
        private final double[][] sizes;
        private N[][] m;
        private double[][] error;

        Recursion(double[][] a, double shift, WideNumbers<N> numbers) {
            this.n = a.length;
            this.numbers = numbers;
            this.b = square();
            this.sizes = new double[n][n];
            this.error = new double[n][n];
            N minusShift = numbers.of(-shift);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    N entry = numbers.of(a[i][j]);
                    b[i][j] = i == j ? numbers.plus(entry, minusShift) : entry;
                    sizes[i][j] = Math.abs(numbers.value(b[i][j]));
                }
            }
        }

        CharacteristicPolynomial<N> run() {
            List<N> coefficients = new ArrayList<>();
            coefficients.add(numbers.of(1));
            double[] errors = new double[n + 1];
            m = b;
            for (int k = 1; k <= n; k++) {
                if (k > 1) {
                    multiply(k == n);
                }
                N trace = numbers.of(0);
                double off = 0;
                for (int i = 0; i < n; i++) {
                    trace = numbers.plus(trace, m[i][i]);
                    off += error[i][i] + n * numbers.unit() * Math.abs(numbers.value(m[i][i]));
                }
                N c = numbers.dividedBy(trace, -k);
                errors[n - k] = off / k + numbers.unit() * Math.abs(numbers.value(c));
                coefficients.add(c);
                if (k == 1) {
                    m = copied(b);
                }
                for (int i = 0; i < n; i++) {
                    m[i][i] = numbers.plus(m[i][i], c);
                    error[i][i] += errors[n - k] + numbers.unit() * Math.abs(numbers.value(c));
                }
            }
            return new CharacteristicPolynomial<>(coefficients.reversed(), errors, numbers);
        }

        /// M ← B·M, with the bound of its error; of the last product only the diagonal.
        private void multiply(boolean last) {
            N[][] product = square();
            double[][] off = new double[n][n];
            double unit = (n + 2) * numbers.unit();
            for (int i = 0; i < n; i++) {
                for (int j = last ? i : 0; j < (last ? i + 1 : n); j++) {
                    N sum = numbers.times(b[i][0], m[0][j]);
                    double bound = 0;
                    for (int l = 0; l < n; l++) {
                        if (l > 0) {
                            sum = numbers.plus(sum, numbers.times(b[i][l], m[l][j]));
                        }
                        bound += sizes[i][l] * (error[l][j] + unit * Math.abs(numbers.value(m[l][j])));
                    }
                    product[i][j] = sum;
                    off[i][j] = bound;
                }
            }
            m = product;
            error = off;
        }

        private N[][] copied(N[][] a) {
            N[][] copy = a.clone();
            Arrays.setAll(copy, i -> a[i].clone());
            return copy;
        }

        @SuppressWarnings("unchecked")
        private N[][] square() {
            N[][] rows = (N[][]) new Object[n][];
            Arrays.setAll(rows, _ -> (N[]) new Object[n]);
            return rows;
        }
    }
}
