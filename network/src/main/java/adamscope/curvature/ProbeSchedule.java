package adamscope.curvature;

/// When curvature is measured during training, and how well.
///
/// @param every       steps between measurements; the first step is measured too
/// @param tolerance   largest residual of an eigenvalue, relative to it
/// @param maxProducts Hessian-vector products that one eigenvalue may cost
/// @param raw         whether the top eigenvalue of H itself is measured beside that of P^(−1/2)·H·P^(−1/2)
public record ProbeSchedule(int every, double tolerance, int maxProducts, boolean raw) {

    /// Every 10 steps, to 1e-3, both eigenvalues.
    public static final ProbeSchedule STANDARD = new ProbeSchedule(10, 1e-3, 100, true);

    public ProbeSchedule {
        if (every < 1) {
            throw new IllegalArgumentException("every = " + every + " is outside [1, inf)");
        }
        if (!(tolerance > 0 && tolerance < 1)) {
            throw new IllegalArgumentException("tolerance = " + tolerance + " is outside (0, 1)");
        }
        if (maxProducts < 1) {
            throw new IllegalArgumentException("maxProducts = " + maxProducts + " is outside [1, inf)");
        }
    }

    /// Whether this step is measured.
    public boolean includes(int step) {
        return step == 1 || step % every == 0;
    }
}
