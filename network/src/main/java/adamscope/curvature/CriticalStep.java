package adamscope.curvature;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// The smallest multiple α of an update at which the loss is higher than before it, from forward passes only; on a
/// quadratic it is 2/(curvature along the update) in units of the step that the slope asks for, so 2/(α·lr) is a
/// sharpness along the update (Kalra et al. 2026, critical sharpness).
///
/// @param multiple α, between the last multiple that did not raise the loss and the first that did; ∞ if none up to
///                 2²⁰ raises it; 0 if even 2⁻²⁰ does
/// @param passes   loss evaluations
public record CriticalStep(double multiple, int passes) {
    private static final int DOUBLINGS = 20;

    /// Searches it: doubles or halves from 1, then halves the interval until it is as narrow as `tolerance`, relative.
    public static CriticalStep of(LossSurface surface, Tensor theta, Tensor update, double tolerance) {
        double here = moved(surface, theta, update, 0);
        int passes = 2;
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double at = 1;
        boolean raised = raises(surface, theta, update, at, here);
        if (raised) {
            high = 1;
            for (int i = 0; i < DOUBLINGS && low == 0; i++) {
                at /= 2;
                passes++;
                if (raises(surface, theta, update, at, here)) {
                    high = at;
                } else {
                    low = at;
                }
            }
        } else {
            low = 1;
            for (int i = 0; i < DOUBLINGS && Double.isInfinite(high); i++) {
                at *= 2;
                passes++;
                if (raises(surface, theta, update, at, here)) {
                    high = at;
                } else {
                    low = at;
                }
            }
        }
        if (low == 0 || Double.isInfinite(high)) {
            return new CriticalStep(low == 0 ? 0 : high, passes);
        }
        while (high - low > tolerance * high) {
            double middle = 0.5 * (low + high);
            passes++;
            if (raises(surface, theta, update, middle, here)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return new CriticalStep(0.5 * (low + high), passes);
    }

    /// A loss that is no number has risen.
    private static boolean raises(LossSurface surface, Tensor theta, Tensor update, double multiple, double here) {
        return !(moved(surface, theta, update, multiple) <= here);
    }

    private static double moved(LossSurface surface, Tensor theta, Tensor update, double multiple) {
        try (PointerScope _ = new PointerScope()) {
            Tensor there = theta.detach().clone();
            surface.space().add(there, multiple, update);
            return surface.value(there);
        }
    }
}
