package adamscope.stability;

/// The lower-left corner of Adam's stable region on |x|^k/k, where the flip inequality cuts something off.
///
/// With ρ = β₂^(1/(2(k−2))) the two inequalities are β₁ < ρ^k and β₁ > ρ^(k−1)(k−2−kρ)/(k−(k−2)ρ). Their borders meet
/// at ρ_c = (k−2√(k−1))/(k−2); for smaller β₂ nothing is stable. The second one is void from ρ = (k−2)/k on. [Adam on
/// degenerate polynomials, Eqs. 8, 9 and Fig. 12; ρ_c and the solved form derived here.]
///
/// @param degree k > 2, real
public record StabilityCorner(double degree) {
    private static final int SECTIONS = 200;

    public StabilityCorner {
        new PowerLawTheory(degree, 0, 0.5);
    }

    /// ρ_c, where both borders meet.
    public double rho() {
        return (degree - 2 * Math.sqrt(degree - 1)) / (degree - 2);
    }

    /// β₂ at the meeting point, ρ_c^(2(k−2)).
    public double beta2() {
        return Math.pow(rho(), 2 * (degree - 2));
    }

    /// β₁ at the meeting point, ρ_c^k.
    public double beta1() {
        return Math.pow(rho(), degree);
    }

    /// The largest β₁ on the flip border: above it the flip inequality never matters.
    public double highestFlipBeta1() {
        return flip(peak());
    }

    private double flip(double rho) {
        return new PowerLawTheory(degree, 0, Math.pow(rho, 2 * (degree - 2))).flipBoundary();
    }

    /// ρ at the top, by golden sections: the border rises from 0 once and falls to 0 once.
    private double peak() {
        double golden = (Math.sqrt(5) - 1) / 2;
        double low = 1e-6;
        double high = (degree - 2) / degree;
        for (int i = 0; i < SECTIONS; i++) {
            double left = high - golden * (high - low);
            double right = low + golden * (high - low);
            if (flip(left) < flip(right)) {
                low = left;
            } else {
                high = right;
            }
        }
        return 0.5 * (low + high);
    }
}
