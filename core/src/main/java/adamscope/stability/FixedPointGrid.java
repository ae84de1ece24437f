package adamscope.stability;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/// The fixed point of a scale-free system that matters, at many hyper-parameters at once.
///
/// Of the fixed points with 0 < |ratio| < 1 and positive w, a stable one comes first, then one that keeps the sign of
/// x, then the one of least spectral radius. The search runs Newton's method from several starts.
///
/// @param ratio   x(t+1)/x(t) there; NaN where no fixed point was found
/// @param radius  largest magnitude of the multipliers
/// @param leaving how stability is lost, or would be
/// @param state   the fixed point, `[component][lane]`
public record FixedPointGrid(double[] ratio, double[] radius, StabilityLoss[] leaving, double[][] state) {
    /// Starts for systems in which nothing decouples: every state at the same value.
    private static final double[] STARTS = {1, 0.1, 3};

    /// The regime of a stable fixed point.
    public static final String STABLE = "stable";

    /// The regime where there is no fixed point.
    public static final String NONE = "no fixed point";

    /// The regime of a fixed point whose largest multiplier has magnitude 1, as at 1 where the curvature vanishes and
    /// at −1 on a border of flips: the linear map does not tell.
    public static final String MARGINAL = "marginal";

    /// A leading multiplier nearer to 1 than the first is looked at again; nearer than the other it is 1 but for
    /// rounding.
    private static final double NEAR_ONE = 1e-3;

    private static final double ROUNDING = 1e-12;

    private static final int TILE = 256;

    /// Steps after which an orbit that converges is close enough for Newton's method.
    private static final int APPROACH = 500;

    /// Finds them.
    ///
    /// @param system     a scale-free system
    /// @param values     parameters with one value; `degree` among them or among the lanes
    /// @param parameters one number for each lane, for every other parameter
    public static FixedPointGrid of(
            ReducedSystem system, Map<String, Double> values, Map<String, double[]> parameters) {
        SmoothMap map = SmoothMap.of(system.limit(), values, ReducedSystem.RATIO);
        ScaleFreeStart start = ScaleFreeStart.of(system, values);
        int lanes = parameters.values().iterator().next().length;
        FixedPointGrid all = new FixedPointGrid(
                nan(lanes), nan(lanes), new StabilityLoss[lanes], new double[map.dimension()][lanes]);
        IntStream.range(0, (lanes + TILE - 1) / TILE).parallel().forEach(tile -> {
            int from = tile * TILE;
            all.search(map, start, parameters, from, Math.min(lanes, from + TILE));
        });
        return all;
    }

    /// The fixed point of any map that Newton's method finds from one start, at many hyper-parameters.
    ///
    /// @param map   a map without scale symmetry; `ratio` of the result is its observed quantity
    /// @param start one number for each component
    public static FixedPointGrid near(SmoothMap map, Map<String, double[]> parameters, double[] start) {
        int lanes = parameters.values().iterator().next().length;
        FixedPointGrid all = new FixedPointGrid(
                nan(lanes), nan(lanes), new StabilityLoss[lanes], new double[map.dimension()][lanes]);
        IntStream.range(0, (lanes + TILE - 1) / TILE).parallel().forEach(tile -> {
            int from = tile * TILE;
            int to = Math.min(lanes, from + TILE);
            SmoothMap.LaneBlock block = map.block(to - from);
            parameters.forEach((name, values) -> System.arraycopy(values, from, block.parameter(name), 0, to - from));
            for (int i = 0; i < start.length; i++) {
                Arrays.fill(block.state()[i], start[i]);
            }
            boolean[] arrived = Newton.solve(block);
            double[][] steps = new double[arrived.length][];
            for (int lane = 0; lane < arrived.length; lane++) {
                steps[lane] = Newton.next(block, lane);
                Multipliers multipliers = Multipliers.of(block.jacobian(lane));
                if (arrived[lane] && Newton.isSmall(steps[lane], block, lane) && !Double.isNaN(multipliers.radius())) {
                    all.keep(block, lane, from + lane, multipliers);
                }
            }
            all.settleMarginal(block, steps, from);
        });
        return all;
    }

