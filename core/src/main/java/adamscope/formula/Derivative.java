package adamscope.formula;

import static adamscope.formula.Algebra.add;
import static adamscope.formula.Algebra.apply;
import static adamscope.formula.Algebra.divide;
import static adamscope.formula.Algebra.multiply;
import static adamscope.formula.Algebra.negate;
import static adamscope.formula.Algebra.power;
import static adamscope.formula.Algebra.subtract;

import adamscope.formula.Expression.Binary;
import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.Constant;
import adamscope.formula.Expression.Reduction;
import adamscope.formula.Expression.Symbol;
import adamscope.formula.Expression.Unary;
import adamscope.formula.Expression.UnaryOperation;
import java.util.IdentityHashMap;
import java.util.Map;

/// The symbolic derivative ∂e/∂name.
///
/// |a|' = sign(a)·a' and sign(a)' = 0 (so undefined points at a = 0 read 0); min and max follow the smaller and larger
/// argument, and average both at a tie. A reduction is differentiated only after it has been written out by
/// coordinates.
public final class Derivative {
    private final String name;
    private final Map<Expression, Expression> known = new IdentityHashMap<>();

    private Derivative(String name) {
        this.name = name;
    }

    /// ∂expression/∂name, with shared sub-formulas kept shared.
    public static Expression of(Expression expression, String name) {
        return new Derivative(name).derive(expression);
    }

    private Expression derive(Expression e) {
        Expression done = known.get(e);
        if (done == null) {
            done = switch (e) {
                case Constant _ -> Expression.ZERO;
                case Symbol(String symbol) -> symbol.equals(name) ? Expression.ONE : Expression.ZERO;
                case Unary(UnaryOperation operation, Expression a) -> unary(e, operation, a);
                case Binary(BinaryOperation operation, Expression a, Expression b) -> binary(e, operation, a, b);
                case Reduction(var kind, var _) ->
                    throw new IllegalStateException(kind.word() + " must be written out before it is differentiated");
            };
            known.put(e, done);
        }
        return done;
    }

    private Expression unary(Expression e, UnaryOperation operation, Expression a) {
        Expression da = derive(a);
        if (Algebra.isZero(da)) {
            return Expression.ZERO;
        }
        return switch (operation) {
            case NEGATE -> negate(da);
            case SQRT -> divide(da, multiply(new Constant(2), e));
            case ABS -> multiply(apply(UnaryOperation.SIGN, a), da);
            case SIGN -> Expression.ZERO;
            case EXP -> multiply(e, da);
            case LOG -> divide(da, a);
            case SIN -> multiply(apply(UnaryOperation.COS, a), da);
            case COS -> negate(multiply(apply(UnaryOperation.SIN, a), da));
            case TANH -> multiply(subtract(Expression.ONE, multiply(e, e)), da);
        };
    }

    private Expression binary(Expression e, BinaryOperation operation, Expression a, Expression b) {
        Expression da = derive(a);
        Expression db = derive(b);
        return switch (operation) {
            case ADD -> add(da, db);
            case SUBTRACT -> subtract(da, db);
            case MULTIPLY -> add(multiply(da, b), multiply(a, db));
            case DIVIDE -> quotient(e, a, b, da, db);
            case POWER -> power(e, a, b, da, db);
            case MIN -> selected(apply(UnaryOperation.SIGN, subtract(b, a)), da, db);
            case MAX -> selected(apply(UnaryOperation.SIGN, subtract(a, b)), da, db);
        };
    }

    private static Expression quotient(Expression e, Expression a, Expression b, Expression da, Expression db) {
        return Algebra.isZero(db) ? divide(da, b) : divide(subtract(da, multiply(e, db)), b);
    }

    private static Expression power(Expression e, Expression a, Expression b, Expression da, Expression db) {
        Expression byBase = multiply(multiply(b, Algebra.power(a, subtract(b, Expression.ONE))), da);
        Expression byExponent =
                Algebra.isZero(db) ? Expression.ZERO : multiply(multiply(e, apply(UnaryOperation.LOG, a)), db);
        return add(Algebra.isZero(da) ? Expression.ZERO : byBase, byExponent);
    }

    /// da where `preferFirst` is 1, db where it is -1, their mean where it is 0.
    private static Expression selected(Expression preferFirst, Expression da, Expression db) {
        Expression half = new Constant(0.5);
        Expression first = multiply(half, add(Expression.ONE, preferFirst));
        Expression second = multiply(half, subtract(Expression.ONE, preferFirst));
        return add(multiply(first, da), multiply(second, db));
    }
}
