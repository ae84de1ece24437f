package adamscope.linear;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/// Eigenvalues by a way of its own: the exact characteristic polynomial over the integers by division-free
/// Samuelson–Berkowitz, its roots by the methods of Laguerre and Newton with deflation in 160
/// decimal digits.
final class ExactRoots {
    private static final MathContext DIGITS = new MathContext(160);

    private ExactRoots() {}

    /// A complex number.
    record Wide(BigDecimal re, BigDecimal im) {
        static final Wide ZERO = new Wide(BigDecimal.ZERO, BigDecimal.ZERO);

        Wide plus(Wide o) {
            return new Wide(re.add(o.re, DIGITS), im.add(o.im, DIGITS));
        }

        Wide minus(Wide o) {
            return new Wide(re.subtract(o.re, DIGITS), im.subtract(o.im, DIGITS));
        }

        Wide times(Wide o) {
            return new Wide(
                    re.multiply(o.re, DIGITS).subtract(im.multiply(o.im, DIGITS), DIGITS),
                    re.multiply(o.im, DIGITS).add(im.multiply(o.re, DIGITS), DIGITS));
        }

        Wide times(double factor) {
            BigDecimal f = new BigDecimal(factor);
            return new Wide(re.multiply(f, DIGITS), im.multiply(f, DIGITS));
        }

        Wide over(Wide o) {
            BigDecimal square = o.square();
            Wide up = times(new Wide(o.re, o.im.negate()));
            return new Wide(up.re.divide(square, DIGITS), up.im.divide(square, DIGITS));
        }

        BigDecimal square() {
            return re.multiply(re, DIGITS).add(im.multiply(im, DIGITS), DIGITS);
        }

        Wide root() {
            BigDecimal size = square().sqrt(DIGITS);
            BigDecimal two = BigDecimal.valueOf(2);
            BigDecimal real = size.add(re, DIGITS)
                    .max(BigDecimal.ZERO)
                    .divide(two, DIGITS)
                    .sqrt(DIGITS);
            BigDecimal imaginary = size.subtract(re, DIGITS)
                    .max(BigDecimal.ZERO)
                    .divide(two, DIGITS)
                    .sqrt(DIGITS);
            return new Wide(real, im.signum() < 0 ? imaginary.negate() : imaginary);
        }
    }

    /// The eigenvalues of the matrix.
    static List<Wide> of(double[][] matrix) {
        return roots(polynomial(matrix).stream()
                .map(c -> new Wide(c, BigDecimal.ZERO))
                .toList());
    }

