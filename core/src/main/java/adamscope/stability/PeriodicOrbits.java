package adamscope.stability;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Fixed points and periodic orbits of a map: Newton's method on the p-th iterate, from many starts, with deflation.
///
/// Deflation divides out what is known: with M(z) = Π(1 + 1/|z − zᵢ|²) over the known solutions zᵢ, M·(Fᵖ(z) − z) has
/// the unknown ones only, and its Newton step is the plain one times M/(M − ∇M·step) [Farrell, Birkisson, Funke 2015].
public final class PeriodicOrbits {
    /// The longest period that is sought.
    public static final int LONGEST = 8;

    private static final int MOST_STEPS = 60;
    private static final double SAME = 1e-7;

    private final SmoothMap.LaneBlock block;
    private final int period;
    private final List<double[]> known = new ArrayList<>();
    private double[][] jacobian;
    private double[] residual;

    private PeriodicOrbits(SmoothMap map, Map<String, Double> parameters, int period) {
        if (period < 1 || period > LONGEST) {
            throw new IllegalArgumentException("period = " + period + " is outside 1 to " + LONGEST);
        }
        this.block = map.block(1);
        this.period = period;
        block.parameters(parameters);
    }

    /// The fixed points that the starts lead to, sorted by first coordinate.
    ///
    /// @param parameters every parameter of the map
    public static List<FixedPoint> fixedPoints(SmoothMap map, Map<String, Double> parameters, List<double[]> starts) {
        return of(map, parameters, 1, starts).stream()
                .map(orbit -> new FixedPoint(orbit.points()[0], orbit.observed()[0], orbit.multipliers()))
                .toList();
    }

    /// The periodic orbits of that least period that the starts lead to, sorted by first coordinate.
    public static List<PeriodicOrbit> of(
            SmoothMap map, Map<String, Double> parameters, int period, List<double[]> starts) {
        PeriodicOrbits search = new PeriodicOrbits(map, parameters, period);
        List<PeriodicOrbit> found = new ArrayList<>();
        for (double[] start : starts) {
            double[] solution = search.solve(start);
            while (solution != null) {
                PeriodicOrbit orbit = search.orbit(solution);
                search.known.addAll(Arrays.asList(orbit.points()));
                if (orbit.period() == period) {
                    found.add(orbit);
                }
                solution = search.solve(start);
            }
        }
        found.sort(Comparator.comparingDouble(o -> o.points()[0][0]));
        return found;
    }

    /// A solution that is not known yet, or null.
    private double[] solve(double[] start) {
        double[] z = start.clone();
        double damping = 1;
        double[] accepted = null;
        double[] direction = null;
        double best = Double.POSITIVE_INFINITY;
        for (int step = 0; step < MOST_STEPS; step++) {
            iterate(z);
            double now = size() * deflation(z);
            if (now < best) {
                best = now;
                accepted = z;
                if (size() <= 1e-14 * norm(z)) {
                    break;
                }
                direction = direction(z);
                damping = Math.min(1, 2 * damping);
            } else {
                damping *= 0.5;
            }
            if (direction == null || damping < 1e-6) {
                break;
            }
            z = accepted.clone();
            for (int i = 0; i < z.length; i++) {
                z[i] += damping * direction[i];
            }
        }
        return accepted == null ? null : polished(accepted);
    }

    /// Plain Newton steps to the last digit; null if the point is no new solution.
    private double[] polished(double[] point) {
        double[] z = point.clone();
        iterate(z);
        if (!(size() <= 1e-6 * norm(z))) {
            return null;
        }
        for (int step = 0; step < 6; step++) {
            double[] plain = plain();
            if (plain == null) {
                break;
            }
            double before = size();
            double[] trial = z.clone();
            Arrays.setAll(trial, i -> trial[i] + plain[i]);
            iterate(trial);
            if (!(size() < before)) {
                break;
            }
            z = trial;
        }
        iterate(z);
        double[] end = z;
        boolean isNew = known.stream().noneMatch(k -> distance(k, end) <= SAME * norm(end));
        return size() <= 1e-11 * norm(z) && isNew ? z : null;
    }

    /// Fᵖ(z) − z and the Jacobian of Fᵖ.
    private void iterate(double[] z) {
        int n = z.length;
        set(z);
        jacobian = identity(n);
        for (int t = 0; t < period; t++) {
            block.linearise();
            jacobian = product(block.jacobian(0), jacobian);
            block.advance();
        }
        residual = new double[n];
        Arrays.setAll(residual, i -> block.state()[i][0] - z[i]);
    }

    private void set(double[] z) {
        for (int i = 0; i < z.length; i++) {
            block.state()[i][0] = z[i];
        }
    }

    private double[] plain() {
        int n = residual.length;
        double[][] rows = new double[n][n + 1];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                rows[i][j] = jacobian[i][j] - (i == j ? 1 : 0);
            }
            rows[i][n] = -residual[i];
        }
        return LinearSolve.of(rows);
    }

    private double[] direction(double[] z) {
        double[] plain = plain();
        if (plain == null) {
            return null;
        }
        // ∇M/M = Σ −2(z − zᵢ)/(dᵢ²(1 + dᵢ²)), with dᵢ = |z − zᵢ|
        double slope = 0;
        for (double[] solution : known) {
            double square = distance(z, solution) * distance(z, solution);
            for (int i = 0; i < z.length; i++) {
                slope += -2 * (z[i] - solution[i]) / (square * (1 + square)) * plain[i];
            }
        }
        double factor = 1 / (1 - slope);
        return Double.isFinite(factor)
                ? Arrays.stream(plain).map(d -> d * factor).toArray()
                : plain;
    }

    private double deflation(double[] z) {
        double product = 1;
        for (double[] solution : known) {
            double d = distance(z, solution);
            product *= 1 + 1 / (d * d);
        }
        return product;
    }

    private PeriodicOrbit orbit(double[] start) {
        int n = start.length;
        List<double[]> points = new ArrayList<>();
        List<Double> observed = new ArrayList<>();
        double[][] matrix = identity(n);
        set(start);
        for (int t = 0; t < period; t++) {
            double[] here = new double[n];
            Arrays.setAll(here, i -> block.state()[i][0]);
            if (t > 0 && distance(here, start) <= SAME * norm(start)) {
                break;
            }
            block.linearise();
            points.add(here);
            observed.add(block.observed()[0]);
            matrix = product(block.jacobian(0), matrix);
            block.advance();
        }
        int first = 0;
        for (int t = 1; t < points.size(); t++) {
            first = points.get(t)[0] < points.get(first)[0] ? t : first;
        }
        java.util.Collections.rotate(points, -first);
        java.util.Collections.rotate(observed, -first);
        return new PeriodicOrbit(
                points.toArray(double[][]::new),
                observed.stream().mapToDouble(Double::doubleValue).toArray(),
                Multipliers.of(matrix));
    }

    private double size() {
        return norm0(residual);
    }

    private static double norm(double[] a) {
        return Math.max(1e-12, norm0(a));
    }

    private static double norm0(double[] a) {
        return Math.sqrt(Arrays.stream(a).map(x -> x * x).sum());
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(sum);
    }

    private static double[][] identity(int n) {
        double[][] matrix = new double[n][n];
        for (int i = 0; i < n; i++) {
            matrix[i][i] = 1;
        }
        return matrix;
    }

    static double[][] product(double[][] a, double[][] b) {
        int n = a.length;
        double[][] c = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int l = 0; l < n; l++) {
                    c[i][j] += a[i][l] * b[l][j];
                }
            }
        }
        return c;
    }
}
