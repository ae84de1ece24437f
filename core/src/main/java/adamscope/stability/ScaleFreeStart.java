package adamscope.stability;

import java.util.Arrays;
import java.util.Map;

/// Where Newton's method begins on a scale-free system: exactly right where the states are averages.
///
/// With the ratio ρ of a fixed point held, w(t+1)/w(t) = c·|ρ|^q has to be 1, which gives |ρ|; the other states are
/// then one Newton step away, since averages are affine; last, w is scaled until x(t+1)/x(t) is ρ.
record ScaleFreeStart(SmoothMap pinned, double[] q, double degree) {
    private static final int ROUNDS = 2;

    /// The start for a system; `values` as in [SmoothMap].
    static ScaleFreeStart of(ReducedSystem system, Map<String, Double> values) {
        return new ScaleFreeStart(
                SmoothMap.of(system.pinned(), values, ReducedSystem.RATIO),
                system.q().stream().mapToDouble(Double::doubleValue).toArray(),
                values.getOrDefault(ReducedSystem.DEGREE, Double.NaN));
    }

    /// Whether a state decouples, so that there is such a start.
    boolean exists() {
        return q.length > 0;
    }

    /// Fills the state of a block of the limit system; NaN where w would have to be negative.
    ///
    /// @param parameters the parameters of the lanes
    /// @param sign       sign of the ratio sought
    void fill(SmoothMap.LaneBlock block, Map<String, double[]> parameters, double sign) {
        int lanes = block.lanes();
        int step = pinned.components().indexOf(ReducedSystem.STEP);
        SmoothMap.LaneBlock work = pinned.block(lanes);
        parameters.forEach((name, values) -> System.arraycopy(values, 0, work.parameter(name), 0, lanes));
        for (int i = 0; i < work.state().length; i++) {
            Arrays.fill(work.state()[i], i == step ? 0.1 : 1);
        }
        double[] ratio = work.parameter(ReducedSystem.RATIO);
        Arrays.fill(ratio, sign);
        for (int round = 0; round < ROUNDS; round++) {
            work.linearise();
            for (int lane = 0; lane < lanes; lane++) {
                double k = Double.isNaN(degree) ? parameters.get(ReducedSystem.DEGREE)[lane] : degree;
                double growth = work.next(step)[lane] / work.state()[step][lane];
                ratio[lane] *= Math.pow(growth, -1 / (q[0] + q[1] * k));
            }
            work.linearise();
            for (int lane = 0; lane < lanes; lane++) {
                settle(work, lane, step);
            }
            work.linearise();
            for (int lane = 0; lane < lanes; lane++) {
                double scale = (1 - ratio[lane]) / (1 - work.observed()[lane]);
                work.state()[step][lane] *= scale > 0 ? scale : Double.NaN;
            }
        }
        for (int i = 0; i < work.state().length; i++) {
            System.arraycopy(work.state()[i], 0, block.state()[i], 0, lanes);
        }
    }

    /// One Newton step of the states other than w.
    private static void settle(SmoothMap.LaneBlock work, int lane, int step) {
        int n = work.state().length;
        double[][] rows = new double[n][n + 1];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double slope = i == step || j == step ? 0 : work.jacobian(i, j)[lane];
                rows[i][j] = slope - (i == j ? 1 : 0);
            }
            rows[i][n] = i == step ? 0 : work.state()[i][lane] - work.next(i)[lane];
        }
        double[] change = LinearSolve.of(rows);
        for (int i = 0; change != null && i < n; i++) {
            work.state()[i][lane] += change[i];
        }
    }
}
