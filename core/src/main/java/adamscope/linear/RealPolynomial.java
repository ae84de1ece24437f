package adamscope.linear;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/// A real polynomial in 200 decimal digits, as `coefficients` of z⁰, z¹, ….
public record RealPolynomial(List<BigDecimal> coefficients) {
    private static final MathContext DIGITS = new MathContext(200);
    private static final WideNumbers<BigDecimal> NUMBERS = new WideNumbers.Decimals(DIGITS);

    public RealPolynomial {
        coefficients = List.copyOf(coefficients);
    }

    /// det(zI − A).
    public static RealPolynomial characteristic(double[][] a) {
        return new RealPolynomial(CharacteristicPolynomial.of(a, 0, NUMBERS).coefficients());
    }

    /// The coefficient of zᵏ, 0 beyond the degree.
    public BigDecimal coefficient(int k) {
        return k < coefficients.size() ? coefficients.get(k) : BigDecimal.ZERO;
    }

    /// The difference.
    public RealPolynomial minus(RealPolynomial other) {
        int size = Math.max(coefficients.size(), other.coefficients.size());
        return new RealPolynomial(IntStream.range(0, size)
                .mapToObj(k -> coefficient(k).subtract(other.coefficient(k), DIGITS))
                .toList());
    }

    /// The value at z = x + iy, as real and imaginary part.
    public List<BigDecimal> at(BigDecimal x, BigDecimal y) {
        BigDecimal re = BigDecimal.ZERO;
        BigDecimal im = BigDecimal.ZERO;
        for (BigDecimal c : coefficients.reversed()) {
            BigDecimal real = re.multiply(x, DIGITS).subtract(im.multiply(y, DIGITS), DIGITS);
            im = re.multiply(y, DIGITS).add(im.multiply(x, DIGITS), DIGITS);
            re = real.add(c, DIGITS);
        }
        return List.of(re, im);
    }

    /// The real roots, simple ones to 60 digits; a complex pair that 1e-13 of the largest root does not tell from a
    /// real one counts as real. None for a constant.
    public List<BigDecimal> realRoots() {
        List<BigDecimal> kept = new ArrayList<>(coefficients);
        BigDecimal largest =
                kept.stream().map(BigDecimal::abs).max(BigDecimal::compareTo).orElse(BigDecimal.ZERO);
        // what cancelled to less than half of the digits is 0
        BigDecimal nothing = largest.movePointLeft(120);
        while (!kept.isEmpty() && kept.getLast().abs().compareTo(nothing) <= 0) {
            kept.removeLast();
        }
        if (kept.size() < 2) {
            return List.of();
        }
        BigDecimal lead = kept.getLast();
        List<BigDecimal> monic = kept.stream().map(c -> c.divide(lead, DIGITS)).toList();
        double[] errors = new double[monic.size()];
        for (int k = 0; k < errors.length; k++) {
            errors[k] = 1e-110 * Math.abs(monic.get(k).doubleValue());
        }
        var roots = PolynomialRoots.of(
                new CharacteristicPolynomial<>(monic, errors, NUMBERS), 0, CertifiedBlock.RESOLUTION);
        if (roots == null) {
            throw new ArithmeticException("the roots of a polynomial of degree " + (monic.size() - 1)
                    + " could not be told to " + CertifiedBlock.RESOLUTION + " of the largest");
        }
        RealPolynomial polynomial = new RealPolynomial(monic);
        return IntStream.range(0, roots.re().length)
                .filter(i -> roots.im()[i] == 0)
                .mapToObj(i -> polynomial.polished(roots.re()[i]))
                .sorted()
                .toList();
    }

    /// Newton's steps from a point near a root.
    private BigDecimal polished(double near) {
        RealPolynomial slope = new RealPolynomial(IntStream.range(1, coefficients.size())
                .mapToObj(k -> coefficients.get(k).multiply(BigDecimal.valueOf(k), DIGITS))
                .toList());
        BigDecimal x = new BigDecimal(near);
        BigDecimal last = null;
        for (int step = 0; step < 40; step++) {
            BigDecimal down = slope.at(x, BigDecimal.ZERO).getFirst();
            if (down.signum() == 0) {
                break;
            }
            BigDecimal move = at(x, BigDecimal.ZERO).getFirst().divide(down, DIGITS);
            if (last != null && move.abs().compareTo(last) >= 0) {
                break;
            }
            x = x.subtract(move, DIGITS);
            last = move.abs();
        }
        return x;
    }

    /// Σ sₖ·Uₖ₋₁(x) with Chebyshev polynomials of the second kind: Σ sₖ·sin(kθ) = sin θ·(that at cos θ).
    public static RealPolynomial ofSines(List<BigDecimal> s) {
        List<BigDecimal> sum = new ArrayList<>(Collections.nCopies(s.size(), BigDecimal.ZERO));
        List<BigDecimal> before = List.of();
        List<BigDecimal> here = List.of(BigDecimal.ONE);
        for (BigDecimal factor : s) {
            for (int i = 0; i < here.size(); i++) {
                sum.set(i, sum.get(i).add(factor.multiply(here.get(i), DIGITS), DIGITS));
            }
            List<BigDecimal> next = new ArrayList<>(Collections.nCopies(here.size() + 1, BigDecimal.ZERO));
            for (int i = 0; i < here.size(); i++) {
                next.set(i + 1, here.get(i).multiply(BigDecimal.valueOf(2)));
            }
            for (int i = 0; i < before.size(); i++) {
                next.set(i, next.get(i).subtract(before.get(i)));
            }
            before = here;
            here = next;
        }
        return new RealPolynomial(sum);
    }
}
