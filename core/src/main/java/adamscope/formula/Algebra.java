package adamscope.formula;

import adamscope.formula.Expression.Binary;
import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.Constant;
import adamscope.formula.Expression.Unary;
import adamscope.formula.Expression.UnaryOperation;

/// Builds expressions with the obvious simplifications: constants folded, 0 and 1 removed.
///
/// For derived formulas only. What a user wrote is never rearranged, since that would change its rounding.
public final class Algebra {
    private Algebra() {}

    public static Expression add(Expression a, Expression b) {
        if (a instanceof Constant p && b instanceof Constant q) {
            return new Constant(p.value() + q.value());
        }
        if (isZero(a)) {
            return b;
        }
        if (isZero(b)) {
            return a;
        }
        if (b instanceof Unary(var op, var inner) && op == UnaryOperation.NEGATE) {
            return subtract(a, inner);
        }
        return new Binary(BinaryOperation.ADD, a, b);
    }

    public static Expression subtract(Expression a, Expression b) {
        if (a instanceof Constant p && b instanceof Constant q) {
            return new Constant(p.value() - q.value());
        }
        if (isZero(a)) {
            return negate(b);
        }
        if (isZero(b)) {
            return a;
        }
        return new Binary(BinaryOperation.SUBTRACT, a, b);
    }

    public static Expression multiply(Expression a, Expression b) {
        if (isZero(a) || isZero(b)) {
            return Expression.ZERO;
        }
        if (isOne(a)) {
            return b;
        }
        if (isOne(b)) {
            return a;
        }
        if (a instanceof Constant p && b instanceof Constant q) {
            return new Constant(p.value() * q.value());
        }
        if (b instanceof Constant) {
            return multiply(b, a);
        }
        if (a instanceof Constant p && b instanceof Binary(var op, var left, var right)) {
            if (op == BinaryOperation.MULTIPLY && left instanceof Constant q) {
                return multiply(new Constant(p.value() * q.value()), right);
            }
            if (op == BinaryOperation.DIVIDE && right instanceof Constant q) {
                return multiply(new Constant(p.value() / q.value()), left);
            }
        }
        if (a instanceof Unary(var op, var inner) && op == UnaryOperation.NEGATE) {
            return negate(multiply(inner, b));
        }
        if (b instanceof Unary(var op, var inner) && op == UnaryOperation.NEGATE) {
            return negate(multiply(a, inner));
        }
        return new Binary(BinaryOperation.MULTIPLY, a, b);
    }

    public static Expression divide(Expression a, Expression b) {
        if (isZero(a) && !isZero(b)) {
            return Expression.ZERO;
        }
        if (isOne(b)) {
            return a;
        }
        if (a instanceof Constant p && b instanceof Constant q) {
            return new Constant(p.value() / q.value());
        }
        if (b instanceof Constant q && a instanceof Binary(var op, var left, var right)) {
            if (op == BinaryOperation.MULTIPLY && left instanceof Constant p) {
                return multiply(new Constant(p.value() / q.value()), right);
            }
        }
        return new Binary(BinaryOperation.DIVIDE, a, b);
    }

    public static Expression power(Expression base, Expression exponent) {
        if (isZero(exponent)) {
            return Expression.ONE;
        }
        if (isOne(exponent)) {
            return base;
        }
        if (base instanceof Constant p && exponent instanceof Constant q) {
            return new Constant(StrictMath.pow(p.value(), q.value()));
        }
        return new Binary(BinaryOperation.POWER, base, exponent);
    }

    public static Expression negate(Expression a) {
        if (a instanceof Constant c) {
            return new Constant(-c.value());
        }
        if (a instanceof Unary(var op, var inner) && op == UnaryOperation.NEGATE) {
            return inner;
        }
        return new Unary(UnaryOperation.NEGATE, a);
    }

    public static Expression apply(UnaryOperation operation, Expression a) {
        return operation == UnaryOperation.NEGATE ? negate(a) : new Unary(operation, a);
    }

    static boolean isZero(Expression e) {
        return e instanceof Constant c && c.value() == 0;
    }

    static boolean isOne(Expression e) {
        return e instanceof Constant c && c.value() == 1;
    }
}
