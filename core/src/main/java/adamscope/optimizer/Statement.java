package adamscope.optimizer;

import adamscope.formula.Expression;

/// One line of a rule. Lines act in order, and each sees what the lines above it have changed.
public sealed interface Statement {

    /// The name that gets a value.
    String name();

    /// The value, for each coordinate.
    Expression expression();

    /// `m <- …`: a state or the parameter x takes a new value.
    record Advance(String name, Expression expression) implements Statement {}

    /// `mhat = …`: a name for an intermediate value.
    record Define(String name, Expression expression) implements Statement {}

    /// `precondition P = …`: an intermediate value whose inverse scales the step; freezing it makes the rule linear.
    record Precondition(String name, Expression expression) implements Statement {}
}
