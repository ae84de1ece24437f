package adamscope.stability;

import adamscope.formula.PlainText;
import adamscope.optimizer.OptimizerRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/// Stability of a frozen rule that is linear piece by piece, F(s·z) = s·F(z) for s > 0: a mask that asks for the sign
/// of m·g, max, min, |·|.
///
/// Its growth is the largest mean of ln |F(z)|/|z| along its orbits, from starts in every orthant. Where the direction
/// of z repeats after p steps the growth is that of these steps, exact to rounding. Borders are sought in steps of a
/// hundredth around the curvatures at which single pieces lose stability; narrower windows are not seen. At a border
/// the growth has to be exact, or to jump; otherwise there is no number.
final class PiecewiseGrowth {
    private static final int BURN_IN = 2000;
    private static final int AVERAGED = 2000;
    private static final int LONGEST_PERIOD = 48;
    private static final int TOGETHER = 32;
    private static final double STEP = 1.01;

    /// Growth that differs by this on both sides of a border jumps there; averages may be off by less.
    private static final double JUMP = 5e-4;

    private final FrozenRule rule;
    private final SmoothMap map;
    private final List<double[]> starts = new ArrayList<>();

    PiecewiseGrowth(FrozenRule rule) {
        this.rule = rule;
        this.map = SmoothMap.of(rule.recurrence(), Map.of(), OptimizerRule.PARAMETER);
        int n = rule.dimension();
        boolean[] signed = rule.signed();
        Random random = new Random(1);
        for (int k = 0; k < Math.max(16, 1 << Math.min(n, 5)); k++) {
            double[] start = new double[n];
            for (int i = 0; i < n; i++) {
                double size = 0.1 + random.nextDouble();
                start[i] = signed[i] && (k >> i & 1) == 1 ? -size : size;
            }
            starts.add(start);
        }
    }

    /// A growth in nats per step, and whether it is that of a repeating direction.
    record Growth(double value, boolean exact) {
        /// As small as an average over steps, or rounding, may be off.
        boolean stable() {
            return !(value > (exact ? 1e-12 : 1e-4));
        }
    }

    /// The growth at a curvature.
    Growth at(double curvature) {
        return together(new double[] {curvature})[0];
    }

    private Growth[] all(double[] curvatures) {
        Growth[] growths = new Growth[curvatures.length];
        for (int from = 0; from < growths.length; from += TOGETHER) {
            int to = Math.min(growths.length, from + TOGETHER);
            System.arraycopy(together(Arrays.copyOfRange(curvatures, from, to)), 0, growths, from, to - from);
        }
        return growths;
    }

    private Growth[] together(double[] curvatures) {
        int n = map.dimension();
        int each = starts.size();
        int lanes = each * curvatures.length;
        SmoothMap.LaneBlock block = map.block(lanes);
        for (int lane = 0; lane < lanes; lane++) {
            double curvature = curvatures[lane / each];
            block.parameter(FrozenRule.CURVATURE)[lane] = curvature;
            for (int i = 0; i < n; i++) {
                // half of the starts with states of the size of the gradient
                double size = i > 0 && lane % 2 == 1 ? curvature : 1;
                block.state()[i][lane] = size * starts.get(lane % each)[i];
            }
        }
        double[] sums = new double[lanes];
        double[][][] recent = new double[LONGEST_PERIOD + 1][n][lanes];
        double[][] logs = new double[LONGEST_PERIOD + 1][lanes];
        int all = BURN_IN + AVERAGED;
        for (int t = 1; t <= all; t++) {
            block.step();
            block.advance();
            int slot = t - (all - LONGEST_PERIOD);
            if (t % 8 == 0 || slot >= 0) {
                normalise(block.state(), sums, t > BURN_IN, slot >= 0 ? logs[slot] : null);
            }
            for (int i = 0; i < n && slot >= 0; i++) {
                System.arraycopy(block.state()[i], 0, recent[slot][i], 0, lanes);
            }
        }
        Growth[] largest = new Growth[curvatures.length];
        for (int lane = 0; lane < lanes; lane++) {
            Growth own = own(recent, logs, lane, sums[lane] / AVERAGED);
            Growth before = largest[lane / each];
            largest[lane / each] = before == null || own.value() > before.value() ? own : before;
        }
        return largest;
    }

