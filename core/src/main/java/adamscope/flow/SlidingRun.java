package adamscope.flow;

import adamscope.objective.FormulaObjective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.SingularValueDecomposition;

/// The sign flow x' = −sign(g), continued by Filippov's rule where a surface gᵢ = 0 attracts from both sides.
///
/// With S the coordinates on their surface and F the others, x'_F = −sign(g_F), and x'_S keeps g_S = 0:
/// H_SS·x'_S = −H_SF·x'_F as long as |x'ᵢ| ≤ 1 there; a coordinate whose |x'ᵢ| passes 1 leaves. Which coordinates slide
/// after an event is decided by [SlidingSelection].
final class SlidingRun {
    private static final int EVENTS = 10_000;
    private static final double ON_SURFACE = 1e-10;

    private final FormulaObjective objective;
    private final VectorField gradient;
    private final VectorField hessian;
    private final int n;
    private final double[] x0;
    private final int[] side;
    private final boolean[] kink;
    private final double gradientScale;
    private final double lengthScale;

    SlidingRun(FormulaObjective objective, List<Double> x0) {
        this.objective = objective;
        this.n = objective.dimension();
        this.x0 = x0.stream().mapToDouble(Double::doubleValue).toArray();
        this.gradient = new VectorField(objective.variables(), objective.gradient());
        this.hessian = new VectorField(
                objective.variables(),
                objective.hessian().stream().flatMap(List::stream).toList());
        this.side = new int[n];
        this.kink = new boolean[n];
        double[] g = gradient.at(this.x0);
        this.gradientScale = Arrays.stream(g).map(Math::abs).max().orElse(0);
        this.lengthScale =
                Math.max(1e-300, Arrays.stream(this.x0).map(Math::abs).max().orElse(1));
    }

    FlowTrajectory run(double[] times) {
        double[] g0 = gradient.at(x0);
        for (int i = 0; i < n; i++) {
            if (Double.isNaN(g0[i])) {
                throw new IllegalArgumentException("the gradient by "
                        + objective.variables().get(i) + " at the start " + Arrays.toString(x0) + " is no number");
            }
        }
        Recorder recorder = new Recorder(times, objective.variables(), objective);
        double end = times[times.length - 1];
        double time = 0;
        double[] x = x0.clone();
        for (int event = 0; event < EVENTS; event++) {
            x = onKinks(x);
            if (!choose(x)) {
                recorder.recordStop(time, x);
                return recorder.trajectory(new FlowOutcome.Singular(
                        time, "several solutions leave this point: the surfaces where the gradients vanish repel"));
            }
            if (Arrays.stream(velocity(x)).allMatch(u -> u == 0)) {
                recorder.recordRest(x);
                return recorder.trajectory(new FlowOutcome.Settled(time));
            }
            Stretch.End stopped =
                    new Stretch(this::velocity, guards(), recorder, Stretch.Tolerance.FORMULA).run(time, x, end);
            time = stopped.time();
            x = stopped.state();
            FlowOutcome outcome = switch (stopped) {
                case Stretch.End.AtTime _ -> new FlowOutcome.AtEnd(end);
                case Stretch.End.AtGuard _ -> null;
                case Stretch.End.Unbounded _ -> new FlowOutcome.BlewUp(time, "a variable");
                case Stretch.End.Broken(var _, var _, double step) ->
                    FlowRun.broken(time, x, step, objective.variables(), gradient::at);
            };
            if (outcome != null) {
                recorder.recordStop(time, x);
                return recorder.trajectory(outcome);
            }
            x = onSurfaces(x);
        }
        recorder.recordStop(time, x);
        return recorder.trajectory(new FlowOutcome.Stiff(time, EVENTS + " changes between sliding and crossing"));
    }

