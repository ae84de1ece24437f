package adamscope.formula;

import adamscope.formula.Expression.Binary;
import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.Constant;
import adamscope.formula.Expression.Reduction;
import adamscope.formula.Expression.ReductionKind;
import adamscope.formula.Expression.Symbol;
import adamscope.formula.Expression.Unary;
import adamscope.formula.Expression.UnaryOperation;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// The value of a formula at one point, in double arithmetic: for domains, Jacobians and checks, not for long runs.
///
/// Reductions are taken of a scalar. Non-integer powers, exp and log are those of `StrictMath` (error below 1 ulp).
public final class Evaluation {
    private final ToDoubleFunction<String> values;
    private final Map<Expression, Double> known = new IdentityHashMap<>();

    private Evaluation(ToDoubleFunction<String> values) {
        this.values = values;
    }

    /// The value with names looked up in `values`.
    public static double value(Expression e, ToDoubleFunction<String> values) {
        return new Evaluation(values).walk(e);
    }

    /// An evaluation that remembers shared parts across several formulas at the same point.
    public static ToDoubleFunction<Expression> at(ToDoubleFunction<String> values) {
        return new Evaluation(values)::walk;
    }

    /// One operation in double arithmetic.
    public static double apply(UnaryOperation operation, double a) {
        return switch (operation) {
            case NEGATE -> -a;
            case SQRT -> Math.sqrt(a);
            case ABS -> Math.abs(a);
            case SIGN -> Math.signum(a);
            case EXP -> StrictMath.exp(a);
            case LOG -> StrictMath.log(a);
            case SIN -> StrictMath.sin(a);
            case COS -> StrictMath.cos(a);
            case TANH -> StrictMath.tanh(a);
        };
    }

    /// One operation in double arithmetic.
    public static double apply(BinaryOperation operation, double a, double b) {
        return switch (operation) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case POWER -> StrictMath.pow(a, b);
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
        };
    }

    private double walk(Expression e) {
        Double done = known.get(e);
        if (done == null) {
            done = switch (e) {
                case Constant(double value) -> value;
                case Symbol(String name) -> values.applyAsDouble(name);
                case Unary(var operation, var a) -> apply(operation, walk(a));
                case Binary(var operation, var a, var b) -> apply(operation, walk(a), walk(b));
                case Reduction(ReductionKind kind, var a) -> ofScalar(kind, walk(a));
            };
            known.put(e, done);
        }
        return done;
    }

    private static double ofScalar(ReductionKind kind, double a) {
        return switch (kind) {
            case NORM, RMS -> Math.abs(a);
            case MEAN, SUM, ROW_MEAN, COLUMN_MEAN -> a;
            case ORTHOGONALIZE -> throw new IllegalArgumentException("orthogonalize needs a matrix, not a scalar");
        };
    }
}
