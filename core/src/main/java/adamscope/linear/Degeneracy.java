package adamscope.linear;

/// How flat a function is around a point: not every minimum is a quadratic one.
///
/// @param massNearZero   part of the eigenvalues with |λ| ≤ `nearZero`·λ_max
/// @param nearZero       what counts as near zero, relative to the largest magnitude
/// @param localExponent  k where the function behaves like |x − x*|^k along the direction looked at: 2 at a quadratic
///                       minimum, 4 on x⁴/4; NaN where it is no power law with a minimum
public record Degeneracy(double massNearZero, double nearZero, double localExponent) {

    /// Reads the mass from a density, and the exponent from three derivatives along a direction.
    public static Degeneracy of(SpectralDensity density, double nearZero, double exponent) {
        double limit = nearZero * Math.max(Math.abs(density.largest()), Math.abs(density.smallest()));
        return new Degeneracy(density.mass(-limit, limit).value(), nearZero, exponent);
    }

    /// The exponent k of c·|x − x*|^k + L* from its first three derivatives at one point: with
    /// ρ = L′·L‴/L″² = (k − 2)/(k − 1), k = 1 + 1/(1 − ρ). Neither x*, nor L*, nor c is needed.
    ///
    /// @return NaN where L″ is not positive or no k > 1 fits (ρ ≥ 1)
    public static double localExponent(double first, double second, double third) {
        double ratio = first * third / (second * second);
        return second > 0 && ratio < 1 ? 1 + 1 / (1 - ratio) : Double.NaN;
    }
}
