package adamscope.optimizer;

import adamscope.formula.Expression;
import adamscope.formula.Expression.Binary;
import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.Symbol;
import adamscope.formula.PlainText;
import adamscope.formula.Powers;
import adamscope.formula.Rewriting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A rule in the form that every evaluator runs: each βᵗ is a number of its own that is multiplied by β at the start of
/// each step, and powers with constant integer exponents are products.
///
/// Multiplying is exact arithmetic's βᵗ with a relative error below t·2⁻⁵³, costs no transcendental function, and
/// rounds alike everywhere.
///
/// @param powers     the running powers; before the first step each is 1
/// @param statements the lines of the rule over states, hyper-parameters, `x`, `g`, `t` and the powers' names
public record ClockedRule(OptimizerRule rule, List<RunningPower> powers, List<Statement> statements) {

    /// baseᵗ under a name that no rule can use itself, such as `beta1^t`.
    public record RunningPower(String name, Expression base) {}

    public ClockedRule {
        powers = List.copyOf(powers);
        statements = List.copyOf(statements);
    }

    /// The rule with its powers running.
    public static ClockedRule of(OptimizerRule rule) {
        Map<String, RunningPower> powers = new LinkedHashMap<>();
        Function<Expression, Expression> rewriting = Rewriting.shared(node -> {
            Expression running = running(node, rule, powers);
            return running == null ? Powers.product(node) : running;
        });
        List<Statement> statements = new ArrayList<>();
        for (Statement statement : rule.statements()) {
            Expression value = rewriting.apply(statement.expression());
            statements.add(
                    switch (statement) {
                        case Statement.Advance(String name, var _) -> new Statement.Advance(name, value);
                        case Statement.Define(String name, var _) -> new Statement.Define(name, value);
                        case Statement.Precondition(String name, var _) -> new Statement.Precondition(name, value);
                    });
        }
        return new ClockedRule(rule, List.copyOf(powers.values()), statements);
    }

    private static Expression running(Expression node, OptimizerRule rule, Map<String, RunningPower> powers) {
        if (node instanceof Binary(var operation, var base, Symbol(String exponent))
                && operation == BinaryOperation.POWER
                && exponent.equals(OptimizerRule.STEP)
                && rule.hyperNames().containsAll(Rewriting.names(base))) {
            String name = "(" + new PlainText().write(base) + ")^t";
            powers.putIfAbsent(name, new RunningPower(name, base));
            return new Symbol(name);
        }
        return null;
    }
}
