package adamscope.curvature;

import adamscope.formula.PlainText;
import adamscope.optimizer.Domain;
import adamscope.shape.Form;
import adamscope.shape.Forms;
import adamscope.shape.Key;
import adamscope.shape.Shape;
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
    public static final ProbeSchedule DEFAULT = new ProbeSchedule(10, 1e-3, 100, true);

    /// When measurements are denser than usual.
    ///
    /// @param windows  stretches of steps with an interval of their own
    /// @param lossRise a step whose loss is so many times that of the step before starts a dense stretch; ∞: never
    /// @param near     a measured λ₁(P⁻¹H) of at least this part of the threshold starts one; ∞: never
    /// @param steps    how long such a stretch is; each of its steps is measured
    public record Dense(List<Window> windows, double lossRise, double near, int steps) {
        /// As keys of a plan.
        public static final Shape<Dense> SHAPE = Shape.of(keys -> {
            Form<Double> bound = Forms.number(new Domain(0, false, Double.POSITIVE_INFINITY, true));
            var windows = keys.add(
                    Key.of(
                                    "windows",
                                    Forms.mappings(Window.SHAPE, "{from: 100, to: 200, every: 1}"),
                                    "stretches of steps with an interval of their own")
                            .orElse(List.of())
                            .quiet(),
                    Dense::windows);
            var rise = keys.add(
                    Key.of("loss_rise", bound, "a loss so many times the one before starts a dense stretch")
                            .orElse(Double.POSITIVE_INFINITY),
                    Dense::lossRise);
            var near = keys.add(
                    Key.of("near", bound, "so does a preconditioned sharpness of this part of the threshold")
                            .orElse(Double.POSITIVE_INFINITY),
                    Dense::near);
            var steps = keys.add(
                    Key.of("dense", Forms.count(0), "steps of a dense stretch, each looked at")
                            .orElse(
                                    in -> Double.isFinite(in.get(rise)) || Double.isFinite(in.get(near)) ? 20 : 0,
                                    "20 with loss_rise or near"),
                    Dense::steps);
            return in -> new Dense(in.get(windows), in.get(rise), in.get(near), in.get(steps));
        });

        /// Never.
        public static final Dense NEVER = new Dense(List.of(), Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0);

        public Dense {
            windows = List.copyOf(windows);
            if (!(lossRise > 1) || !(near > 0) || steps < 0) {
                throw new IllegalArgumentException(
                        "loss_rise = " + new PlainText().number(lossRise) + " must be above 1, near = "
                                + new PlainText().number(near) + " above 0, steps = " + steps + " not negative");
            }
        }
    }

    /// The steps `from` to `to`, every so many of them.
    public record Window(long from, long to, int every) {
        private static final Shape<Window> SHAPE = Shape.of(keys -> {
            var from = keys.add(Key.of("from", Forms.whole(1, Long.MAX_VALUE), "first step"), Window::from);
            var to = keys.add(Key.of("to", Forms.whole(1, Long.MAX_VALUE), "last step"), Window::to);
            var every = keys.add(
                    Key.of("every", Forms.count(1), "steps between two looks").orElse(1), Window::every);
            return in -> new Window(in.get(from), in.get(to), in.get(every));
        });

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
            throw new IllegalArgumentException(
                    "tolerance = " + new PlainText().number(tolerance) + " is outside (0, 1)");
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
