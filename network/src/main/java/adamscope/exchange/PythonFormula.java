package adamscope.exchange;

import adamscope.formula.Enclosure;
import adamscope.formula.Expression;
import adamscope.formula.Expression.Binary;
import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.Constant;
import adamscope.formula.Expression.Reduction;
import adamscope.formula.Expression.ReductionKind;
import adamscope.formula.Expression.Symbol;
import adamscope.formula.Expression.Unary;
import adamscope.formula.Expression.UnaryOperation;
import adamscope.formula.Notation;
import adamscope.formula.PlainText;
import adamscope.optimizer.OptimizerRule;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Formulas of a rule as Python expressions on tensors of torch or arrays of jax.
///
/// Numbers of Python raise where those of the rule become infinite or NaN (1/0, the root of −1): where the domains of
/// the hyper-parameters do not exclude that, a function of the written file is called instead of the operator.
final class PythonFormula implements Notation {
    /// What the arrays are of.
    enum Library {
        TORCH("torch."),
        JAX("jnp.");

        private final String prefix;

        Library(String prefix) {
            this.prefix = prefix;
        }
    }

    private static final Pattern SIMPLE = Pattern.compile("[\\p{L}\\p{Nd}_.]+");

    /// Python's parser takes 200 parentheses inside one another.
    private static final int DEEPEST = 150;

    private final PythonRule rule;
    private final Map<String, String> names;
    private final Library library;
    private final Set<String> functions;

    /// @param functions takes the names of functions that the file must hold
    private PythonFormula(PythonRule rule, Map<String, String> names, Library library, Set<String> functions) {
        this.rule = rule;
        this.names = names;
        this.library = library;
        this.functions = functions;
    }

    static PythonFormula of(PythonRule rule, Library library) {
        return new PythonFormula(rule, rule.names(), library, new TreeSet<>());
    }

    /// The same with other names.
    PythonFormula named(Map<String, String> other) {
        return new PythonFormula(rule, other, library, functions);
    }

    /// Functions that what was written calls and the file must hold.
    Set<String> functions() {
        return functions;
    }

