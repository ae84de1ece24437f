package adamscope.exchange;

import adamscope.formula.Expression;
import adamscope.formula.Expression.Binary;
import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.Constant;
import adamscope.formula.Expression.Reduction;
import adamscope.formula.Expression.Symbol;
import adamscope.formula.Expression.Unary;
import adamscope.formula.Expression.UnaryOperation;
import adamscope.optimizer.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The lines of a rule for lists of tensors: `torch._foreach_…`, one call for all, in the order of operations of
/// [TorchLines]; what torch 1.13 has no such function for (norms, signs, bounds) runs over the list.
final class ForeachLines {
    private final PythonRule rule;
    private final PythonFormula formula;
    private final PythonFormula item;
    private final TorchLines numbers;
    private final List<String> lines = new ArrayList<>();

    private ForeachLines(PythonRule rule, PythonFormula formula) {
        this.rule = rule;
        this.formula = formula;
        Map<String, String> items = new HashMap<>(rule.names());
        items.putAll(rule.items());
        this.item = formula.named(items);
        this.numbers = new TorchLines(rule, formula);
    }

    /// The lines, each statement above its own.
    static List<String> of(PythonRule rule, PythonFormula formula) {
        ForeachLines written = new ForeachLines(rule, formula);
        rule.statements().forEach(written::add);
        return written.lines;
    }

    private void add(Statement statement) {
        lines.add(TorchLines.comment(statement));
        String name = formula.name(statement.name());
        Expression value = statement.expression();
        if (statement instanceof Statement.Advance) {
            InPlace.of(statement.name(), value, rule).forEach(change -> change(name, change));
        } else if (!rule.isTensor(value)) {
            lines.add(name + " = " + formula.line(value));
        } else if (value instanceof Symbol) {
            lines.add(name + " = " + over(value, ".clone()"));
        } else {
            build(value, name);
        }
    }

    private void change(String target, InPlace change) {
        switch (change) {
            case InPlace.Factor(Expression factor, boolean divides) ->
                call(divides ? "div_" : "mul_", target, formula.line(factor));
            case InPlace.Summand(boolean negative, Expression number) ->
                call(negative ? "sub_" : "add_", target, formula.line(number));
            case InPlace.Add(boolean negative, Optional<Expression> coefficient, Expression tensor) -> {
                String added = list(tensor, "update");
                if (coefficient.isEmpty()) {
                    call(negative ? "sub_" : "add_", target, added);
                } else {
                    call("add_", target, added, "alpha=" + numbers.signed(negative, coefficient));
                }
            }
            case InPlace.AddProduct(boolean negative, var coefficient, Expression left, Expression right) ->
                pair("addcmul_", target, negative, coefficient, List.of(left, right));
            case InPlace.AddQuotient(boolean negative, var coefficient, Expression left, Expression right) ->
                pair("addcdiv_", target, negative, coefficient, List.of(left, right));
            case InPlace.Assign(Expression value) -> {
                boolean tensor = rule.isTensor(value);
                if (tensor) {
                    lines.add("for old, new in zip(" + target + ", " + list(value, "update") + "):");
                    lines.add("    old.copy_(new)");
                } else {
                    lines.add("for each in " + target + ":");
                    lines.add("    each.fill_(" + formula.line(value) + ")");
                }
            }
        }
    }

    private void pair(
            String call, String target, boolean negative, Optional<Expression> coefficient, List<Expression> sides) {
        String left = list(sides.get(0), "update");
        String right = list(sides.get(1), left.equals("update") ? "part" : "update");
        if (coefficient.isEmpty() && !negative) {
            call(call, target, left, right);
        } else {
            call(call, target, left, right, "value=" + numbers.signed(negative, coefficient));
        }
    }

    private void call(String function, String... arguments) {
        lines.add("torch._foreach_" + function + "(" + String.join(", ", arguments) + ")");
    }

    /// The name of a list with these values: one that is there, or `name` after the lines that make it.
    private String list(Expression e, String name) {
        if (e instanceof Symbol) {
            return formula.line(e);
        }
        build(e, name);
        return name;
    }

