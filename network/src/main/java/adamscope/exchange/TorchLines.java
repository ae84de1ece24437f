package adamscope.exchange;

import adamscope.formula.Expression;
import adamscope.formula.Expression.Constant;
import adamscope.formula.Expression.Symbol;
import adamscope.formula.PlainText;
import adamscope.optimizer.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The lines of a rule for one tensor of torch, in place as torch's own optimizers write them.
record TorchLines(PythonRule rule, PythonFormula formula) {
    private static final int WIDTH = 100;

    /// One Python line a statement, beside it the statement.
    List<String> step() {
        List<String> lines = new ArrayList<>();
        for (Statement statement : rule.statements()) {
            lines.addAll(commented(line(statement), comment(statement)));
        }
        return lines;
    }

    private static List<String> commented(String line, String comment) {
        return line.length() + comment.length() > WIDTH ? List.of(comment, line) : List.of(line + "  " + comment);
    }

    /// The statement as a comment.
    static String comment(Statement statement) {
        String relation = statement instanceof Statement.Advance ? " <- " : " = ";
        String word = statement instanceof Statement.Precondition ? "precondition " : "";
        return "# " + word + statement.name() + relation + new PlainText().write(statement.expression());
    }

    private String line(Statement statement) {
        String name = formula.name(statement.name());
        Expression value = statement.expression();
        if (!(statement instanceof Statement.Advance)) {
            boolean alias = value instanceof Symbol && rule.isTensor(value);
            return name + " = " + formula.line(value) + (alias ? ".clone()" : "");
        }
        return name
                + InPlace.of(statement.name(), value, rule).stream()
                        .map(this::call)
                        .collect(Collectors.joining());
    }

    private String call(InPlace change) {
        return switch (change) {
            case InPlace.Factor(Expression factor, boolean divides) ->
                (divides ? ".div_(" : ".mul_(") + formula.line(factor) + ")";
            case InPlace.Summand(boolean negative, Expression number) ->
                (negative ? ".sub_(" : ".add_(") + formula.line(number) + ")";
            case InPlace.Add(boolean negative, Optional<Expression> coefficient, Expression tensor) ->
                coefficient.isEmpty()
                        ? (negative ? ".sub_(" : ".add_(") + formula.line(tensor) + ")"
                        : ".add_(" + formula.line(tensor) + ", alpha=" + signed(negative, coefficient) + ")";
            case InPlace.AddProduct(boolean negative, var coefficient, Expression left, Expression right) ->
                ".addcmul_(" + pair(left, right) + value(negative, coefficient) + ")";
            case InPlace.AddQuotient(boolean negative, var coefficient, Expression left, Expression right) ->
                ".addcdiv_(" + pair(left, right) + value(negative, coefficient) + ")";
            case InPlace.Assign(Expression value) ->
                rule.isTensor(value) ? ".copy_(" + formula.line(value) + ")" : ".fill_(" + formula.line(value) + ")";
        };
    }

    private String pair(Expression left, Expression right) {
        return formula.line(left) + ", " + formula.line(right);
    }

    private String value(boolean negative, Optional<Expression> coefficient) {
        return coefficient.isEmpty() && !negative ? "" : ", value=" + signed(negative, coefficient);
    }

    /// A coefficient with its sign.
    String signed(boolean negative, Optional<Expression> coefficient) {
        Expression value = coefficient.orElse(Expression.ONE);
        return negative ? formula.negated(value) : formula.line(value);
    }

    /// The value of a state before the first step, in the shape of the parameter; a tensor of its own.
    String start(Expression e) {
        String like = formula.name("x");
        if (e instanceof Constant(double value) && (value == 0 || value == 1)) {
            return (value == 0 ? "torch.zeros_like(" : "torch.ones_like(") + like + ")";
        }
        if (e instanceof Symbol && rule.isTensor(e)) {
            return formula.line(e) + ".clone()";
        }
        if (rule.isFull(e)) {
            return formula.line(e);
        }
        return formula.stretched(e) + (rule.isTensor(e) ? ".clone()" : "");
    }
}
