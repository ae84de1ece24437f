package adamscope.stability;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Solves F(z) = z by damped Newton steps, in every lane of a block at once.
///
/// A step that does not lower the residual |F(z) − z| is halved; one that does lets the next be twice as long, up to
/// the full Newton step.
final class Newton {
    private static final int MOST_STEPS = 40;
    private static final double SMALLEST_DAMPING = 1e-6;
    private static final double CLOSE = 1e-3;

    private final SmoothMap.LaneBlock block;
    private final double[] residual;
    private final double[] damping;
    private final double[][] accepted;
    private final double[][] direction;
    private final boolean[] done;

    private Newton(SmoothMap.LaneBlock block) {
        this.block = block;
        int n = block.state().length;
        this.residual = new double[block.lanes()];
        this.damping = new double[block.lanes()];
        this.accepted = new double[n][];
        this.direction = new double[n][block.lanes()];
        this.done = new boolean[block.lanes()];
        Arrays.fill(damping, 1);
        for (int i = 0; i < n; i++) {
            accepted[i] = block.state()[i].clone();
        }
    }

    /// Moves the state of every lane to a fixed point near it. Afterwards the block is linearised there.
    ///
    /// @return for each lane, whether it arrived: |F(z) − z| is at the level of rounding
    static boolean[] solve(SmoothMap.LaneBlock block) {
        return new Newton(block).run();
    }

    /// Newton's next step from where a lane arrived; 0 where there is none.
    static double[] next(SmoothMap.LaneBlock block, int lane) {
        int n = block.state().length;
        double[] step = LinearSolve.of(equations(block, lane, n));
        return step == null ? new double[n] : step;
    }

    /// Whether a step is small beside where it begins: on exp(−x) each is 1, however small the residual has become.
    static boolean isSmall(double[] step, SmoothMap.LaneBlock block, int lane) {
        return IntStream.range(0, step.length)
                .allMatch(i -> Math.abs(step[i]) <= CLOSE * Math.max(CLOSE, Math.abs(block.state()[i][lane])));
    }

    private boolean[] run() {
        Arrays.fill(residual, Double.POSITIVE_INFINITY);
        for (int step = 0; step < MOST_STEPS; step++) {
            block.linearise();
            boolean moving = false;
            for (int lane = 0; lane < residual.length; lane++) {
                moving |= !done[lane] && advance(lane);
            }
            if (!moving) {
                break;
            }
        }
        for (int i = 0; i < accepted.length; i++) {
            System.arraycopy(accepted[i], 0, block.state()[i], 0, block.lanes());
        }
        block.linearise();
        boolean[] arrived = new boolean[residual.length];
        for (int lane = 0; lane < arrived.length; lane++) {
            arrived[lane] = distance(lane) <= 1e-10;
        }
        return arrived;
    }

    /// Judges the trial point of a lane and sets the next one; false when the lane has come to its end.
    private boolean advance(int lane) {
        double now = distance(lane);
        if (now < residual[lane]) {
            boolean settled = now < 1e-10 && now > 0.25 * residual[lane] || now == 0;
            residual[lane] = now;
            for (int i = 0; i < accepted.length; i++) {
                accepted[i][lane] = block.state()[i][lane];
            }
            if (settled || !turn(lane)) {
                done[lane] = true;
                return false;
            }
            damping[lane] = Math.min(1, 2 * damping[lane]);
        } else {
            damping[lane] *= 0.25;
            if (damping[lane] < SMALLEST_DAMPING || residual[lane] < 1e-13 || Double.isInfinite(residual[lane])) {
                done[lane] = true;
                return false;
            }
        }
        for (int i = 0; i < accepted.length; i++) {
            block.state()[i][lane] = accepted[i][lane] + damping[lane] * direction[i][lane];
        }
        return true;
    }

    /// |F(z) − z| relative to 1 + |z|, coordinate by coordinate.
    private double distance(int lane) {
        double sum = 0;
        for (int i = 0; i < accepted.length; i++) {
            double z = block.state()[i][lane];
            double d = (block.next(i)[lane] - z) / Math.max(1e-3, Math.abs(z));
            sum += d * d;
        }
        return Math.sqrt(sum);
    }

    /// The Newton direction at the accepted point; false if the linear system has no solution.
    private boolean turn(int lane) {
        int n = accepted.length;
        double[] solution = LinearSolve.of(equations(block, lane, n));
        for (int i = 0; i < n && solution != null; i++) {
            direction[i][lane] = solution[i];
        }
        return solution != null;
    }

    /// (F′(z) − 1)·d = z − F(z), the right side last.
    private static double[][] equations(SmoothMap.LaneBlock block, int lane, int n) {
        double[][] rows = new double[n][n + 1];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                rows[i][j] = block.jacobian(i, j)[lane] - (i == j ? 1 : 0);
            }
            rows[i][n] = block.state()[i][lane] - block.next(i)[lane];
        }
        return rows;
    }
}