    /// The fixed point of any map as one parameter changes: where the orbit from `start` goes at its first value, and
    /// from there each from the one before; where that is lost, again from the orbit.
    ///
    /// @param map its only parameter is `name`
    public static FixedPointGrid along(SmoothMap map, String name, double[] values, double[] start) {
        FixedPointGrid all = new FixedPointGrid(
                nan(values.length),
                nan(values.length),
                new StabilityLoss[values.length],
                new double[map.dimension()][values.length]);
        SmoothMap.LaneBlock block = map.block(1);
        boolean following = false;
        for (int at = 0; at < values.length; at++) {
            block.parameters(Map.of(name, values[at]));
            if (!following) {
                for (int i = 0; i < start.length; i++) {
                    block.state()[i][0] = start[i];
                }
                for (int step = 0; step < APPROACH; step++) {
                    block.step();
                    block.advance();
                }
            }
            following = Newton.solve(block)[0];
            double[] step = Newton.next(block, 0);
            Multipliers multipliers = Multipliers.of(block.jacobian(0));
            if (following && Newton.isSmall(step, block, 0) && !Double.isNaN(multipliers.radius())) {
                all.keep(block, 0, at, multipliers);
                all.settleMarginal(block, new double[][] {step}, at);
            }
        }
        return all;
    }

    /// Why there is no number, or what the dynamics near the fixed point do.
    public String regime(int lane) {
        if (Double.isNaN(radius[lane])) {
            return NONE;
        }
        if (Math.abs(radius[lane] - 1) < ROUNDING) {
            return MARGINAL;
        }
        return radius[lane] < 1 ? STABLE : leaving[lane].word();
    }

    /// Makes a leading multiplier exactly 1 that comes to it with Newton's steps: those to a double root halve what is
    /// left, and end where the residual is rounding.
    private void settleMarginal(SmoothMap.LaneBlock block, double[][] steps, int from) {
        for (int lane = 0; lane < steps.length; lane++) {
            for (int i = 0; i < state.length; i++) {
                block.state()[i][lane] += 2 * steps[lane][i];
            }
        }
        block.linearise();
        for (int lane = 0; lane < steps.length; lane++) {
            double away = radius[from + lane] - 1;
            if (leaving[from + lane] == StabilityLoss.FOLD && Math.abs(away) < NEAR_ONE) {
                double further = Multipliers.of(block.jacobian(lane)).radius() - 1;
                if (Math.abs(away) < ROUNDING || Math.abs(further) < Math.abs(away) / 2) {
                    radius[from + lane] = 1;
                }
            }
        }
    }

    private static double[] nan(int lanes) {
        double[] values = new double[lanes];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    private void search(SmoothMap map, ScaleFreeStart start, Map<String, double[]> parameters, int from, int to) {
        SmoothMap.LaneBlock block = map.block(to - from);
        Map<String, double[]> own = new HashMap<>();
        parameters.forEach((name, values) -> own.put(name, Arrays.copyOfRange(values, from, to)));
        own.forEach((name, values) -> System.arraycopy(values, 0, block.parameter(name), 0, to - from));
        if (start.exists()) {
            for (double sign : new double[] {1, -1}) {
                start.fill(block, own, sign);
                solve(block, from);
            }
            return;
        }
        for (double value : STARTS) {
            for (double[] coordinate : block.state()) {
                Arrays.fill(coordinate, value);
            }
            solve(block, from);
        }
    }

    private void solve(SmoothMap.LaneBlock block, int from) {
        int step = block.map().components().indexOf(ReducedSystem.STEP);
        boolean[] arrived = Newton.solve(block);
        for (int lane = 0; lane < arrived.length; lane++) {
            if (arrived[lane] && (step < 0 || block.state()[step][lane] > 0)) {
                consider(block, lane, from + lane);
            }
        }
    }

    private void consider(SmoothMap.LaneBlock block, int lane, int at) {
        double r = block.observed()[lane];
        if (!(Math.abs(r) < 1 - 1e-9 && Math.abs(r) > 0)) {
            return;
        }
        Multipliers multipliers = Multipliers.of(block.jacobian(lane));
        if (!Double.isNaN(multipliers.radius()) && better(r, multipliers.radius(), at)) {
            keep(block, lane, at, multipliers);
        }
    }

    private void keep(SmoothMap.LaneBlock block, int lane, int at, Multipliers multipliers) {
        ratio[at] = block.observed()[lane];
        radius[at] = multipliers.radius();
        leaving[at] = multipliers.leaving();
        for (int i = 0; i < state.length; i++) {
            state[i][at] = block.state()[i][lane];
        }
    }

    private boolean better(double r, double size, int at) {
        if (Double.isNaN(ratio[at]) || size < 1 != radius[at] < 1) {
            return Double.isNaN(ratio[at]) || size < 1;
        }
        return r > 0 != ratio[at] > 0 ? r > 0 : size < radius[at] * (1 - 1e-6);
    }
}
