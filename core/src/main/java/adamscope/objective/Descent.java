package adamscope.objective;

import adamscope.formula.Expression;
import adamscope.formula.PreparedFormulas;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// Goes down a formula from a start: quasi-Newton steps (BFGS with backtracking), then shorter and shorter steps along
/// the coordinates, which also end where the gradient jumps.
final class Descent {
    /// Below this a loss has no end.
    private static final double BOTTOMLESS = -1e30;

    private static final int MOST_STEPS = 200;
    private static final MathContext FEW_DIGITS = new MathContext(8);

    private final List<String> variables;
    private final PreparedFormulas loss;
    private final PreparedFormulas gradient;
    private final Map<String, Double> parameters;

    Descent(List<String> variables, Expression loss, List<Expression> gradient, Map<String, Double> parameters) {
        this.variables = variables;
        this.loss = new PreparedFormulas(List.of(loss));
        this.gradient = new PreparedFormulas(gradient);
        this.parameters = parameters;
    }

    /// Where a descent ended.
    record End(double[] at, double loss) {
        /// Whether the loss has no end in that direction.
        boolean bottomless() {
            return !(loss > BOTTOMLESS);
        }
    }

    End from(double[] start) {
        double[] x = start.clone();
        double level = loss(x);
        if (!Double.isFinite(level)) {
            return new End(x, Double.POSITIVE_INFINITY);
        }
        int n = x.length;
        double[][] inverse = identity(n);
        double[] g = gradient(x);
        for (int step = 0; step < MOST_STEPS && level > BOTTOMLESS && isFinite(g); step++) {
            double[] direction = times(inverse, g);
            if (!(dot(direction, g) > 0)) {
                inverse = identity(n);
                direction = g.clone();
            }
            double[] next = backtracked(x, level, direction, dot(direction, g));
            if (next == null) {
                break;
            }
            double[] gNext = gradient(next);
            update(inverse, minus(next, x), minus(gNext, g));
            x = next;
            g = gNext;
            level = loss(x);
        }
        End end = level > BOTTOMLESS ? alongCoordinates(x, level) : new End(x, level);
        return end.bottomless() ? end : rounded(end);
    }

    /// The first of ever shorter steps that takes the loss down by a part of what the slope promises; null if none
    /// does.
    private double[] backtracked(double[] x, double level, double[] direction, double promised) {
        for (double length = 1; length > 1e-18; length /= 4) {
            double[] next = new double[x.length];
            for (int i = 0; i < x.length; i++) {
                next[i] = x[i] - length * direction[i];
            }
            double reached = loss(next);
            if (reached < level - 1e-4 * length * promised && !Double.isNaN(reached)) {
                return next;
            }
        }
        return null;
    }

    private End alongCoordinates(double[] from, double level) {
        double[] x = from.clone();
        double lowest = level;
        for (double length = 1e-2; length > 1e-17 && lowest > BOTTOMLESS; length /= 2) {
            for (int i = 0; i < x.length; i++) {
                for (double way : new double[] {length, -length}) {
                    double before = x[i];
                    x[i] += way * Math.max(1, Math.abs(before));
                    double reached = loss(x);
                    if (reached < lowest) {
                        lowest = reached;
                    } else {
                        x[i] = before;
                    }
                }
            }
        }
        return new End(x, lowest);
    }

    /// The same point in eight digits, where its loss is no more but for rounding and its gradient no more at all.
    private End rounded(End end) {
        double[] few = Arrays.stream(end.at)
                .map(a -> Math.abs(a) < 1e-7
                        ? 0
                        : new BigDecimal(a).round(FEW_DIGITS).doubleValue())
                .toArray();
        double loss = loss(few);
        double slope = dot(gradient(few), gradient(few));
        boolean asLow = loss <= end.loss
                || loss <= end.loss + 1e-14 * Math.abs(loss) && slope <= dot(gradient(end.at), gradient(end.at));
        return asLow ? new End(few, loss) : end;
    }

    double loss(double[] x) {
        return loss.at(names(x))[0];
    }

    double[] gradient(double[] x) {
        return gradient.at(names(x));
    }

    ToDoubleFunction<String> names(double[] x) {
        return name -> {
            int variable = variables.indexOf(name);
            return variable >= 0 ? x[variable] : parameters.getOrDefault(name, Double.NaN);
        };
    }

    /// BFGS: the inverse Hessian learns from a step s and the change y of the gradient along it.
    private static void update(double[][] inverse, double[] s, double[] y) {
        double sy = dot(s, y);
        if (!(sy > 1e-300) || !Double.isFinite(sy)) {
            return;
        }
        double[] hy = times(inverse, y);
        double yhy = dot(y, hy);
        for (int i = 0; i < s.length; i++) {
            for (int j = 0; j < s.length; j++) {
                inverse[i][j] += (1 + yhy / sy) * s[i] * s[j] / sy - (hy[i] * s[j] + s[i] * hy[j]) / sy;
            }
        }
    }

    private static double[][] identity(int n) {
        double[][] identity = new double[n][n];
        for (int i = 0; i < n; i++) {
            identity[i][i] = 1;
        }
        return identity;
    }

    private static double[] times(double[][] a, double[] b) {
        return Arrays.stream(a).mapToDouble(row -> dot(row, b)).toArray();
    }

    private static double[] minus(double[] a, double[] b) {
        double[] difference = new double[a.length];
        Arrays.setAll(difference, i -> a[i] - b[i]);
        return difference;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static boolean isFinite(double[] a) {
        return Arrays.stream(a).allMatch(Double::isFinite);
    }
}
