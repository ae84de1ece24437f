package adamscope.optimizer;

import adamscope.formula.Expression;
import java.util.Optional;

/// What a rule remembers for each coordinate between steps.
///
/// @param start value before the first step; may use `g`, the gradient at the start
/// @param warm  value before the first step when the run starts warm, with averages that already hold the gradient at
///              the start (theory of paper 1: m₋₁ = g₀, v₋₁ = g₀²)
public record StateVariable(String name, Expression start, Optional<Expression> warm) {}
