package adamscope.formula;

import adamscope.formula.Expression.Binary;
import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.Constant;
import adamscope.formula.Expression.Reduction;
import adamscope.formula.Expression.Symbol;
import adamscope.formula.Expression.Unary;
import adamscope.formula.Expression.UnaryOperation;

/// A way of writing formulas down: plain text that parses again, LaTeX, MathML.
///
/// Implementations say how each construct looks; the order of operations and the parentheses are decided here.
public interface Notation {
    /// A number.
    String number(double value);

    /// A name.
    default String name(String name) {
        return name;
    }

    /// a op b for + and −.
    default String sum(String a, BinaryOperation operation, String b) {
        return a + " " + operation.word() + " " + b;
    }

    /// a·b.
    String product(String a, String b);

    /// a/b; `a` and `b` come without parentheses when [#fractionsGroup()] is true.
    String fraction(String a, String b);

    /// a to the power b; `b` comes without parentheses when [#fractionsGroup()] is true.
    String power(String a, String b);

    /// √a.
    String root(String a);

    /// |a|.
    String magnitude(String a);

    /// −a.
    default String negation(String a) {
        return "-" + a;
    }

    /// A function applied to written arguments.
    default String function(String word, String... arguments) {
        return word + grouped(String.join(", ", arguments));
    }

    /// (a).
    default String grouped(String a) {
        return "(" + a + ")";
    }

    /// Whether fractions and exponents are laid out so that they need no parentheses.
    default boolean fractionsGroup() {
        return false;
    }

    /// The formula in this notation.
    default String write(Expression e) {
        return switch (e) {
            case Constant(double value) -> value < 0 ? negation(number(-value)) : number(value);
            case Symbol(String name) -> name(name);
            case Unary(UnaryOperation operation, Expression a) -> unary(operation, a);
            case Binary(BinaryOperation operation, Expression a, Expression b) -> binary(operation, a, b);
            case Reduction(var kind, Expression a) -> function(kind.word(), write(a));
        };
    }

    private String unary(UnaryOperation operation, Expression a) {
        return switch (operation) {
            case NEGATE -> negation(written(a, 3));
            case SQRT -> root(write(a));
            case ABS -> magnitude(write(a));
            case SIGN, EXP, LOG, SIN, COS, TANH -> function(operation.word(), write(a));
        };
    }

    private String binary(BinaryOperation operation, Expression a, Expression b) {
        return switch (operation) {
            case ADD -> sum(written(a, 1), operation, written(b, 2));
            case SUBTRACT -> sum(written(a, 1), operation, written(b, 2));
            case MULTIPLY -> product(written(a, 2), written(b, 3));
            case DIVIDE -> fractionsGroup() ? fraction(write(a), write(b)) : fraction(written(a, 2), written(b, 3));
            case POWER -> power(written(a, 5), fractionsGroup() ? write(b) : written(b, 5));
            case MIN, MAX -> function(operation.word(), write(a), write(b));
        };
    }

    /// Parentheses around what binds less than `strength` (1 sum, 2 product, 3 negation, 4 power, 5 atom).
    private String written(Expression e, int strength) {
        String text = write(e);
        return strength(e) < strength ? grouped(text) : text;
    }

    private int strength(Expression e) {
        return switch (e) {
            case Constant(double value) -> value < 0 ? 2 : 5;
            case Symbol _, Reduction _ -> 5;
            case Unary(UnaryOperation operation, var _) -> operation == UnaryOperation.NEGATE ? 2 : 5;
            case Binary(BinaryOperation operation, var _, var _) ->
                switch (operation) {
                    case ADD, SUBTRACT -> 1;
                    case MULTIPLY -> 2;
                    case DIVIDE -> fractionsGroup() ? 4 : 2;
                    case POWER -> 4;
                    case MIN, MAX -> 5;
                };
        };
    }
}
