package adamscope.stability;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/// Where the orbits of a map go as one parameter changes: the points they visit after a transient, and the largest
/// Lyapunov exponent.
///
/// @param values   values of the parameter
/// @param limitSet the observed quantity at the last steps, `[value][point]`; NaN where the orbit escaped
/// @param exponent largest Lyapunov exponent in nats per step, over the steps after the transient; NaN where the orbit
///                 escaped
/// @param drift    the exponent of the second half of those steps minus that of the first; NaN as the exponent, and for
///                 a single step
/// @param escapedAt the step at which some coordinate passed [#ESCAPED] or was no number; −1 for never
public record OrbitDiagram(double[] values, double[][] limitSet, double[] exponent, double[] drift, int[] escapedAt) {
    /// A coordinate of this magnitude counts as escaped. Not less: m/x^(k−1) of a bounded orbit of Adam passes 1e6
    /// whenever a step nearly hits x = 0.
    public static final double ESCAPED = 1e100;

    private static final int TILE = 256;

    /// What an exponent says of an orbit.
    public enum Motion {
        /// Above 0 by more than it moved.
        CHAOTIC,
        /// Above 0, but the orbit repeats to the last bit: it stands on a fixed point or cycle that is not stable,
        /// where only so exact a start keeps it.
        UNSTABLE,
        /// Below 0 by more than it moved.
        REGULAR,
        /// No further from 0 than it moved between the two halves of the steps: quasi-periodic, near a bifurcation, or
        /// looked at too early or too briefly.
        UNSETTLED,
        /// There is none.
        ESCAPED;

        /// In results.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What the exponent at the i-th value says.
    public Motion motion(int i) {
        if (escapedAt[i] >= 0) {
            return Motion.ESCAPED;
        }
        if (Math.abs(exponent[i]) > Math.abs(drift[i]) || Double.isInfinite(exponent[i])) {
            return exponent[i] < 0 ? Motion.REGULAR : repeats(limitSet[i]) ? Motion.UNSTABLE : Motion.CHAOTIC;
        }
        return Motion.UNSETTLED;
    }

    /// Whether the points are those of a short cycle, at least twice.
    private static boolean repeats(double[] points) {
        return IntStream.rangeClosed(1, points.length / 2)
                .anyMatch(period ->
                        IntStream.range(period, points.length).allMatch(j -> points[j] == points[j - period]));
    }

    /// How long the orbits run.
    ///
    /// @param discarded steps left out at the beginning
    /// @param steps      steps after them, over which the exponent is taken
    /// @param kept       of these, the last so many points are kept
    public record Length(int discarded, int steps, int kept) {
        public Length {
            if (discarded < 0 || steps < 1 || kept < 1 || kept > steps) {
                throw new IllegalArgumentException("discarded = " + discarded + ", steps = " + steps + ", kept = "
                        + kept + ": at least 0, at least 1, and from 1 to steps are allowed");
            }
        }
    }

    /// Runs the orbits.
    ///
    /// @param map        its one free parameter, or one of them, is `name`
    /// @param parameters every other parameter
    /// @param start      where each orbit begins
    public static OrbitDiagram of(
            SmoothMap map,
            Map<String, Double> parameters,
            String name,
            double[] values,
            double[] start,
            Length length) {
        OrbitDiagram diagram = new OrbitDiagram(
                values,
                new double[values.length][length.kept()],
                new double[values.length],
                new double[values.length],
                new int[values.length]);
        IntStream.range(0, (values.length + TILE - 1) / TILE).parallel().forEach(tile -> {
            int from = tile * TILE;
            diagram.new OrbitTile(map, from, Math.min(values.length, from + TILE), length).run(parameters, name, start);
        });
        return diagram;
    }

    /// Neighbouring values, run together.
    private final class OrbitTile {
        private final SmoothMap.LaneBlock block;
        private final Length length;
        private final int from;
        private final int lanes;
        private final double[][] deviation;
        private final double[] sums;
        private final double[] firstHalf;

        OrbitTile(SmoothMap map, int from, int to, Length length) {
            this.block = map.block(to - from);
            this.length = length;
            this.from = from;
            this.lanes = to - from;
            this.deviation = new double[map.dimension()][lanes];
            this.sums = new double[lanes];
            this.firstHalf = new double[lanes];
        }

        void run(Map<String, Double> parameters, String name, double[] start) {
            block.parameters(parameters);
            System.arraycopy(values, from, block.parameter(name), 0, lanes);
            Arrays.fill(escapedAt, from, from + lanes, -1);
            for (int i = 0; i < start.length; i++) {
                Arrays.fill(block.state()[i], start[i]);
                Arrays.fill(deviation[i], 1 / Math.sqrt(start.length));
            }
            int total = length.discarded() + length.steps();
            for (int t = 0; t < total; t++) {
                boolean measured = t >= length.discarded();
                if (t == length.discarded() + length.steps() / 2) {
                    System.arraycopy(sums, 0, firstHalf, 0, lanes);
                }
                if (measured) {
                    block.linearise();
                    stretch();
                } else {
                    block.step();
                }
                int kept = t - (total - length.kept());
                for (int lane = 0; kept >= 0 && lane < lanes; lane++) {
                    limitSet[from + lane][kept] = block.observed()[lane];
                }
                block.advance();
                escapes(t + 1);
            }
            int half = length.steps() / 2;
            for (int lane = 0; lane < lanes; lane++) {
                boolean escaped = escapedAt[from + lane] >= 0;
                exponent[from + lane] = escaped ? Double.NaN : sums[lane] / length.steps();
                drift[from + lane] = escaped
                        ? Double.NaN
                        : (sums[lane] - firstHalf[lane]) / (length.steps() - half) - firstHalf[lane] / half;
                if (escaped) {
                    Arrays.fill(limitSet[from + lane], Double.NaN);
                }
            }
        }

        /// deviation ← J·deviation of length 1; the sums take ln of the length it had.
        private void stretch() {
            int n = deviation.length;
            double[] moved = new double[n];
            for (int lane = 0; lane < lanes; lane++) {
                double square = 0;
                for (int i = 0; i < n; i++) {
                    moved[i] = 0;
                    for (int j = 0; j < n; j++) {
                        moved[i] += block.jacobian(i, j)[lane] * deviation[j][lane];
                    }
                    square += moved[i] * moved[i];
                }
                double size = Math.sqrt(square);
                sums[lane] += Math.log(size);
                for (int i = 0; i < n && size > 0; i++) {
                    deviation[i][lane] = moved[i] / size;
                }
            }
        }

        private void escapes(int step) {
            for (double[] coordinate : block.state()) {
                for (int lane = 0; lane < lanes; lane++) {
                    if (!(Math.abs(coordinate[lane]) < ESCAPED) && escapedAt[from + lane] < 0) {
                        escapedAt[from + lane] = step;
                    }
                }
            }
        }
    }
}
