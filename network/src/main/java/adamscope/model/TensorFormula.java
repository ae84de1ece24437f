package adamscope.model;

import adamscope.formula.Evaluation;
import adamscope.formula.Expression;
import adamscope.formula.Expression.Binary;
import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.Constant;
import adamscope.formula.Expression.Reduction;
import adamscope.formula.Expression.Symbol;
import adamscope.formula.Expression.Unary;
import adamscope.formula.Expression.UnaryOperation;
import adamscope.formula.PlainText;
import adamscope.formula.Rewriting;
import adamscope.tensor.Place;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// A formula by coordinate of tensors, on the graph of automatic differentiation: it can be differentiated twice.
///
/// What depends on numbers alone is computed in double and meets a tensor rounded once. |a| and sign have the slope 0
/// at 0; of equal arguments, min and max give each half of the slope.
final class TensorFormula {
    private final Function<String, FormulaValue> names;
    private final Map<Expression, FormulaValue> known = new IdentityHashMap<>();

    /// A number, or a tensor.
    sealed interface FormulaValue {}

    /// The same at every coordinate.
    record Number(double value) implements FormulaValue {}

    /// One for each coordinate.
    record Coordinates(Tensor tensor) implements FormulaValue {}

    /// @param names what each name stands for; asked once
    TensorFormula(Function<String, FormulaValue> names) {
        this.names = names;
    }

    /// The value, with the shape of the tensors in it; a tensor like `like` where there is none.
    Tensor value(Expression formula, Tensor like) {
        return switch (walk(formula)) {
            case Number(double value) -> torch.full_like(like.detach(), new Scalar(value));
            case Coordinates(Tensor tensor) -> tensor;
        };
    }

    private FormulaValue walk(Expression e) {
        FormulaValue done = known.get(e);
        if (done == null) {
            done = switch (e) {
                case Constant(double value) -> new Number(value);
                case Symbol(String name) -> names.apply(name);
                case Unary(var operation, var a) -> applied(operation, walk(a));
                case Binary(var operation, var a, var b) -> applied(operation, walk(a), walk(b));
                case Reduction _ -> throw new IllegalStateException("a reduction in a formula by coordinate");
            };
            known.put(e, done);
        }
        return done;
    }

    private static FormulaValue applied(UnaryOperation operation, FormulaValue a) {
        return switch (a) {
            case Number(double value) -> new Number(Evaluation.apply(operation, value));
            case Coordinates(Tensor tensor) -> new Coordinates(of(operation, tensor));
        };
    }

    private static Tensor of(UnaryOperation operation, Tensor a) {
        return switch (operation) {
            case NEGATE -> a.neg();
            case SQRT -> a.sqrt();
            case ABS -> a.abs();
            // libtorch's sign of NaN is 0
            case SIGN -> a.sign().masked_fill(a.isnan(), new Scalar(Double.NaN));
            case EXP -> a.exp();
            case LOG -> a.log();
            case SIN -> a.sin();
            case COS -> a.cos();
            case TANH -> a.tanh();
        };
    }

    private static FormulaValue applied(BinaryOperation operation, FormulaValue left, FormulaValue right) {
        if (left instanceof Number(double a) && right instanceof Number(double b)) {
            return new Number(Evaluation.apply(operation, a, b));
        }
        if (left instanceof Coordinates(Tensor a) && right instanceof Number(double b)) {
            return new Coordinates(of(operation, a, b));
        }
        Tensor like = left instanceof Coordinates(Tensor a) ? a : ((Coordinates) right).tensor();
        return new Coordinates(of(operation, tensor(left, like), tensor(right, like)));
    }

    private static Tensor tensor(FormulaValue value, Tensor like) {
        return switch (value) {
            case Number(double number) -> torch.scalar_tensor(new Scalar(number), like.options());
            case Coordinates(Tensor tensor) -> tensor;
        };
    }

    /// Powers of a fixed exponent have no logarithm in their derivative.
    private static Tensor of(BinaryOperation operation, Tensor a, double b) {
        return operation == BinaryOperation.POWER
                ? a.pow(new Scalar(b))
                : of(operation, a, torch.scalar_tensor(new Scalar(b), a.options()));
    }

    private static Tensor of(BinaryOperation operation, Tensor a, Tensor b) {
        return switch (operation) {
            case ADD -> a.add(b);
            case SUBTRACT -> a.sub(b);
            case MULTIPLY -> a.mul(b);
            case DIVIDE -> a.div(b);
            case POWER -> a.pow(b);
            case MIN -> torch.minimum(a, b);
            case MAX -> torch.maximum(a, b);
        };
    }

    /// Where a formula has no value though all that goes into it has one: the innermost part, and a place.
    Optional<String> fault(Expression formula) {
        List<Expression> parts = new ArrayList<>();
        Rewriting.rewrite(formula, part -> {
            parts.add(part);
            return null;
        });
        return parts.stream().map(this::faultOf).flatMap(Optional::stream).findFirst();
    }

    private Optional<String> faultOf(Expression part) {
        return switch (part) {
            case Constant _, Symbol _, Reduction _ -> Optional.empty();
            case Unary(var _, var a) -> fault(part, a, a);
            case Binary(var _, var a, var b) -> fault(part, a, b);
        };
    }

    private Optional<String> fault(Expression part, Expression left, Expression right) {
        double[] values = numbers(part);
        double[] a = numbers(left);
        double[] b = numbers(right);
        for (int i = 0; i < values.length; i++) {
            double first = a[a.length == 1 ? 0 : i];
            double second = b[b.length == 1 ? 0 : i];
            if (!Double.isFinite(values[i]) && Double.isFinite(first) && Double.isFinite(second)) {
                return Optional.of(String.format(
                        Locale.ROOT,
                        "%s is %s where %s",
                        new PlainText().write(part),
                        Double.isNaN(values[i]) ? "no number" : "too large or infinite",
                        arguments(left, first, right, second)));
            }
        }
        return Optional.empty();
    }

    private static String arguments(Expression left, double first, Expression right, double second) {
        String one = said(left, first);
        String other = left == right ? "" : said(right, second);
        return one + (one.isEmpty() || other.isEmpty() ? "" : " and ") + other;
    }

    private static String said(Expression part, double value) {
        return part instanceof Constant
                ? ""
                : String.format(Locale.ROOT, "%s = %.4g", new PlainText().write(part), value);
    }

    private double[] numbers(Expression part) {
        return switch (walk(part)) {
            case Number(double value) -> new double[] {value};
            case Coordinates(Tensor tensor) -> Place.numbers(tensor.detach());
        };
    }
}
