package adamscope.stability;

import adamscope.linear.RealPolynomial;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The curvatures λ > 0 at which an eigenvalue of A + λ·b·e₀ᵀ lies on the unit circle: all of them, without a search.
///
/// det(zI − A − λbe₀ᵀ) = p(z) − λq(z), so that λ = p/q at such an eigenvalue, which has to be real: z = 1, z = −1, or
/// z = e^(iθ) with Im p·q̄ = Σ sₖ·sin(kθ) = 0, sₖ = Σⱼ p(j+k)·q(j) − p(j)·q(j+k), a polynomial in cos θ after division
/// by sin θ.
final class CurvatureCrossings {
    private static final MathContext DIGITS = new MathContext(200);
    private static final BigDecimal NOTHING = new BigDecimal("1e-100");

    /// p of this size beside its terms is 0 up to the rounding of A: an eigenvalue that is there at λ = 0.
    private static final BigDecimal ROUNDING = new BigDecimal("4e-16");

    private CurvatureCrossings() {}

    /// The curvatures, ascending; equal ones once.
    static List<Double> of(double[][] a, double[] b) {
        return of(RealPolynomial.characteristic(a), rankOne(a, b));
    }

    /// q(z) = e₀ᵀ·adj(zI − A)·b, from A bordered by b and e₀: det [[zI − A, −b], [−e₀ᵀ, z]] = z·p(z) − q(z).
    private static RealPolynomial rankOne(double[][] a, double[] b) {
        int n = a.length;
        double[][] bordered = new double[n + 1][n + 1];
        for (int i = 0; i < n; i++) {
            System.arraycopy(a[i], 0, bordered[i], 0, n);
            bordered[i][n] = b[i];
        }
        bordered[n][0] = 1;
        List<BigDecimal> shifted = new ArrayList<>(List.of(BigDecimal.ZERO));
        shifted.addAll(RealPolynomial.characteristic(a).coefficients());
        return new RealPolynomial(shifted).minus(RealPolynomial.characteristic(bordered));
    }

    private static List<Double> of(RealPolynomial p, RealPolynomial q) {
        List<Double> found = new ArrayList<>();
        add(found, p, q, BigDecimal.ONE);
        add(found, p, q, BigDecimal.ONE.negate());
        int n = p.coefficients().size() - 1;
        List<BigDecimal> sines = IntStream.rangeClosed(1, n)
                .mapToObj(k -> IntStream.rangeClosed(0, n - k)
                        .mapToObj(j -> p.coefficient(j + k)
                                .multiply(q.coefficient(j), DIGITS)
                                .subtract(p.coefficient(j).multiply(q.coefficient(j + k), DIGITS), DIGITS))
                        .reduce(BigDecimal.ZERO, (x, y) -> x.add(y, DIGITS)))
                .toList();
        for (BigDecimal cosine : RealPolynomial.ofSines(sines).realRoots()) {
            if (cosine.abs().compareTo(BigDecimal.ONE) < 0) {
                add(found, p, q, cosine);
            }
        }
        return found.stream().sorted().distinct().toList();
    }

    /// p·q̄/|q|² at cosine ± i·sine.
    private static void add(List<Double> found, RealPolynomial p, RealPolynomial q, BigDecimal cosine) {
        BigDecimal sine = BigDecimal.ONE
                .subtract(cosine.multiply(cosine))
                .max(BigDecimal.ZERO)
                .sqrt(DIGITS);
        List<BigDecimal> up = p.at(cosine, sine);
        List<BigDecimal> down = q.at(cosine, sine);
        boolean vanishes = size(up).compareTo(ROUNDING.multiply(total(p))) <= 0;
        boolean none = size(down).compareTo(NOTHING.multiply(total(q))) <= 0;
        BigDecimal product =
                up.get(0).multiply(down.get(0), DIGITS).add(up.get(1).multiply(down.get(1), DIGITS), DIGITS);
        if (!vanishes && !none && product.signum() > 0) {
            found.add(product.divide(size(down).pow(2, DIGITS), DIGITS).doubleValue());
        }
    }

    private static BigDecimal size(List<BigDecimal> z) {
        return z.get(0).pow(2, DIGITS).add(z.get(1).pow(2, DIGITS), DIGITS).sqrt(DIGITS);
    }

    private static BigDecimal total(RealPolynomial p) {
        return p.coefficients().stream().map(BigDecimal::abs).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
