package adamscope.stability;

import adamscope.linear.Spectrum;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.hipparchus.complex.Complex;

/// The multipliers of a fixed point or periodic orbit: the eigenvalues of its Jacobian, the largest magnitude first.
///
/// Stable means that every magnitude is below 1.
public record Multipliers(List<Complex> values) {

    public Multipliers {
        values = List.copyOf(values);
    }

    /// The multipliers of a Jacobian; NaN where it is not finite.
    public static Multipliers of(double[][] jacobian) {
        List<Complex> values = finite(jacobian) ? Spectrum.eigenvalues(jacobian) : List.of(Complex.NaN);
        return new Multipliers(values.stream()
                .sorted(Comparator.comparingDouble((Complex z) -> -z.norm())
                        .thenComparingDouble(z -> -z.getImaginary()))
                .toList());
    }

    private static boolean finite(double[][] matrix) {
        return Arrays.stream(matrix).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite);
    }

    /// The largest magnitude; 0 where there is none.
    public double radius() {
        return values.isEmpty() ? 0 : values.getFirst().norm();
    }

    /// Their real parts, in the same order.
    public double[] realParts() {
        return values.stream().mapToDouble(Complex::getReal).toArray();
    }

    /// Their imaginary parts, in the same order.
    public double[] imaginaryParts() {
        return values.stream().mapToDouble(Complex::getImaginary).toArray();
    }

    /// Whether every magnitude is below 1.
    public boolean stable() {
        return radius() < 1;
    }

    /// How stability is lost, or would be: by the leading multiplier, or by the pair if two of the same sign are
    /// outside the unit circle, which left it as complex numbers and became real later.
    public StabilityLoss leaving() {
        List<Complex> outside = values.stream().filter(z -> z.norm() >= 1).toList();
        boolean pair = outside.size() == 2
                && outside.get(0).getImaginary() == 0
                && outside.get(0).getReal() * outside.get(1).getReal() > 0;
        return pair ? StabilityLoss.ROTATION : StabilityLoss.of(values.getFirst());
    }
}
