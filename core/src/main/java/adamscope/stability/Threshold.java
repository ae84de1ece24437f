package adamscope.stability;

import adamscope.dynamics.ClosedMap;
import adamscope.formula.Derivative;
import adamscope.formula.Evaluation;
import adamscope.formula.Expression;
import adamscope.formula.Expression.Symbol;
import adamscope.kernel.Recurrence;
import adamscope.kernel.Recurrence.Component;
import adamscope.linear.Spectrum;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.StateVariable;
import adamscope.optimizer.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/// The stability threshold of an optimizer with its preconditioner frozen, derived from its rule.
///
/// On L = λx²/2 with the preconditioner held at 1 the rule is a linear map of x and the states that x depends on and
/// that
/// depend on x; running powers βᵗ have died out. The threshold is the smallest λ > 0 at which the spectral radius of
/// that
/// map passes 1. For a rule with a preconditioner P it bounds the eigenvalues of P⁻¹H, for one without those of H
/// [Cohen et al. 2022, Table 1 and appendix A].
public final class Threshold {
    private static final String CURVATURE = "λ";

    /// A step long after the start.
    public static final double LATE = 1e15;

    private static final double LOWEST = 1e-6;
    private static final double HIGHEST = 1e9;

    private final OptimizerRule rule;
    private final Map<String, Double> values;
    private final Recurrence map;
    private final List<List<Expression>> jacobian = new ArrayList<>();
    private final double step;

    private Threshold(OptimizerRule rule, Map<String, Double> chosen, double step) {
        if (!(step >= 1)) {
            throw new IllegalArgumentException("step = " + step + " is outside [1, inf)");
        }
        this.rule = rule;
        this.step = step;
        this.values = rule.values(chosen);
        FormulaObjective quadratic = new FormulaObjective(
                CURVATURE + "*x^2/2",
                List.of("x"),
                Expression.ZERO,
                List.of(new Expression.Binary(
                        Expression.BinaryOperation.MULTIPLY, new Symbol(CURVATURE), new Symbol("x"))));
        this.map = ClosedMap.of(frozen(rule), quadratic, ClosedMap.Start.ZERO);
        for (Component row : map.components()) {
            jacobian.add(map.components().stream()
                    .map(column -> Derivative.of(row.next(), column.name()))
                    .toList());
        }
    }

    /// η times the threshold: 38 for Adam at β₁ = 0.9.
    ///
    /// @param chosen hyper-parameters that differ from the standard ones
    /// @return empty when no curvature makes the frozen rule unstable, because its step does not grow with the gradient
    ///         (sign methods)
    /// @throws IllegalArgumentException if the rule divides by a state without marking it as its preconditioner
    public static OptionalDouble timesLearningRate(OptimizerRule rule, Map<String, Double> chosen) {
        return timesLearningRate(rule, chosen, LATE);
    }

    /// The same at a step, for rules that depend on the step t itself; see [#dependsOnStep].
    public static OptionalDouble timesLearningRate(OptimizerRule rule, Map<String, Double> chosen, double step) {
        double learningRate = rule.values(chosen).get(rule.hyper("lr").name());
        OptionalDouble curvature = new Threshold(rule, chosen, step).smallestUnstable();
        return curvature.isEmpty() ? curvature : OptionalDouble.of(curvature.getAsDouble() * learningRate);
    }

    /// The threshold itself, in the units of P⁻¹H: 38/η for Adam at β₁ = 0.9.
    public static OptionalDouble curvature(OptimizerRule rule, Map<String, Double> chosen) {
        return new Threshold(rule, chosen, LATE).smallestUnstable();
    }

    /// The factor per step at which the frozen rule grows on a curvature so many times the threshold, and how fast that
    /// factor rises with the curvature just beyond it.
    ///
    /// @param factor spectral radius at `times` the threshold: 1.2 for gradient descent at 1.1 [Cohen et al. 2022,
    ///               Fig. 14]
    /// @param slope  d(spectral radius)/d(curvature/threshold) just above the threshold: 2 for gradient descent
    public record Growth(double times, double factor, double slope) {}

    /// The growth beyond the threshold; empty where there is no threshold.
    ///
    /// @throws IllegalArgumentException if `times` is below 1, where nothing grows
    public static java.util.Optional<Growth> growth(OptimizerRule rule, Map<String, Double> chosen, double times) {
        return growth(rule, chosen, times, LATE);
    }

    /// The same at a step.
    public static java.util.Optional<Growth> growth(
            OptimizerRule rule, Map<String, Double> chosen, double times, double step) {
        if (!(times >= 1) || Double.isInfinite(times)) {
            throw new IllegalArgumentException("times = " + times + " is outside [1, inf)");
        }
        Threshold threshold = new Threshold(rule, chosen, step);
        OptionalDouble at = threshold.smallestUnstable();
        if (at.isEmpty()) {
            return java.util.Optional.empty();
        }
        double lambda = at.getAsDouble();
        // one-sided differences extrapolated twice: the leading root is analytic there, so the error is of order h³
        double[] slopes = new double[3];
        for (int i = 0; i < 3; i++) {
            double h = 4e-6 / (1 << i);
            slopes[i] = (threshold.radius(lambda * (1 + h)) - 1) / h;
        }
        double coarse = 2 * slopes[1] - slopes[0];
        double fine = 2 * slopes[2] - slopes[1];
        return java.util.Optional.of(new Growth(times, threshold.radius(lambda * times), (4 * fine - coarse) / 3));
    }

