package adamscope.stability;

import adamscope.formula.Evaluation;
import adamscope.formula.Expression;
import adamscope.formula.Expression.Binary;
import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.Constant;
import adamscope.formula.Expression.Reduction;
import adamscope.formula.Expression.Symbol;
import adamscope.formula.Expression.Unary;
import adamscope.optimizer.OptimizerRule;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// The power of x that a formula follows as x → 0, when each state follows a power of its own.
///
/// A weight is a linear form over (1, k, a₁, …, aₙ): k the degree of the objective, aᵢ the weight of state i. x has
/// weight 1, the gradient k − 1, a number 0. Of a sum the smaller weight leads; which one that is, is decided at a
/// point (1, k, a) in numbers. A formula that is 0 has no weight: null.
final class ScaleWeights {
    private final List<String> states;
    private final Map<String, Double> values;
    private final double[] point;
    private final String absent;
    private final Map<Expression, double[]> known = new IdentityHashMap<>();

    /// Weights at a point, with the name `absent` taken as 0.
    ScaleWeights(List<String> states, Map<String, Double> values, double[] point, String absent) {
        this.states = states;
        this.values = values;
        this.point = point;
        this.absent = absent;
    }

    /// The form (0, …, 0).
    static double[] none(int states) {
        return new double[2 + states];
    }

    /// The value of a form at the point; +∞ for null.
    double at(double[] form) {
        if (form == null) {
            return Double.POSITIVE_INFINITY;
        }
        double sum = 0;
        for (int i = 0; i < form.length; i++) {
            sum += form[i] * point[i];
        }
        return sum;
    }

    /// The weight of a formula, null if it is 0.
    double[] of(Expression e) {
        if (known.containsKey(e)) {
            return known.get(e);
        }
        double[] form = switch (e) {
            case Constant(double value) -> value == 0 ? null : none(states.size());
            case Symbol(String name) -> name(name);
            case Unary(var operation, var a) ->
                switch (operation) {
                    case NEGATE, ABS -> of(a);
                    case SQRT -> scaled(of(a), 0.5);
                    case SIGN -> scaled(of(a), 0);
                    case EXP, LOG, SIN, COS, TANH -> none(states.size());
                };
            case Binary(var operation, var a, var b) -> binary(operation, a, b);
            case Reduction(var kind, var _) ->
                throw new IllegalStateException(kind.word() + " must be written out by coordinates");
        };
        known.put(e, form);
        return form;
    }

    private double[] name(String name) {
        if (name.equals(absent)) {
            return null;
        }
        double[] form = none(states.size());
        if (name.equals(OptimizerRule.PARAMETER)) {
            form[0] = 1;
        } else if (name.equals(OptimizerRule.GRADIENT)) {
            form[0] = -1;
            form[1] = 1;
        } else if (states.contains(name)) {
            form[2 + states.indexOf(name)] = 1;
        }
        return form;
    }

    private double[] binary(BinaryOperation operation, Expression a, Expression b) {
        return switch (operation) {
            case ADD, SUBTRACT, MIN, MAX -> leading(of(a), of(b));
            case MULTIPLY -> sum(of(a), of(b), 1);
            case DIVIDE -> sum(of(a), of(b), -1);
            case POWER -> scaled(of(a), exponent(b));
        };
    }

    /// The value of an exponent, which must not change along a run.
    double exponent(Expression e) {
        return Evaluation.value(e, name -> {
            Double value = values.get(name);
            if (value == null) {
                throw new SymmetryException("the exponent contains " + name
                        + ", so the power of x depends on it; give it one value to derive the scale-free system");
            }
            return value;
        });
    }

    private double[] leading(double[] a, double[] b) {
        return a == null || b != null && at(b) < at(a) ? b : a;
    }

    private static double[] sum(double[] a, double[] b, double sign) {
        if (a == null || b == null) {
            return null;
        }
        double[] sum = a.clone();
        Arrays.setAll(sum, i -> a[i] + sign * b[i]);
        return sum;
    }

    private static double[] scaled(double[] a, double factor) {
        return a == null ? null : Arrays.stream(a).map(c -> c * factor).toArray();
    }
}