    private static Growth own(double[][][] recent, double[][] logs, int lane, double mean) {
        int last = recent.length - 1;
        for (int period = 1; period <= LONGEST_PERIOD; period++) {
            double apart = 0;
            for (int i = 0; i < recent[last].length; i++) {
                apart = Math.max(apart, Math.abs(recent[last][i][lane] - recent[last - period][i][lane]));
            }
            if (apart < 1e-12) {
                double sum = 0;
                for (int t = last - period + 1; t <= last; t++) {
                    sum += logs[t][lane];
                }
                return new Growth(sum / period, true);
            }
        }
        return new Growth(Double.isNaN(mean) ? Double.NEGATIVE_INFINITY : mean, false);
    }

    /// Brings z of each lane to the length 1, and takes ln of the length it had.
    private static void normalise(double[][] state, double[] sums, boolean counts, double[] logs) {
        for (int lane = 0; lane < sums.length; lane++) {
            double square = 0;
            for (double[] coordinate : state) {
                square += coordinate[lane] * coordinate[lane];
            }
            double length = Math.sqrt(square);
            for (double[] coordinate : state) {
                coordinate[lane] /= length;
            }
            double log = Math.log(length);
            sums[lane] += counts ? log : 0;
            if (logs != null) {
                logs[lane] = log;
            }
        }
    }

    /// The intervals of stability.
    ///
    /// @param crossings where eigenvalues of single pieces cross the unit circle: the search spans two decades around
    ///                  them
    /// @throws IllegalArgumentException if a border is passed smoothly by an orbit that does not repeat
    List<StableCurvatures.CurvatureInterval> stable(TreeSet<Double> crossings, double scale) {
        double low = (crossings.isEmpty() ? scale : crossings.first()) / 100;
        double high = (crossings.isEmpty() ? scale : crossings.last()) * 100;
        List<Double> places = new ArrayList<>();
        for (double place = low; place < high; place *= STEP) {
            places.add(place);
        }
        double[] curvatures = places.stream().mapToDouble(Double::doubleValue).toArray();
        Growth[] growths = all(curvatures);
        List<StableCurvatures.CurvatureInterval> intervals = new ArrayList<>();
        double from = growths[0].stable() ? 0 : Double.NaN;
        for (int i = 1; i < growths.length; i++) {
            if (growths[i].stable() != growths[i - 1].stable()) {
                double border = border(curvatures[i - 1], curvatures[i], growths[i - 1].stable());
                if (growths[i].stable()) {
                    from = border;
                } else {
                    intervals.add(new StableCurvatures.CurvatureInterval(from, border));
                }
            }
        }
        if (growths[growths.length - 1].stable()) {
            intervals.add(new StableCurvatures.CurvatureInterval(from, Double.POSITIVE_INFINITY));
        }
        return intervals;
    }

    private double border(double a, double b, boolean stableFirst) {
        double low = a;
        double high = b;
        while (high - low > 1e-13 * high) {
            double[] inside = new double[17];
            double width = (high - low) / 16;
            for (int k = 0; k <= 16; k++) {
                inside[k] = low + k * width;
            }
            Growth[] growths = all(inside);
            int k = 0;
            while (k < 15 && growths[k + 1].stable() == stableFirst) {
                k++;
            }
            low = inside[k];
            high = inside[k + 1];
        }
        Growth unstable = at(stableFirst ? high : low);
        Growth stable = at(stableFirst ? low : high);
        Growth beyond = at(stableFirst ? high * (1 + 1e-9) : low * (1 - 1e-9));
        if (!unstable.exact() && !beyond.exact() && unstable.value() - stable.value() < JUMP) {
            throw new IllegalArgumentException(
                    rule.name() + " is linear piece by piece, and near " + new PlainText().number(high)
                            + " its orbits pass from piece to piece without repeating: its stability ends there, but"
                            + " where cannot be told as a number");
        }
        return 0.5 * (low + high);
    }
}
