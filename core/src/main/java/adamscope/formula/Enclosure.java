package adamscope.formula;

import adamscope.formula.Expression.Binary;
import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.Constant;
import adamscope.formula.Expression.Reduction;
import adamscope.formula.Expression.Symbol;
import adamscope.formula.Expression.Unary;
import adamscope.formula.Expression.UnaryOperation;
import java.util.function.Function;

/// Where the values of a formula lie, from where those of its names lie: an enclosure, seldom the least one.
///
/// @param least    −∞ where there is no bound
/// @param greatest +∞ where there is none
public record Enclosure(double least, double greatest) {
    /// Any number.
    public static final Enclosure ALL = new Enclosure(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    /// One number.
    public static Enclosure of(double value) {
        return Double.isNaN(value) ? ALL : new Enclosure(value, value);
    }

    /// An enclosure of a formula.
    public static Enclosure of(Expression e, Function<String, Enclosure> names) {
        return switch (e) {
            case Constant(double value) -> of(value);
            case Symbol(String name) -> names.apply(name);
            case Unary(var operation, var a) -> of(a, names).mapped(operation);
            case Binary(var operation, var a, var b) -> {
                Enclosure left = of(a, names);
                boolean square = operation == BinaryOperation.MULTIPLY && (a == b || a.equals(b));
                yield square ? left.power(2) : left.combined(operation, of(b, names));
            }
            case Reduction _ -> ALL;
        };
    }

    private Enclosure mapped(UnaryOperation operation) {
        return switch (operation) {
            case NEGATE -> new Enclosure(-greatest, -least);
            case SQRT -> new Enclosure(Math.sqrt(Math.max(0, least)), Math.sqrt(Math.max(0, greatest)));
            case ABS -> new Enclosure(nearest(), furthest());
            case SIGN -> new Enclosure(Math.signum(least), Math.signum(greatest));
            case EXP -> new Enclosure(Math.exp(least), Math.exp(greatest));
            case LOG -> new Enclosure(Math.log(Math.max(0, least)), Math.log(Math.max(0, greatest)));
            case SIN -> least == greatest ? of(Math.sin(least)) : new Enclosure(-1, 1);
            case COS -> least == greatest ? of(Math.cos(least)) : new Enclosure(-1, 1);
            case TANH -> new Enclosure(Math.tanh(least), Math.tanh(greatest));
        };
    }

    private Enclosure combined(BinaryOperation operation, Enclosure b) {
        return switch (operation) {
            case ADD -> new Enclosure(least + b.least, greatest + b.greatest);
            case SUBTRACT -> new Enclosure(least - b.greatest, greatest - b.least);
            case MULTIPLY -> times(b);
            case DIVIDE -> b.least > 0 || b.greatest < 0 ? times(b.inverse()) : ALL;
            case POWER ->
                b.least == b.greatest
                        ? power(b.least)
                        : least >= 1 && b.least >= 0 ? atLeast(1) : least >= 0 ? atLeast(0) : ALL;
            case MIN -> new Enclosure(Math.min(least, b.least), Math.min(greatest, b.greatest));
            case MAX -> new Enclosure(Math.max(least, b.least), Math.max(greatest, b.greatest));
        };
    }

    private static Enclosure atLeast(double least) {
        return new Enclosure(least, Double.POSITIVE_INFINITY);
    }

    private double nearest() {
        return least <= 0 && greatest >= 0 ? 0 : Math.min(Math.abs(least), Math.abs(greatest));
    }

    private double furthest() {
        return Math.max(Math.abs(least), Math.abs(greatest));
    }

    private Enclosure inverse() {
        return new Enclosure(1 / greatest, 1 / least);
    }

    /// The corners; 0 times what has no bound is 0.
    private Enclosure times(Enclosure b) {
        double[] corners = {
            product(least, b.least),
            product(least, b.greatest),
            product(greatest, b.least),
            product(greatest, b.greatest)
        };
        return new Enclosure(
                Math.min(Math.min(corners[0], corners[1]), Math.min(corners[2], corners[3])),
                Math.max(Math.max(corners[0], corners[1]), Math.max(corners[2], corners[3])));
    }

    private static double product(double a, double b) {
        return a == 0 || b == 0 ? 0 : a * b;
    }

    private Enclosure power(double p) {
        boolean even = p > 0 && p == 2 * Math.rint(p / 2);
        if (even) {
            return new Enclosure(Math.pow(nearest(), p), Math.pow(furthest(), p));
        }
        if (p > 0 && (least >= 0 || p == Math.rint(p))) {
            return new Enclosure(Math.pow(least, p), Math.pow(greatest, p));
        }
        // A number whose root is no number has no such power: what is left of the base is not negative.
        return p > 0
                ? new Enclosure(0, Math.pow(Math.max(0, greatest), p))
                : atLeast(0).orAll(p, least);
    }

    private Enclosure orAll(double p, double base) {
        boolean odd = p == Math.rint(p) && p != 2 * Math.rint(p / 2);
        return odd && base < 0 ? ALL : this;
    }
}