    /// The formula of one line.
    ///
    /// @throws IllegalArgumentException if Python cannot read it
    String line(Expression e) {
        String text = write(e);
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth > DEEPEST) {
                throw new IllegalArgumentException(rule.rule().name() + ": a line with more than " + DEEPEST
                        + " parentheses inside one another cannot be exported, Python's parser takes 200;"
                        + " name a part of it by a line of its own");
            }
        }
        return text;
    }

    /// −e, the sign at the first factor.
    String negated(Expression e) {
        boolean sum = e instanceof Binary(var operation, var _, var _)
                && (operation == BinaryOperation.ADD || operation == BinaryOperation.SUBTRACT);
        boolean signed = e instanceof Unary(var operation, var _) && operation == UnaryOperation.NEGATE;
        return sum || signed ? "-" + grouped(line(e)) : "-" + line(e);
    }

    @Override
    public String write(Expression e) {
        return switch (e) {
            case Constant _, Symbol _ -> Notation.super.write(e);
            case Unary(var operation, var a) when operation != UnaryOperation.NEGATE -> function(operation, a);
            case Unary _ -> Notation.super.write(e);
            case Binary(var operation, var a, var b) when isBound(operation) -> bound(operation, a, b);
            case Binary(var operation, var a, var b)
            when !rule.isTensor(e) && raises(operation, a, b) ->
                called(operation == BinaryOperation.DIVIDE ? "number_ratio" : "number_power", write(a), write(b));
            case Binary _ -> Notation.super.write(e);
            case Reduction(var kind, var a) -> reduction(kind, a);
        };
    }

    private String function(UnaryOperation operation, Expression a) {
        String argument = write(a);
        if (rule.isTensor(a)) {
            boolean own = operation == UnaryOperation.SIGN && library == Library.TORCH;
            return own ? called("sign", argument) : library.prefix + operation.word() + grouped(argument);
        }
        if (library == Library.JAX) {
            return library.prefix + operation.word() + grouped(argument);
        }
        if (operation == UnaryOperation.ABS) {
            return "abs" + grouped(argument);
        }
        return operation == UnaryOperation.SIGN || raises(operation, a)
                ? called("number_" + operation.word(), argument)
                : "math." + operation.word() + grouped(argument);
    }

    private static boolean isBound(BinaryOperation operation) {
        return operation == BinaryOperation.MIN || operation == BinaryOperation.MAX;
    }

    private String bound(BinaryOperation operation, Expression a, Expression b) {
        String imum = operation.word() + "imum";
        if (library == Library.JAX || rule.isTensor(a) && rule.isTensor(b)) {
            return library.prefix + imum + "(" + write(a) + ", " + write(b) + ")";
        }
        if (rule.isTensor(a) || rule.isTensor(b)) {
            Expression tensor = rule.isTensor(a) ? a : b;
            Expression number = tensor == a ? b : a;
            String side = operation == BinaryOperation.MIN ? "max" : "min";
            return "torch.clamp(" + write(tensor) + ", " + side + "=" + write(number) + ")";
        }
        boolean mayBeNan = (write(a) + write(b)).contains("number_");
        return mayBeNan
                ? called("number_" + operation.word(), write(a), write(b))
                : operation.word() + "(" + write(a) + ", " + write(b) + ")";
    }

    private String reduction(ReductionKind kind, Expression a) {
        String argument = rule.isFull(a) ? write(a) : stretched(a);
        return switch (kind) {
            case SUM, MEAN -> library.prefix + kind.word() + grouped(argument);
            case NORM ->
                library == Library.TORCH
                        ? "torch.linalg.vector_norm(" + argument + ")"
                        : "jnp.linalg.norm(" + argument + ")";
            case RMS, ROW_MEAN, COLUMN_MEAN, ORTHOGONALIZE -> called(kind.word(), argument);
        };
    }

    /// A value in the shape of the parameter.
    String stretched(Expression a) {
        String like = name(OptimizerRule.PARAMETER);
        if (library == Library.JAX) {
            return "jnp.broadcast_to(" + write(a) + ", jnp.shape(" + like + "))";
        }
        if (!rule.isTensor(a)) {
            return "torch.full_like(" + like + ", " + write(a) + ")";
        }
        return (a instanceof Reduction ? write(a) : grouped(write(a))) + ".expand_as(" + like + ")";
    }

    private String called(String function, String... arguments) {
        functions.add(function);
        return function(function, arguments);
    }

    private boolean raises(UnaryOperation operation, Expression a) {
        Enclosure range = rule.range(a);
        return switch (operation) {
            case SQRT -> !(range.least() >= 0);
            case LOG -> !(range.least() > 0);
            case EXP -> !(range.greatest() < Math.log(Double.MAX_VALUE));
            case SIN, COS -> !(Double.isFinite(range.least()) && Double.isFinite(range.greatest()));
            case NEGATE, ABS, SIGN, TANH -> false;
        };
    }

    private boolean raises(BinaryOperation operation, Expression a, Expression b) {
        Enclosure base = rule.range(a);
        Enclosure right = rule.range(b);
        return switch (operation) {
            case DIVIDE -> !(right.least() > 0 || right.greatest() < 0);
            case POWER -> !(shrinks(base, right) || isBounded(base, right));
            case ADD, SUBTRACT, MULTIPLY, MIN, MAX -> false;
        };
    }

    /// A base in [0, 1] to a power that is not negative, or one of at least 1 to a power that is not positive.
    private static boolean shrinks(Enclosure base, Enclosure exponent) {
        return base.least() >= 0 && base.greatest() <= 1 && exponent.least() >= 0
                || base.least() >= 1 && exponent.greatest() <= 0;
    }

    private static boolean isBounded(Enclosure base, Enclosure exponent) {
        return base.least() > 0
                && Double.isFinite(Math.pow(base.greatest(), exponent.greatest()))
                && Double.isFinite(Math.pow(base.greatest(), exponent.least()))
                && Double.isFinite(Math.pow(base.least(), exponent.greatest()))
                && Double.isFinite(Math.pow(base.least(), exponent.least()));
    }

    @Override
    public String number(double value) {
        if (value == Double.POSITIVE_INFINITY) {
            return library == Library.TORCH ? "math.inf" : "jnp.inf";
        }
        BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        boolean small = exact.precision() == 1 && exact.scale() > 2;
        return small ? exact.unscaledValue() + "e-" + exact.scale() : new PlainText().number(value);
    }

    @Override
    public String name(String name) {
        return names.get(name);
    }

    @Override
    public String product(String a, String b) {
        return a + " * " + b;
    }

    @Override
    public String fraction(String a, String b) {
        return a + " / " + b;
    }

    @Override
    public String power(String a, String b) {
        boolean simple = SIMPLE.matcher(a).matches() && SIMPLE.matcher(b).matches();
        return simple ? a + "**" + b : a + " ** " + b;
    }

    @Override
    public String root(String a) {
        return library.prefix + "sqrt" + grouped(a);
    }

    @Override
    public String magnitude(String a) {
        return library.prefix + "abs" + grouped(a);
    }
}
