package adamscope.flow;

/// Which coordinates on their surface slide and which leave it, and to which side.
///
/// Filippov's rule for a gradient field asks for velocities u in the box [−1, 1]ⁿ such that q = H·u + c vanishes where
/// |uᵢ| < 1, is not negative where uᵢ = −1 and not positive where uᵢ = 1: the minimum of ½u'Hu + c'u over the box, one
/// point if H is positive definite. Found by cyclic minimisation.
final class SlidingSelection {
    private static final int ROUNDS = 100_000;

    private SlidingSelection() {}

    /// For each coordinate 0 if it slides, else the sign of the gradient on the side to which it goes (the negative of
    /// its velocity); null if H has a direction of curvature that is not positive.
    ///
    /// @param h     second derivatives between the coordinates on their surface
    /// @param drift change of their gradients caused by the other coordinates
    static int[] sides(double[][] h, double[] drift) {
        int n = drift.length;
        double[] u = new double[n];
        for (int round = 0; round < ROUNDS; round++) {
            double change = 0;
            for (int i = 0; i < n; i++) {
                if (!(h[i][i] > 0)) {
                    return null;
                }
                double q = drift[i];
                for (int j = 0; j < n; j++) {
                    q += j == i ? 0 : h[i][j] * u[j];
                }
                double next = Math.clamp(-q / h[i][i], -1, 1);
                change = Math.max(change, Math.abs(next - u[i]));
                u[i] = next;
            }
            if (change < 1e-15) {
                break;
            }
        }
        int[] sides = new int[n];
        for (int i = 0; i < n; i++) {
            sides[i] = Math.abs(u[i]) < 1 - 1e-9 ? 0 : (int) -Math.signum(u[i]);
        }
        return sides;
    }
}
