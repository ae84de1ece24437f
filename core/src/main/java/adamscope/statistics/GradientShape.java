package adamscope.statistics;

/// ‖g‖₁/‖g‖₂ of a gradient against √d: how evenly it is spread over its coordinates, from 1/√d (one coordinate) over
/// √(2/π) ≈ 0.798 (normal coordinates) to 1 (all of one size).
///
/// The proof of dimension-free rates needs a lower bound C₁√d on the ratio along the run; [Convergence of Adam from a
/// sign-like perspective, Condition 3; theirs reads as an upper bound, which every gradient meets with C₁ = 1].
///
/// @param l1        ‖g‖₁
/// @param l2        ‖g‖₂
/// @param dimension d
public record GradientShape(double l1, double l2, int dimension) {

    /// The norms of a gradient; scaled by the largest entry, so that squares neither overflow nor vanish.
    public static GradientShape of(double[] gradient) {
        double largest = 0;
        for (double g : gradient) {
            largest = Math.max(largest, Math.abs(g));
        }
        double l1 = 0;
        double squares = 0;
        for (double g : gradient) {
            double scaled = largest == 0 ? 0 : g / largest;
            l1 += Math.abs(scaled);
            squares += scaled * scaled;
        }
        return new GradientShape(largest * l1, largest * Math.sqrt(squares), gradient.length);
    }

    /// ‖g‖₁/(‖g‖₂√d), the C₁ that this gradient allows; NaN for the gradient 0.
    public double evenness() {
        return l1 / l2 / Math.sqrt(dimension);
    }
}