    private void build(Expression e, String name) {
        if (!isForeach(e)) {
            lines.add(name + " = " + over(e, ""));
            return;
        }
        switch (e) {
            case Unary(var operation, var a) ->
                apply(operation == UnaryOperation.NEGATE ? "neg" : operation.word(), a, name);
            case Binary(var operation, var a, var _)
            when operation == BinaryOperation.POWER -> make(name, "mul", list(a, name), list(a, name));
            case Binary(var operation, var a, var b) -> binary(operation, a, b, name);
            case Constant _, Symbol _, Reduction _ -> throw new IllegalStateException("nothing to build");
        }
    }

    /// name = f(a), in place where `name` was made for it.
    private void apply(String function, Expression a, String name) {
        String argument = list(a, name);
        if (argument.equals(name)) {
            call(function + "_", name);
        } else {
            make(name, function, argument);
        }
    }

    private void make(String name, String function, String... arguments) {
        lines.add(name + " = torch._foreach_" + function + "(" + String.join(", ", arguments) + ")");
    }

    private void binary(BinaryOperation operation, Expression a, Expression b, String name) {
        boolean commutes = operation == BinaryOperation.ADD || operation == BinaryOperation.MULTIPLY;
        String function = function(operation);
        if (!rule.isTensor(a)) {
            String argument = list(b, name);
            if (commutes) {
                into(name, function, argument, formula.line(a), true);
            } else {
                into(name, "neg", argument, "", true);
                call("add_", name, formula.line(a));
            }
            return;
        }
        if (commutes && a instanceof Symbol && !(b instanceof Symbol) && rule.isTensor(b)) {
            binary(operation, b, a, name);
            return;
        }
        String left = list(a, name);
        String right = !rule.isTensor(b) ? formula.line(b) : list(b, left.equals(name) ? other(name) : name);
        boolean wide = rule.isFull(a) || !rule.isTensor(b);
        into(name, function, left, right, wide && !function.endsWith("imum"));
    }

    /// A second list beside one that is being made.
    private String other(String name) {
        String free = name.startsWith("part") ? name + "2" : "part";
        while (rule.names().containsValue(free) || rule.items().containsValue(free)) {
            free += "2";
        }
        return free;
    }

    private void into(String name, String function, String left, String right, boolean inPlace) {
        boolean own = left.equals(name) && inPlace;
        String[] arguments = right.isEmpty() ? new String[] {left} : new String[] {left, right};
        if (own) {
            call(function + "_", arguments);
        } else {
            make(name, function, arguments);
        }
    }

    private static String function(BinaryOperation operation) {
        return switch (operation) {
            case ADD -> "add";
            case SUBTRACT -> "sub";
            case MULTIPLY -> "mul";
            case DIVIDE -> "div";
            case MIN -> "minimum";
            case MAX -> "maximum";
            case POWER -> throw new IllegalStateException("a power has no such function");
        };
    }

    /// Whether torch 1.13 has the operations of a formula for lists.
    private boolean isForeach(Expression e) {
        if (!rule.isTensor(e)) {
            return true;
        }
        return switch (e) {
            case Constant _, Symbol _ -> true;
            case Unary(var operation, var a) -> operation != UnaryOperation.SIGN && isForeach(a);
            case Binary(var operation, var a, var b)
            when operation == BinaryOperation.POWER ->
                a instanceof Symbol && b instanceof Constant(double exponent) && exponent == 2;
            case Binary(var operation, var a, var b) -> {
                boolean both = rule.isTensor(a) && rule.isTensor(b);
                boolean has = switch (operation) {
                    case ADD, SUBTRACT, MULTIPLY -> true;
                    case DIVIDE -> rule.isTensor(a);
                    case MIN, MAX -> both;
                    case POWER -> false;
                };
                yield has && isForeach(a) && isForeach(b);
            }
            case Reduction _ -> false;
        };
    }

    /// A formula over the tensors of lists.
    private String over(Expression e, String after) {
        String text = item.line(e) + after;
        List<String> used = rule.tensors().stream()
                .filter(name -> Pattern.compile("(?<![\\p{L}\\p{Nd}_.])"
                                + Pattern.quote(rule.items().get(name)) + "(?![\\p{L}\\p{Nd}_])")
                        .matcher(text)
                        .find())
                .toList();
        String each = used.stream().map(rule.items()::get).collect(Collectors.joining(", "));
        String lists = String.join(", ", rule.named(used));
        return used.size() == 1
                ? "[" + text + " for " + each + " in " + lists + "]"
                : "[" + text + " for " + each + " in zip(" + lists + ")]";
    }
}