    /// Whether the frozen rule depends on the step t other than through powers βᵗ, as with lr/(1 + t)^p: then its
    /// threshold changes from step to step.
    public static boolean dependsOnStep(OptimizerRule rule, Map<String, Double> chosen) {
        Threshold late = new Threshold(rule, chosen, LATE);
        Threshold early = new Threshold(rule, chosen, 1);
        double scale = 1 / late.values.get("lr");
        return !java.util.Arrays.deepEquals(late.jacobian(scale, 1), early.jacobian(scale, 1));
    }

    private static OptimizerRule frozen(OptimizerRule rule) {
        List<Statement> statements = rule.statements().stream()
                .map(s -> s instanceof Statement.Precondition(String name, var _)
                        ? new Statement.Precondition(name, Expression.ONE)
                        : s)
                .toList();
        return new OptimizerRule(
                rule.name(), rule.note(), rule.text(), rule.hyperParameters(), rule.states(), statements);
    }

    private OptionalDouble smallestUnstable() {
        double scale = 1 / values.get("lr");
        refuseHiddenScaling(scale);
        double stable = LOWEST;
        while (stable > Double.MIN_NORMAL * 10 && radius(stable * scale) > 1 + 1e-12) {
            stable /= 10;
        }
        for (double lambda = stable; lambda < HIGHEST; lambda *= 1.05) {
            if (radius(lambda * scale) > 1 + 1e-12) {
                return OptionalDouble.of(bisected(stable * scale, lambda * scale));
            }
            stable = lambda;
        }
        return OptionalDouble.empty();
    }

    private double bisected(double stable, double unstable) {
        double low = stable;
        double high = unstable;
        while (high - low > 2 * Math.ulp(high)) {
            double middle = 0.5 * (low + high);
            if (radius(middle) > 1) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    private double radius(double curvature) {
        double[][] all = jacobian(curvature, 1);
        List<Integer> coupled = new ArrayList<>(coupledToParameter(all));
        double[][] part = new double[coupled.size()][coupled.size()];
        for (int i = 0; i < part.length; i++) {
            for (int j = 0; j < part.length; j++) {
                part[i][j] = all[coupled.get(i)][coupled.get(j)];
            }
        }
        return Spectrum.radius(part);
    }

    /// ∂next/∂component at x = 0 with every state that the gradient drives at `states`, with βᵗ = 0. A state that runs
    /// on its own schedule is taken at its start.
    private double[][] jacobian(double curvature, double states) {
        Map<String, Double> at = new HashMap<>(values);
        at.put(CURVATURE, curvature);
        at.put(OptimizerRule.STEP, step);
        at.put(OptimizerRule.PARAMETER, 0.0);
        Set<String> driven = map.drivenBy(Set.of(OptimizerRule.PARAMETER));
        for (StateVariable state : rule.states()) {
            at.put(state.name(), driven.contains(state.name()) ? states : Evaluation.value(state.start(), at::get));
        }
        var evaluation = Evaluation.at(name -> at.getOrDefault(name, 0.0));
        return jacobian.stream()
                .map(row -> row.stream().mapToDouble(evaluation).toArray())
                .toArray(double[][]::new);
    }

    /// The components that x influences and that influence x, x itself first.
    private static Set<Integer> coupledToParameter(double[][] matrix) {
        Set<Integer> downstream = reached(matrix, true);
        downstream.retainAll(reached(matrix, false));
        return downstream;
    }

    private static Set<Integer> reached(double[][] matrix, boolean forward) {
        Set<Integer> reached = new TreeSet<>(Set.of(0));
        boolean grew = true;
        while (grew) {
            grew = false;
            for (int from : List.copyOf(reached)) {
                for (int to = 0; to < matrix.length; to++) {
                    double link = forward ? matrix[to][from] : matrix[from][to];
                    grew |= link != 0 && reached.add(to);
                }
            }
        }
        return reached;
    }

    /// A linear frozen rule has the same Jacobian wherever its states are.
    private void refuseHiddenScaling(double curvature) {
        double[][] here = jacobian(curvature, 1);
        double[][] there = jacobian(curvature, 2);
        for (int column : coupledToParameter(here)) {
            double a = here[0][column];
            double b = there[0][column];
            if (Math.abs(a - b) > 1e-9 * Math.max(Math.abs(a), Math.abs(b))) {
                throw new IllegalArgumentException(rule.name()
                        + " scales its step by a state that no 'precondition' line names, so there is nothing to"
                        + " freeze; write the scale as 'precondition P = …' and divide by P");
            }
        }
    }
}
