package adamscope.formula;

import adamscope.formula.Expression.Binary;
import adamscope.formula.Expression.Constant;
import adamscope.formula.Expression.Reduction;
import adamscope.formula.Expression.Symbol;
import adamscope.formula.Expression.Unary;
import java.util.Map;
import java.util.function.Function;

/// Numbers put in place of names, and everything computed that they make constant.
///
/// For derived formulas: the result is equal in exact arithmetic, not in its rounding.
public final class Folding {
    private Folding() {}

    /// A folding that remembers what it has met, so that several formulas keep sharing their common parts.
    public static Function<Expression, Expression> shared(Map<String, Double> values) {
        return Rewriting.shared(node -> folded(node, values));
    }

    private static Expression folded(Expression node, Map<String, Double> values) {
        return switch (node) {
            case Constant _ -> null;
            case Symbol(String name) -> values.containsKey(name) ? new Constant(values.get(name)) : null;
            case Unary(var operation, var a) ->
                a instanceof Constant(double value)
                        ? new Constant(Evaluation.apply(operation, value))
                        : Algebra.apply(operation, a);
            case Binary(var operation, var a, var b) ->
                a instanceof Constant(double left) && b instanceof Constant(double right)
                        ? new Constant(Evaluation.apply(operation, left, right))
                        : switch (operation) {
                            case ADD -> Algebra.add(a, b);
                            case SUBTRACT -> Algebra.subtract(a, b);
                            case MULTIPLY -> Algebra.multiply(a, b);
                            case DIVIDE -> Algebra.divide(a, b);
                            case POWER -> Algebra.power(a, b);
                            case MIN, MAX -> node;
                        };
            case Reduction _ -> null;
        };
    }
}
