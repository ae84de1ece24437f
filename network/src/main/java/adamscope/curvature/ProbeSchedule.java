package adamscope.curvature;

import java.util.List;

/// When curvature is measured during training, and how well.
///
/// @param every       steps between measurements; the first step is measured too
/// @param tolerance   largest error of an eigenvalue, relative to it
/// @param maxProducts Hessian-vector products that one eigenvalue may cost
/// @param raw         whether the top eigenvalue of H itself is measured beside that of P^(−1/2)·H·P^(−1/2)
/// @param dense       when it is measured more often
public record ProbeSchedule(int every, double tolerance, int maxProducts, boolean raw, Dense dense) {

    /// Every 10 steps, to 1e-3, both eigenvalues.
    public static final ProbeSchedule STANDARD = new ProbeSchedule(10, 1e-3, 100, true);

    /// When measurements are denser than usual.
    ///
    /// @param windows  stretches of steps with an interval of their own
    /// @param lossRise a step whose loss is so many times that of the step before starts a dense stretch; ∞: never
    /// @param near     a measured λ₁(P⁻¹H) of at least this part of the threshold starts one; ∞: never
    /// @param steps    how long such a stretch is; each of its steps is measured
    public record Dense(List<Window> windows, double lossRise, double near, int steps) {
        /// Never.
        public static final Dense NEVER = new Dense(List.of(), Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0);

        public Dense {
            windows = List.copyOf(windows);
            if (!(lossRise > 1) || !(near > 0) || steps < 0) {
                throw new IllegalArgumentException("loss_rise = " + lossRise + " must be above 1, near = " + near
                        + " above 0, steps = " + steps + " not negative");
            }
        }
    }

    /// The steps `from` to `to`, every so many of them.
    public record Window(long from, long to, int every) {
        public Window {
            if (every < 1 || to < from) {
                throw new IllegalArgumentException("window " + from + " to " + to + " every " + every
                        + ": it ends before it begins, or every < 1");
            }
        }

        boolean includes(long step) {
            return step >= from && step <= to && (step - from) % every == 0;
        }
    }

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

    /// Without dense stretches.
    public ProbeSchedule(int every, double tolerance, int maxProducts, boolean raw) {
        this(every, tolerance, maxProducts, raw, Dense.NEVER);
    }

    /// Whether this step is measured, whatever happened before.
    public boolean includes(long step) {
        return step == 1 || step % every == 0 || dense.windows().stream().anyMatch(window -> window.includes(step));
    }
}
