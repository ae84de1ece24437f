package adamscope.rule;

import adamscope.formula.Expression;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.StateVariable;
import adamscope.optimizer.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A rule whose preconditioner is a state that nothing changes.
public final class Freezing {
    private Freezing() {}

    /// The rule with the value of its `precondition` line taken from the state [TensorRule#FROZEN].
    ///
    /// @throws IllegalArgumentException if the rule has no such line
    public static OptimizerRule frozen(OptimizerRule rule) {
        if (rule.precondition().isEmpty()) {
            throw new IllegalArgumentException(rule.name() + " has no preconditioner that could be frozen");
        }
        boolean already = rule.states().stream().anyMatch(state -> state.name().equals(TensorRule.FROZEN));
        List<StateVariable> states = new ArrayList<>(rule.states());
        if (!already) {
            states.add(new StateVariable(TensorRule.FROZEN, new Expression.Constant(1), Optional.empty()));
        }
        List<Statement> statements = rule.statements().stream()
                .map(statement -> switch (statement) {
                    case Statement.Precondition(String name, var _) ->
                        new Statement.Precondition(name, new Expression.Symbol(TensorRule.FROZEN));
                    case Statement.Advance _, Statement.Define _ -> statement;
                })
                .toList();
        return new OptimizerRule(rule.name(), rule.note(), rule.text(), rule.hyperParameters(), states, statements);
    }
}
