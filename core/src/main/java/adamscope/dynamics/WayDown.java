package adamscope.dynamics;

import adamscope.formula.Evaluation;
import adamscope.objective.FormulaObjective;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where a loss leads downhill from a point to which a run creeps.
///
/// x³ falls from 1 to the level 0 by ever smaller steps of gradient descent, and its slope and curvature vanish there:
/// neither tells that beyond 0 the loss falls on.
final class WayDown {
    /// So many of Newton's steps: beyond what is left to a minimum at which the loss goes like |x|^k with k below it.
    private static final double FAR = 64;

    /// Doublings of the distance that are looked at.
    private static final int OCTAVES = 64;

    private final FormulaObjective objective;
    private final Map<String, Double> values;

    /// @param values of variables and parameters at the point
    WayDown(FormulaObjective objective, Map<String, Double> values) {
        this.objective = objective;
        this.values = values;
    }

    /// Whether the loss, down its gradient, falls by far more than is left to any minimum that slope and curvature
    /// there speak of, before it rises above where it was.
    ///
    /// @param hessian there
    /// @param error   of the loss there
    boolean isLong(double[][] hessian, double error) {
        List<String> variables = objective.variables();
        double[] slope = objective.gradient().stream()
                .mapToDouble(g -> Evaluation.value(g, values::get))
                .toArray();
        double length = norm(slope);
        double curvature = curvature(slope, length, hessian);
        if (!(length > 0) || !(curvature > 0)) {
            return false;
        }
        double newton = length / curvature;
        double here = Evaluation.value(objective.loss(), values::get);
        double left = FAR * length * newton + error;
        Map<String, Double> there = new HashMap<>(values);
        double distance = newton;
        for (int octave = 0; octave < OCTAVES; octave++) {
            for (int i = 0; i < slope.length; i++) {
                there.put(variables.get(i), values.get(variables.get(i)) - distance * slope[i] / length);
            }
            double loss = Evaluation.value(objective.loss(), there::get);
            if (!(loss <= here + error)) {
                return false;
            }
            if (loss < here - left) {
                return true;
            }
            distance *= 2;
        }
        return false;
    }

    private static double norm(double[] v) {
        double sum = 0;
        for (double x : v) {
            sum += x * x;
        }
        return Math.sqrt(sum);
    }

    /// That along the gradient.
    private static double curvature(double[] slope, double length, double[][] hessian) {
        double sum = 0;
        for (int i = 0; i < slope.length; i++) {
            for (int j = 0; j < slope.length; j++) {
                sum += slope[i] / length * slope[j] / length * hessian[i][j];
            }
        }
        return sum;
    }
}