    /// Sets the side of each coordinate, 0 for sliding; false where the rule does not decide.
    private boolean choose(double[] x) {
        double[] g = gradient.at(x);
        List<Integer> surface = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            boolean on = side[i] == 0 && Math.abs(g[i]) <= 1e-6 * gradientScale;
            if (Math.abs(g[i]) <= ON_SURFACE * gradientScale || on || kink[i]) {
                surface.add(i);
                side[i] = 0;
            } else {
                side[i] = (int) Math.signum(g[i]);
            }
        }
        if (surface.isEmpty()) {
            return true;
        }
        double[][] h = curvature(x, surface);
        double[] drift = new double[surface.size()];
        for (int s = 0; s < drift.length; s++) {
            for (int j = 0; j < n; j++) {
                drift[s] -= h[surface.get(s)][j] * side[j];
            }
        }
        double[][] block = new double[drift.length][drift.length];
        for (int s = 0; s < drift.length; s++) {
            for (int r = 0; r < drift.length; r++) {
                block[s][r] = h[surface.get(s)][surface.get(r)];
            }
        }
        int[] chosen = SlidingSelection.sides(block, drift);
        if (chosen == null) {
            return false;
        }
        for (int s = 0; s < chosen.length; s++) {
            side[surface.get(s)] = chosen[s];
        }
        return true;
    }

    /// Marks the coordinates in which the gradient jumps from negative to positive here, as that of |x| at 0, and moves
    /// them onto the jump.
    private double[] onKinks(double[] x) {
        double[] moved = x.clone();
        double way = 1e-9 * lengthScale;
        for (int i = 0; i < n; i++) {
            double behind = gradient.at(shifted(moved, i, -way))[i];
            double ahead = gradient.at(shifted(moved, i, way))[i];
            double least = 1e-6 * gradientScale;
            kink[i] = behind < -least && ahead > least;
            double low = moved[i] - way;
            double high = moved[i] + way;
            for (int halving = 0; kink[i] && halving < 60; halving++) {
                moved[i] = 0.5 * (low + high);
                double here = gradient.at(moved)[i];
                if (!(Math.abs(here) > 0)) {
                    break;
                }
                low = here < 0 ? moved[i] : low;
                high = here < 0 ? high : moved[i];
            }
        }
        return moved;
    }

    private static double[] shifted(double[] x, int coordinate, double by) {
        double[] shifted = x.clone();
        shifted[coordinate] += by;
        return shifted;
    }

    private List<Integer> sliding() {
        List<Integer> sliding = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            if (side[i] == 0) {
                sliding.add(i);
            }
        }
        return sliding;
    }

    private double[] velocity(double[] x) {
        double[] u = new double[n];
        for (int i = 0; i < n; i++) {
            u[i] = -side[i];
        }
        List<Integer> sliding = sliding();
        if (sliding.isEmpty() || sliding.size() == n) {
            return u;
        }
        double[][] h = curvature(x, sliding);
        double[] right = new double[sliding.size()];
        for (int s = 0; s < right.length; s++) {
            for (int j = 0; j < n; j++) {
                right[s] -= h[sliding.get(s)][j] * u[j];
            }
        }
        double[] moved = solved(h, sliding, right);
        for (int s = 0; s < moved.length; s++) {
            u[sliding.get(s)] = moved[s];
        }
        return u;
    }

    private static double[] solved(double[][] h, List<Integer> rows, double[] right) {
        double[][] block = new double[right.length][right.length];
        for (int s = 0; s < right.length; s++) {
            for (int r = 0; r < right.length; r++) {
                block[s][r] = h[rows.get(s)][rows.get(r)];
            }
        }
        return new SingularValueDecomposition(MatrixUtils.createRealMatrix(block))
                .getSolver()
                .solve(MatrixUtils.createRealVector(right))
                .toArray();
    }

    /// The Hessian; where its diagonal vanishes on a surface (x⁴ at 0), divided differences over a short way instead,
    /// which tell the same about the sides of the surface.
    private double[][] curvature(double[] x, List<Integer> surface) {
        double[] flat = hessian.at(x);
        double[][] h = new double[n][n];
        for (int i = 0; i < n; i++) {
            h[i] = Arrays.copyOfRange(flat, i * n, (i + 1) * n);
        }
        double way = 1e-4 * lengthScale;
        for (int i : surface) {
            if (kink[i] || !(Math.abs(h[i][i]) * way > 1e-9 * gradientScale * way / lengthScale)) {
                h[i][i] = (gradient.at(shifted(x, i, way))[i] - gradient.at(shifted(x, i, -way))[i]) / (2 * way);
            }
        }
        return h;
    }

    private List<ToDoubleFunction<double[]>> guards() {
        List<ToDoubleFunction<double[]>> guards = new ArrayList<>();
        boolean settledAll = sliding().size() == n;
        for (int i = 0; i < n; i++) {
            int coordinate = i;
            int sign = side[i];
            if (sign != 0) {
                guards.add(x -> sign * gradient.at(x)[coordinate]);
            } else if (!settledAll) {
                guards.add(x -> 1 - Math.abs(velocity(x)[coordinate]));
            }
        }
        return guards;
    }

    /// The point moved back onto the surfaces along which it slides (Newton), so that errors do not add up.
    private double[] onSurfaces(double[] x) {
        List<Integer> sliding = sliding();
        if (sliding.isEmpty()) {
            return x;
        }
        double[] back = x.clone();
        // a kink has no gradient of 0 to solve for
        for (int round = 0; round < 3; round++) {
            double[] g = gradient.at(back);
            double[] right =
                    sliding.stream().mapToDouble(i -> kink[i] ? 0 : -g[i]).toArray();
            double[] change = solved(curvature(back, sliding), sliding, right);
            for (int s = 0; s < change.length; s++) {
                back[sliding.get(s)] += change[s];
            }
        }
        return back;
    }
}
