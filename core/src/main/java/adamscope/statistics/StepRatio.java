package adamscope.statistics;

import adamscope.stability.StepBound;
import java.util.Arrays;

/// u = |m|/√v over the coordinates of a block at one step, and the bound R_t that no gradients exceed from
/// m = v = 0 without bias correction; [Convergence of Adam from a sign-like perspective, Lemma B.2].
///
/// @param step       steps taken, t
/// @param largest    max u; infinite where v = 0 < |m|, which only states that did not start at 0 or an underflow of v
///                   bring about
/// @param coordinate where it is, counted from the beginning of the block
/// @param mean       mean of u
/// @param bound      R_t, see [StepBound#after]
public record StepRatio(long step, double largest, int coordinate, double mean, double bound) {

    /// Rounding of m and v over a run: a few units in the last place per step, averaged by the decay.
    private static final double ROUNDING = 1e-9;

    /// u of each coordinate; 0 where m = 0, so that coordinates that never had a gradient count as at rest.
    public static double[] values(double[] m, double[] v) {
        if (m.length != v.length) {
            throw new IllegalArgumentException("m has " + m.length + " coordinates but v has " + v.length);
        }
        double[] u = new double[m.length];
        Arrays.setAll(u, i -> m[i] == 0 ? 0 : Math.abs(m[i]) / Math.sqrt(v[i]));
        return u;
    }

    /// The reading of one block of coordinates.
    ///
    /// @param m    average gradient, without bias correction
    /// @param v    average squared gradient, without bias correction
    /// @param step steps taken since m = v = 0, at least 1
    public static StepRatio read(double[] m, double[] v, StepBound bound, long step) {
        if (step < 1) {
            throw new IllegalArgumentException("step = " + step + ": the bound holds from step 1 on");
        }
        return read(m, v, step, bound.after(step));
    }

    /// The same with the bound of decays that changed on the way, [StepBound#squared].
    public static StepRatio read(double[] m, double[] v, long step, double bound) {
        double[] u = values(m, v);
        if (u.length == 0) {
            throw new IllegalArgumentException("a block without coordinates has no largest |m|/√v");
        }
        int at = 0;
        for (int i = 0; i < u.length; i++) {
            at = u[i] > u[at] || Double.isNaN(u[i]) && !Double.isNaN(u[at]) ? i : at;
        }
        return new StepRatio(step, u[at], at, Arrays.stream(u).average().orElseThrow(), bound);
    }

    /// max u / R_t, 1 where the bound is attained.
    public double share() {
        return largest / bound;
    }

    /// Whether the bound holds, up to rounding; false also if u is not a number.
    public boolean withinBound() {
        return largest <= bound * (1 + ROUNDING);
    }
}
