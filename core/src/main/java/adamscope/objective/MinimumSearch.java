package adamscope.objective;

import adamscope.formula.Enclosure;
import adamscope.formula.Evaluation;
import adamscope.formula.RoundingError;
import adamscope.objective.Minimum.Origin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Finds the least value of an objective: by its formula where that tells, by descents from many starts elsewhere.
final class MinimumSearch {
    private static final double[] ON_AN_AXIS = {-10, -3, -1, -0.3, 0.3, 1, 3, 10};
    private static final int SCATTERED = 16;
    private static final double FAR = 1e3;

    private final FormulaObjective objective;
    private final SplitLoss split;
    private final Map<String, Double> parameters;
    private final Descent descent;

    private MinimumSearch(FormulaObjective objective, Map<String, Double> parameters) {
        this.objective = objective;
        this.split = SplitLoss.of(objective);
        this.parameters = parameters;
        this.descent = new Descent(objective.variables(), split.varying(), objective.gradient(), parameters);
    }

    /// @param x0         a start to descend from, beside the others
    /// @param parameters of the objective
    static Minimum of(FormulaObjective objective, List<Double> x0, Map<String, Double> parameters) {
        return new MinimumSearch(objective, parameters).find(x0);
    }

    private Minimum find(List<Double> x0) {
        if (objective.minimum().isPresent()) {
            return new Minimum(objective.minimum().getAsDouble(), Origin.NAMED, List.of());
        }
        double constant = Evaluation.value(split.constant(), parameters::get);
        if (split.growsFromZero(this::range)) {
            return new Minimum(constant, Origin.CLOSED_FORM, java.util.Collections.nCopies(objective.dimension(), 0.0));
        }
        double bound = split.range(this::range).least();
        Descent.End end = lowest(starts(x0), bound, x0);
        if (end.bottomless() || !Double.isFinite(end.loss())) {
            return Double.isFinite(bound)
                    ? new Minimum(constant + bound, Origin.LOWER_BOUND, List.of())
                    : new Minimum(0, Origin.UNKNOWN, List.of());
        }
        boolean far = isFar(end, x0);
        if (Double.isFinite(bound) && (far || reaches(bound, end))) {
            return new Minimum(
                    constant + bound, far ? Origin.LOWER_BOUND : Origin.CLOSED_FORM, far ? List.of() : boxed(end.at()));
        }
        if (far) {
            return new Minimum(0, Origin.UNKNOWN, List.of());
        }
        return new Minimum(
                constant + end.loss(), vanishes(end.at()) ? Origin.CRITICAL_POINT : Origin.DESCENT, boxed(end.at()));
    }

    /// The lowest end of the descents; the first that is at the bound ends the search.
    private Descent.End lowest(List<double[]> starts, double bound, List<Double> x0) {
        Descent.End lowest = null;
        for (double[] start : starts) {
            Descent.End end = descent.from(start);
            if (!end.bottomless() && Double.isFinite(bound) && reaches(bound, end) && !isFar(end, x0)) {
                return end;
            }
            if (lowest == null || Double.compare(end.loss(), lowest.loss()) < 0) {
                lowest = end;
            }
        }
        return lowest;
    }

    private boolean reaches(double bound, Descent.End end) {
        return end.loss() <= bound + error(end.at());
    }

    private boolean isFar(Descent.End end, List<Double> x0) {
        return isLowFurtherOut(end) || Arrays.stream(end.at()).anyMatch(x -> Math.abs(x) > FAR * furthest(x0));
    }

    /// Whether the loss is as low ten times as far from the origin: then no point is the end of the way down.
    private boolean isLowFurtherOut(Descent.End end) {
        double[] out = Arrays.stream(end.at()).map(x -> 10 * x).toArray();
        return Arrays.stream(end.at()).anyMatch(x -> x != 0) && descent.loss(out) <= end.loss();
    }

    private Enclosure range(String parameter) {
        return Enclosure.of(parameters.getOrDefault(parameter, Double.NaN));
    }

    private static double furthest(List<Double> x0) {
        return x0.stream().mapToDouble(Math::abs).reduce(1, Math::max);
    }

    private static List<Double> boxed(double[] x) {
        return Arrays.stream(x).boxed().toList();
    }

    private double error(double[] x) {
        return 4 * RoundingError.of(split.varying(), descent.names(x), _ -> 0);
    }

    /// Whether the gradient is 0 but for what rounding x to a number makes of it.
    private boolean vanishes(double[] x) {
        double[] gradient = descent.gradient(x);
        for (int i = 0; i < gradient.length; i++) {
            double error = RoundingError.of(
                    objective.gradient().get(i),
                    descent.names(x),
                    name -> objective.variables().contains(name)
                            ? 1e-7 * Math.max(1, Math.abs(descent.names(x).applyAsDouble(name)))
                            : 0);
            if (!(Math.abs(gradient[i]) <= 4 * error)) {
                return false;
            }
        }
        return true;
    }

    private List<double[]> starts(List<Double> x0) {
        int n = objective.dimension();
        double[] given = x0.stream().mapToDouble(Double::doubleValue).toArray();
        List<double[]> starts = new ArrayList<>(List.of(given, new double[n]));
        for (double x : ON_AN_AXIS) {
            double[] all = new double[n];
            Arrays.fill(all, x);
            starts.add(all);
        }
        for (int k = 1; n > 1 && k <= SCATTERED; k++) {
            double[] scattered = new double[n];
            for (int i = 0; i < n; i++) {
                // Fractional parts of k·√prime-like numbers fill a cube evenly.
                double part = k * Math.sqrt(i + 2.5) % 1;
                scattered[i] = given[i] + 6 * (part - 0.5) * Math.max(1, Math.abs(given[i]));
            }
            starts.add(scattered);
        }
        return starts;
    }
}
