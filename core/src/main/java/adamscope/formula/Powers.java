package adamscope.formula;

import adamscope.formula.Expression.Binary;
import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.Constant;
import adamscope.formula.Expression.Unary;
import adamscope.formula.Expression.UnaryOperation;

/// Powers with a constant integer or half-integer exponent as products and roots, so that every evaluator rounds alike.
///
/// a² = a·a, a³ = a²·a, a⁴ = a²·a²; a^(-n) = 1/aⁿ; a^½ = √a. Other exponents stay powers.
public final class Powers {
    private static final int LARGEST = 1024;

    private Powers() {}

    /// The formula with every such power written out.
    public static Expression writtenOut(Expression e) {
        return Rewriting.rewrite(e, Powers::product);
    }

    /// The product for one power node, or null where the node is something else.
    public static Expression product(Expression node) {
        if (!(node instanceof Binary(var operation, var base, var exponent)
                && operation == BinaryOperation.POWER
                && exponent instanceof Constant(double n))) {
            return null;
        }
        if (n == 0.5) {
            return new Unary(UnaryOperation.SQRT, base);
        }
        if (n != Math.rint(n) || Math.abs(n) > LARGEST) {
            return null;
        }
        if (n == 0) {
            return Expression.ONE;
        }
        Expression positive = positive(base, (int) Math.abs(n));
        return n > 0 ? positive : new Binary(BinaryOperation.DIVIDE, Expression.ONE, positive);
    }

    private static Expression positive(Expression base, int n) {
        if (n == 1) {
            return base;
        }
        if (n % 2 == 1) {
            return new Binary(BinaryOperation.MULTIPLY, positive(base, n - 1), base);
        }
        Expression half = positive(base, n / 2);
        return new Binary(BinaryOperation.MULTIPLY, half, half);
    }
}
