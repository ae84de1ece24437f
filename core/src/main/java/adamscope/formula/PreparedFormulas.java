package adamscope.formula;

import adamscope.formula.Expression.Binary;
import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.Constant;
import adamscope.formula.Expression.Reduction;
import adamscope.formula.Expression.Symbol;
import adamscope.formula.Expression.Unary;
import adamscope.formula.Expression.UnaryOperation;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// Scalar formulas that are evaluated at many points: their operations in order, parts that they share once. The bits
/// are those of [Evaluation].
public final class PreparedFormulas {
    /// What a place of the sequence holds: a number, a name, or an operation on places before it.
    private record Step(double number, String name, UnaryOperation one, BinaryOperation two, int a, int b) {}

    private final List<Step> steps = new ArrayList<>();
    private final int[] results;
    private final double[] values;

    /// @throws IllegalArgumentException if a formula has a reduction
    public PreparedFormulas(List<Expression> formulas) {
        Map<Expression, Integer> places = new IdentityHashMap<>();
        this.results =
                formulas.stream().mapToInt(formula -> place(formula, places)).toArray();
        this.values = new double[steps.size()];
    }

    private int place(Expression e, Map<Expression, Integer> places) {
        Integer known = places.get(e);
        if (known != null) {
            return known;
        }
        Step step = switch (e) {
            case Constant(double number) -> new Step(number, null, null, null, 0, 0);
            case Symbol(String name) -> new Step(0, name, null, null, 0, 0);
            case Unary(var operation, var a) -> new Step(0, null, operation, null, place(a, places), 0);
            case Binary(var operation, var a, var b) ->
                new Step(0, null, null, operation, place(a, places), place(b, places));
            case Reduction(var kind, var _) ->
                throw new IllegalArgumentException(kind.word() + " is none of a scalar formula");
        };
        steps.add(step);
        places.put(e, steps.size() - 1);
        return steps.size() - 1;
    }

    /// The values of the formulas, with names looked up in `names`.
    public double[] at(ToDoubleFunction<String> names) {
        for (int i = 0; i < values.length; i++) {
            Step step = steps.get(i);
            if (step.two != null) {
                values[i] = Evaluation.apply(step.two, values[step.a], values[step.b]);
            } else if (step.one != null) {
                values[i] = Evaluation.apply(step.one, values[step.a]);
            } else {
                values[i] = step.name == null ? step.number : names.applyAsDouble(step.name);
            }
        }
        double[] found = new double[results.length];
        for (int r = 0; r < found.length; r++) {
            found[r] = values[results[r]];
        }
        return found;
    }
}
