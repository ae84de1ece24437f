package adamscope.formula;

import adamscope.formula.Expression.Binary;
import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.Constant;
import adamscope.formula.Expression.Reduction;
import adamscope.formula.Expression.Symbol;
import adamscope.formula.Expression.Unary;
import adamscope.formula.Expression.UnaryOperation;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// How far a formula in double arithmetic may be from its exact value, where its names are rounded too.
///
/// A running error bound: each operation adds half a unit in the last place of its result to what its arguments bring.
/// A sum that cancels keeps the error of its terms, and a product whose factors vanish keeps next to none, so that
/// x²/2 is known to all digits at 10⁻⁹², and x⁴/4 − x²/2 + 1/4 at 1 to 10⁻¹⁶ only.
public final class RoundingError {
    private static final double UNIT = 0x1p-53;

    private final ToDoubleFunction<String> values;
    private final ToDoubleFunction<String> errors;
    private final Map<Expression, Bounded> known = new IdentityHashMap<>();

    private record Bounded(double value, double error) {}

    private RoundingError(ToDoubleFunction<String> values, ToDoubleFunction<String> errors) {
        this.values = values;
        this.errors = errors;
    }

    /// A bound of the error of a value.
    ///
    /// @param values of the names
    /// @param errors how far each name may be from its exact value
    public static double of(Expression e, ToDoubleFunction<String> values, ToDoubleFunction<String> errors) {
        return new RoundingError(values, errors).walk(e).error;
    }

    private Bounded walk(Expression e) {
        Bounded done = known.get(e);
        if (done == null) {
            done = switch (e) {
                case Constant(double value) -> new Bounded(value, 0);
                case Symbol(String name) -> new Bounded(values.applyAsDouble(name), errors.applyAsDouble(name));
                case Unary(var operation, var a) -> unary(operation, walk(a));
                case Binary(var operation, var a, var b) -> binary(operation, walk(a), walk(b));
                case Reduction(var _, var a) -> walk(a);
            };
            known.put(e, done);
        }
        return done;
    }

    private static Bounded unary(UnaryOperation operation, Bounded a) {
        double value = Evaluation.apply(operation, a.value);
        return switch (operation) {
            case NEGATE, ABS -> new Bounded(value, a.error);
            // Where a sign may be either, it is no rounding that makes it so: the formula jumps there.
            case SIGN -> new Bounded(value, 0);
            case SQRT -> rounded(value, a.error < a.value ? a.error / (2 * value) : Math.sqrt(a.error), 1);
            case EXP -> rounded(value, value * Math.expm1(a.error), 2);
            case LOG -> rounded(value, a.error / Math.abs(a.value), 2);
            case SIN, COS -> rounded(value, Math.min(2, a.error), 2);
            case TANH -> rounded(value, Math.min(2, a.error), 3);
        };
    }

    private static Bounded binary(BinaryOperation operation, Bounded a, Bounded b) {
        double value = Evaluation.apply(operation, a.value, b.value);
        return switch (operation) {
            case ADD, SUBTRACT -> rounded(value, a.error + b.error, 1);
            case MULTIPLY ->
                rounded(value, Math.abs(a.value) * b.error + Math.abs(b.value) * a.error + a.error * b.error, 1);
            case DIVIDE -> rounded(value, (a.error + Math.abs(value) * b.error) / Math.abs(b.value), 1);
            case POWER -> rounded(value, powerError(a, b), 4);
            case MIN, MAX -> new Bounded(value, Math.max(a.error, b.error));
        };
    }

    /// (|a| + δ)^p − |a|^p, and what an error of the exponent brings.
    private static double powerError(Bounded a, Bounded b) {
        double base = Math.abs(a.value);
        double moved = Math.pow(base + a.error, b.value) - Math.pow(base, b.value);
        double exponent = b.error == 0 ? 0 : Math.pow(base, b.value) * Math.expm1(b.error * Math.abs(Math.log(base)));
        return a.error == 0 ? exponent : Math.abs(moved) + exponent;
    }

    private static Bounded rounded(double value, double error, double units) {
        return new Bounded(value, error + units * UNIT * Math.abs(value));
    }
}
