package adamscope.stability;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.hipparchus.complex.Complex;

/// The curve in a plane of two hyper-parameters on which a fixed point loses stability in one way, by continuation.
///
/// On the plane it solves ψ(p, q) = 0, with ψ from the multipliers λ of the fixed point at (p, q): Π(λᵢ + 1) for a
/// flip, Π(λᵢ − 1) for a fold, Π(λᵢλⱼ − 1) over pairs for a rotation. A step goes along the tangent and is corrected
/// across it; it is halved where that fails.
///
/// @param x values of the first hyper-parameter along the curve
/// @param y values of the second
public record StabilityCurve(StabilityLoss kind, double[] x, double[] y) {

    /// One side of the plane.
    ///
    /// @param name    the hyper-parameter
    /// @param valueAt its value at s, with s from 0 to 1 across the plane
    public record Side(String name, DoubleUnaryOperator valueAt) {}

    /// The curve through a point near it, in both directions as far as the plane, the fixed point and its stability
    /// towards one side reach.
    ///
    /// @param map   with the two hyper-parameters as its parameters
    /// @param s     the point, as s of each side
    /// @param state the fixed point there
    public static StabilityCurve through(
            SmoothMap map, List<Side> sides, StabilityLoss kind, double[] s, double[] state) {
        Walk walk = new Walk(map, sides, kind);
        Deque<double[]> points = new ArrayDeque<>();
        double[] start = walk.corrected(s, state.clone());
        if (start != null) {
            points.add(start);
            for (double direction : new double[] {1, -1}) {
                walk.follow(start, state, direction, point -> {
                    if (direction > 0) {
                        points.addLast(point);
                    } else {
                        points.addFirst(point);
                    }
                });
            }
        }
        return new StabilityCurve(
                kind,
                points.stream()
                        .mapToDouble(p -> sides.get(0).valueAt().applyAsDouble(p[0]))
                        .toArray(),
                points.stream()
                        .mapToDouble(p -> sides.get(1).valueAt().applyAsDouble(p[1]))
                        .toArray());
    }

    private static final class Walk {
        private static final double LONGEST = 0.01;
        private static final double SHORTEST = 1e-6;
        private static final double DIFFERENCE = 1e-6;
        private static final int MOST_POINTS = 3000;

        private final SmoothMap.LaneBlock block;
        private final List<Side> sides;
        private final StabilityLoss kind;
        private Multipliers multipliers;

        Walk(SmoothMap map, List<Side> sides, StabilityLoss kind) {
            this.block = map.block(1);
            this.sides = sides;
            this.kind = kind;
        }

        private interface Taker {
            void take(double[] point);
        }

        void follow(double[] from, double[] fixedPoint, double direction, Taker taker) {
            double[] state = fixedPoint.clone();
            double[] here = from;
            double[] tangent = tangent(here, state);
            if (tangent == null) {
                return;
            }
            tangent[0] *= direction;
            tangent[1] *= direction;
            double length = LONGEST;
            for (int count = 0; count < MOST_POINTS && length > SHORTEST; ) {
                double[] kept = state.clone();
                double[] next =
                        corrected(new double[] {here[0] + length * tangent[0], here[1] + length * tangent[1]}, state);
                double[] turned = next == null ? null : tangent(next, state);
                double along = turned == null ? 0 : turned[0] * tangent[0] + turned[1] * tangent[1];
                boolean good = turned != null && distance(next, here) < 2 * length && Math.abs(along) > 0.9 && edge();
                if (!good) {
                    state = kept;
                    length *= 0.5;
                    continue;
                }
                taker.take(next);
                count++;
                here = next;
                tangent = new double[] {Math.copySign(1, along) * turned[0], Math.copySign(1, along) * turned[1]};
                length = Math.min(LONGEST, 1.5 * length);
                if (outside(here) || count > 10 && distance(here, from) < 0.5 * length) {
                    return;
                }
            }
        }

        /// Whether the rest of the multipliers lie inside the unit circle, so that the curve bounds stability.
        private boolean edge() {
            boolean pair = kind != StabilityLoss.ROTATION
                    || multipliers.values().getFirst().getImaginary() != 0;
            return pair && multipliers.radius() < 1 + 1e-6;
        }

        private static boolean outside(double[] s) {
            return s[0] < 0 || s[0] > 1 || s[1] < 0 || s[1] > 1;
        }

        /// The point of the curve across from a point near it; moves the state there. Null if there is none.
        double[] corrected(double[] near, double[] state) {
            double[] s = near.clone();
            for (int step = 0; step < 12; step++) {
                double value = test(s, state);
                double[] slope = slope(s, state);
                double square = slope[0] * slope[0] + slope[1] * slope[1];
                double move = Math.abs(value) / Math.sqrt(square);
                if (!(move < 0.1)) {
                    return null;
                }
                s[0] -= value * slope[0] / square;
                s[1] -= value * slope[1] / square;
                if (move < 1e-12) {
                    break;
                }
            }
            double value = test(s, state);
            return Math.abs(value) < 1e-8 ? s : null;
        }

        private double[] tangent(double[] s, double[] state) {
            double[] slope = slope(s, state);
            double size = Math.hypot(slope[0], slope[1]);
            test(s, state);
            return size > 0 && Double.isFinite(size) ? new double[] {-slope[1] / size, slope[0] / size} : null;
        }

        private double[] slope(double[] s, double[] state) {
            double[] slope = new double[2];
            for (int i = 0; i < 2; i++) {
                double[] up = s.clone();
                double[] down = s.clone();
                up[i] += DIFFERENCE;
                down[i] -= DIFFERENCE;
                slope[i] = (test(up, state.clone()) - test(down, state.clone())) / (2 * DIFFERENCE);
            }
            return slope;
        }

        /// ψ at s; moves the state to the fixed point there, NaN if it is lost.
        private double test(double[] s, double[] state) {
            for (int i = 0; i < 2; i++) {
                Side side = sides.get(i);
                block.parameters(Map.of(side.name(), side.valueAt().applyAsDouble(s[i])));
            }
            for (int i = 0; i < state.length; i++) {
                block.state()[i][0] = state[i];
            }
            if (!Newton.solve(block)[0]) {
                return Double.NaN;
            }
            for (int i = 0; i < state.length; i++) {
                state[i] = block.state()[i][0];
            }
            multipliers = Multipliers.of(block.jacobian(0));
            return psi(multipliers.values().toArray(Complex[]::new));
        }

        private double psi(Complex[] values) {
            return switch (kind) {
                case FLIP ->
                    Arrays.stream(values)
                            .reduce(Complex.ONE, (a, z) -> a.multiply(z.add(1)))
                            .getReal();
                case FOLD ->
                    Arrays.stream(values)
                            .reduce(Complex.ONE, (a, z) -> a.multiply(z.subtract(1)))
                            .getReal();
                case ROTATION -> {
                    Complex product = Complex.ONE;
                    for (int i = 0; i < values.length; i++) {
                        for (int j = 0; j < i; j++) {
                            product = product.multiply(
                                    values[i].multiply(values[j]).subtract(1));
                        }
                    }
                    yield product.getReal();
                }
            };
        }

        private static double distance(double[] a, double[] b) {
            return Math.hypot(a[0] - b[0], a[1] - b[1]);
        }
    }
}
