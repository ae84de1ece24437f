package adamscope.flow;

import adamscope.dynamics.ClosedMap;
import adamscope.formula.Algebra;
import adamscope.formula.Expression;
import adamscope.formula.Expression.Constant;
import adamscope.formula.Expression.Symbol;
import adamscope.formula.Expression.UnaryOperation;
import adamscope.objective.FormulaObjective;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A system of ordinary differential equations z' = F(z) written as formulas.
///
/// The variables of the objective come first, then the states, then 1 − e^(−rate·time) for each decay whose running
/// power a rule uses (bias correction).
///
/// @param states     how many components after the variables are states of the rule
/// @param biasRamps  how many components after those are ramps 1 − e^(−rate·time)
/// @param fastest    the largest rate of a decay; 0 without one
/// @param scales     the preconditioner P of each variable, 1 where the rule names none
public record FlowEquations(
        FormulaObjective objective,
        List<Unknown> components,
        int states,
        int biasRamps,
        double fastest,
        List<Expression> scales) {

    /// One unknown.
    ///
    /// @param start    value at time 0, in terms of the variables
    /// @param velocity its derivative by time, in terms of the components
    public record Unknown(String name, Expression start, Expression velocity) {}

    public FlowEquations {
        components = List.copyOf(components);
        scales = List.copyOf(scales);
    }

    /// The equations of a flow that has a formula everywhere.
    ///
    /// @throws IllegalArgumentException for the sign flow, whose right-hand side jumps
    public static FlowEquations of(Flow flow, FormulaObjective objective, ClosedMap.Start start) {
        return switch (flow) {
            case Flow.Gradient _, Flow.Exponential _, Flow.HeavyBall _, Flow.Rmsprop _, Flow.Adam _, Flow.Limit _ ->
                RuleLimit.equations(flow.limit().orElseThrow(), objective, start);
            case Flow.SmoothedSign(double eps) -> smoothedSign(objective, eps);
            case Flow.Sign _ ->
                throw new IllegalArgumentException("the sign flow jumps where a gradient vanishes; it has no formula");
        };
    }

    /// The names of the components, in order.
    public List<String> names() {
        return components.stream().map(Unknown::name).toList();
    }

    /// How many components are variables of the objective.
    public int dimension() {
        return objective.dimension();
    }

    private static FlowEquations smoothedSign(FormulaObjective objective, double eps) {
        List<Unknown> components = new ArrayList<>();
        for (int i = 0; i < objective.dimension(); i++) {
            Expression g = objective.gradient().get(i);
            Expression floor = Algebra.add(Algebra.apply(UnaryOperation.ABS, g), new Constant(eps));
            String variable = objective.variables().get(i);
            components.add(new Unknown(variable, new Symbol(variable), Algebra.negate(Algebra.divide(g, floor))));
        }
        return new FlowEquations(
                objective, components, 0, 0, 0, Collections.nCopies(objective.dimension(), Expression.ONE));
    }
}