    /// Coefficients of det(zI − A) from the highest power down.
    private static List<BigDecimal> polynomial(double[][] matrix) {
        int scale = 0;
        for (double[] row : matrix) {
            for (double entry : row) {
                scale = Math.max(scale, entry == 0 ? 0 : 52 - Math.getExponent(entry));
            }
        }
        BigInteger[][] whole = new BigInteger[matrix.length][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix.length; j++) {
                whole[i][j] = new BigDecimal(matrix[i][j])
                        .multiply(new BigDecimal(BigInteger.TWO.pow(scale)))
                        .toBigIntegerExact();
            }
        }
        List<BigDecimal> coefficients = new ArrayList<>();
        BigInteger[] polynomial = berkowitz(whole);
        BigDecimal power = BigDecimal.ONE;
        BigDecimal unit = new BigDecimal(BigInteger.TWO.pow(scale));
        for (BigInteger c : polynomial) {
            coefficients.add(new BigDecimal(c).divide(power, DIGITS));
            power = power.multiply(unit, DIGITS);
        }
        return coefficients;
    }

    /// Whether the largest magnitude of an eigenvalue lies within a relative distance of `radius`: Schur's and Cohn's
    /// criterion holds on a circle so much larger and fails on one so much smaller, in 160 digits.
    static boolean radiusIs(double[][] matrix, double radius, double distance) {
        List<BigDecimal> p = polynomial(matrix);
        return radius == 0
                ? p.stream().skip(1).allMatch(c -> c.signum() == 0)
                : inside(p, new BigDecimal(radius).multiply(new BigDecimal(1 + distance)))
                        && !inside(p, new BigDecimal(radius).multiply(new BigDecimal(1 - distance)));
    }

    /// Whether every root is smaller than `radius`.
    private static boolean inside(List<BigDecimal> p, BigDecimal radius) {
        int n = p.size() - 1;
        BigDecimal[] a = new BigDecimal[n + 1];
        BigDecimal power = BigDecimal.ONE;
        for (int k = n; k >= 0; k--) {
            a[n - k] = p.get(n - k).multiply(power, DIGITS);
            // from the highest power down: zⁿ has the factor Rⁿ
            power = power.divide(radius, DIGITS);
        }
        while (a.length > 1) {
            int m = a.length - 1;
            BigDecimal last = a[m].divide(a[0], DIGITS);
            if (last.abs().compareTo(BigDecimal.ONE) >= 0) {
                return false;
            }
            BigDecimal[] lower = new BigDecimal[m];
            for (int k = 0; k < m; k++) {
                lower[k] = a[k].subtract(last.multiply(a[m - k], DIGITS), DIGITS);
            }
            a = lower;
        }
        return true;
    }

    /// Coefficients from the highest power down.
    private static BigInteger[] berkowitz(BigInteger[][] a) {
        int n = a.length;
        BigInteger[] p = {BigInteger.ONE, a[0][0].negate()};
        for (int r = 1; r < n; r++) {
            // Toeplitz column 1, −a_rr, −RC, −RMC, … with R = a[r][0..r), C = a[0..r)[r], M = a[0..r)[0..r)
            BigInteger[] column = new BigInteger[r + 2];
            column[0] = BigInteger.ONE;
            column[1] = a[r][r].negate();
            BigInteger[] v = new BigInteger[r];
            for (int i = 0; i < r; i++) {
                v[i] = a[i][r];
            }
            for (int k = 2; k <= r + 1; k++) {
                BigInteger sum = BigInteger.ZERO;
                for (int i = 0; i < r; i++) {
                    sum = sum.add(a[r][i].multiply(v[i]));
                }
                column[k] = sum.negate();
                BigInteger[] next = new BigInteger[r];
                for (int i = 0; i < r; i++) {
                    next[i] = BigInteger.ZERO;
                    for (int j = 0; j < r; j++) {
                        next[i] = next[i].add(a[i][j].multiply(v[j]));
                    }
                }
                v = next;
            }
            BigInteger[] longer = new BigInteger[r + 2];
            for (int i = 0; i < longer.length; i++) {
                longer[i] = BigInteger.ZERO;
                for (int j = 0; j <= Math.min(i, r); j++) {
                    longer[i] = longer[i].add(column[i - j].multiply(p[j]));
                }
            }
            p = longer;
        }
        return p;
    }

    private static List<Wide> roots(List<Wide> coefficients) {
        List<Wide> left = new ArrayList<>(coefficients);
        List<Wide> roots = new ArrayList<>();
        while (left.getLast().square().signum() == 0) {
            left.removeLast();
            roots.add(Wide.ZERO);
        }
        while (left.size() > 1) {
            Wide root = laguerre(left);
            roots.add(root);
            List<Wide> quotient = new ArrayList<>();
            Wide carried = Wide.ZERO;
            for (Wide c : left.subList(0, left.size() - 1)) {
                carried = carried.times(root).plus(c);
                quotient.add(carried);
            }
            left = quotient;
        }
        return roots;
    }

    private static Wide laguerre(List<Wide> p) {
        int n = p.size() - 1;
        Wide z = new Wide(new BigDecimal("0.3"), new BigDecimal("0.2"));
        for (int step = 0; step < 2000; step++) {
            Wide value = Wide.ZERO;
            Wide first = Wide.ZERO;
            Wide second = Wide.ZERO;
            for (Wide c : p) {
                second = second.times(z).plus(first);
                first = first.times(z).plus(value);
                value = value.times(z).plus(c);
            }
            double noise = 0;
            for (Wide c : p) {
                noise = noise * size(z) + size(c);
            }
            if (size(value) <= 1e-150 * noise) {
                return z;
            }
            Wide g = first.over(value);
            Wide h = g.times(g).minus(second.times(2).over(value));
            Wide root = h.times(n).minus(g.times(g)).times(n - 1).root();
            Wide plus = g.plus(root);
            Wide minus = g.minus(root);
            Wide down = plus.square().compareTo(minus.square()) > 0 ? plus : minus;
            Wide move = new Wide(BigDecimal.valueOf(n), BigDecimal.ZERO).over(down);
            // Laguerre can jump between the centre of a cluster and far away for ever; Newton comes in from outside
            boolean newton = step > 20 && step % 400 > 0;
            z = z.minus(newton ? new Wide(BigDecimal.ONE, BigDecimal.ZERO).over(g) : move);
        }
        throw new IllegalStateException("no root after 2000 steps");
    }

    private static double size(Wide z) {
        return Math.sqrt(z.square().doubleValue());
    }

    /// The largest magnitude.
    static double radius(double[][] matrix) {
        return of(matrix).stream()
                .map(Wide::square)
                .max(BigDecimal::compareTo)
                .orElse(BigDecimal.ZERO)
                .sqrt(DIGITS)
                .doubleValue();
    }
}
