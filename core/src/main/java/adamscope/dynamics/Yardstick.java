package adamscope.dynamics;

import adamscope.formula.Algebra;
import adamscope.formula.Enclosure;
import adamscope.formula.Evaluation;
import adamscope.formula.Expression;
import adamscope.formula.Expression.Binary;
import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.Constant;
import adamscope.formula.RoundingError;
import adamscope.kernel.Recurrence;
import adamscope.kernel.Rest;
import adamscope.kernel.TileRun;
import adamscope.linear.Spectrum;
import adamscope.objective.FormulaObjective;
import adamscope.objective.Minimum;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What the losses of a run are measured from, and what is recorded so that the run can be judged.
///
/// The loss over its minimum tells all where it grows from 0 at the origin, as x⁴/4 does. Elsewhere the difference of
/// two losses has few digits near the minimum, and a run may end in another one: there the squared norm of the gradient
/// is recorded beside it.
///
/// @param loss   the loss over its minimum, as a formula
/// @param sloped whether the gradient is needed
public record Yardstick(FormulaObjective objective, Minimum minimum, Expression loss, boolean sloped) {
    /// Error of a number that stands for a point nearby: a few units in the last place.
    private static final double NEARBY = 4 * 0x1p-53;

    private static final double SAFETY = 4;

    /// A relative change of a variable that changes the loss by more, relatively, tells nothing of the loss.
    private static final double FLAT = 100;

    private static final Outcome AT_NO_MINIMUM = new Outcome.Undecided(
            "the run comes to rest at a point that is no minimum: the curvature of the loss is negative there; from"
                    + " another start, or with noise, it would go on");

    private static final Outcome BEFORE_A_WAY_DOWN = new Outcome.Undecided(
            "the run creeps towards a point that is no minimum: past it the loss falls on; a longer step, or noise,"
                    + " would pass it");

    /// The yardstick of one run.
    public static Yardstick of(FormulaObjective objective, List<Double> x0) {
        return of(objective, x0, Map.of());
    }

    /// The yardstick of runs that share the parameters of their objective.
    ///
    /// @param x0         a start, for the search of the minimum
    /// @param parameters of the objective
    public static Yardstick of(FormulaObjective objective, List<Double> x0, Map<String, Double> parameters) {
        Minimum minimum = objective.minimum(x0, parameters);
        double constant = Evaluation.value(objective.constant(), parameters::get);
        boolean plain = constant == minimum.value()
                && objective.growsFromOrigin(name -> Enclosure.of(parameters.getOrDefault(name, Double.NaN)));
        Expression over = plain ? objective.over(objective.constant()) : objective.over(new Constant(minimum.value()));
        return new Yardstick(objective, minimum, over, !plain);
    }

    /// The yardstick of runs whose objectives differ, if one formula measures them all: what is left without the
    /// constant terms, 0 at the origin.
    ///
    /// @param parameters where each lies
    public static boolean isCommon(FormulaObjective objective, Function<String, Enclosure> parameters) {
        return objective.minimum().isEmpty() && objective.growsFromOrigin(parameters);
    }

    /// Whether losses are measured from 0.
    public boolean isTheLoss() {
        return loss == objective.loss() && minimum.isKnown();
    }

    /// The map with the observables that a kernel records for this judgement.
    public Recurrence judging(Recurrence map) {
        Map<String, Expression> observables = new LinkedHashMap<>(map.observables());
        observables.put(TileRun.LOSS, loss);
        if (sloped) {
            observables.put(TileRun.SLOPE, slope());
        }
        return new Recurrence(map.parameters(), map.components(), observables);
    }

    /// |∇L|².
    public Expression slope() {
        return objective.gradient().stream()
                .<Expression>map(g -> new Binary(BinaryOperation.MULTIPLY, g, g))
                .reduce(Algebra::add)
                .orElseThrow();
    }

    /// The outcome of a run; it has not converged where it came to rest at a maximum or saddle of the loss, or creeps
    /// towards one.
    ///
    /// @param slopes     log₁₀ of the largest |∇L|² in each window
    /// @param values     of the variables and parameters at the end
    /// @param lossAtEnd  over the minimum, with its sign
    /// @param rest       whether another step would move anything
    public Outcome outcome(
            LossHistory history, double[] slopes, Map<String, Double> values, double lossAtEnd, Rest rest) {
        Outcome found = new RunHistory(history, slopes, end(values, lossAtEnd, rest)).outcome();
        boolean least = found instanceof Outcome.Converged(double _, double limit, var _)
                && minimum.isKnown()
                && limit <= minimum.value();
        return found instanceof Outcome.Converged && sloped && !least
                ? leadingOn(values).orElse(found)
                : found;
    }

    /// What stands against a minimum where a run ended: a negative curvature beyond rounding, or a way on downhill.
    private Optional<Outcome> leadingOn(Map<String, Double> values) {
        int n = objective.dimension();
        List<List<Expression>> hessian = objective.hessian();
        double[][] matrix = new double[n][n];
        double errors = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                matrix[i][j] = Evaluation.value(hessian.get(i).get(j), values::get);
                errors += SAFETY * error(hessian.get(i).get(j), values);
                if (!Double.isFinite(matrix[i][j])) {
                    return Optional.empty();
                }
            }
        }
        if (Spectrum.ofSymmetric(matrix)[0] < -errors) {
            return Optional.of(AT_NO_MINIMUM);
        }
        boolean leads = new WayDown(objective, values).isLong(matrix, SAFETY * error(objective.loss(), values));
        return leads ? Optional.of(BEFORE_A_WAY_DOWN) : Optional.empty();
    }

    /// How exactly the loss and its gradient are known where a run came to rest, or moves around.
    private RunHistory.End end(Map<String, Double> values, double lossAtEnd, Rest rest) {
        double lossError = SAFETY * error(loss, values);
        double slopeError = objective.gradient().stream()
                .mapToDouble(g -> SAFETY * error(g, values))
                .map(e -> e * e)
                .sum();
        return new RunHistory.End(
                minimum.value(),
                minimum.origin() == Minimum.Origin.NAMED,
                lossAtEnd,
                Math.log10(lossError),
                Math.log10(slopeError),
                rest == Rest.NEARLY && !isFlat(values, lossAtEnd) ? Rest.MOVING : rest);
    }

    /// Whether a move by a small part of each variable changes the loss over the minimum by a small part: so not in a
    /// narrow cycle far from 0.
    private boolean isFlat(Map<String, Double> values, double lossAtEnd) {
        double change = 0;
        for (int i = 0; i < objective.dimension(); i++) {
            double slope = Evaluation.value(objective.gradient().get(i), values::get);
            change += Math.abs(slope * values.get(objective.variables().get(i)));
        }
        return change < FLAT * Math.abs(lossAtEnd);
    }

    private double error(Expression e, Map<String, Double> values) {
        return RoundingError.of(
                e,
                name -> values.getOrDefault(name, Double.NaN),
                name -> objective.variables().contains(name)
                        ? NEARBY * Math.abs(values.getOrDefault(name, Double.NaN))
                        : 0);
    }
}
