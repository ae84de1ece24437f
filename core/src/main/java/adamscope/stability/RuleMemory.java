package adamscope.stability;

import adamscope.dynamics.ClosedMap;
import adamscope.formula.Derivative;
import adamscope.formula.Evaluation;
import adamscope.formula.Expression;
import adamscope.formula.Rewriting;
import adamscope.kernel.Recurrence.Component;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// For how long a rule remembers: 1/(1 − c) steps for a state that decays as s ← c·s + …, 0 < c < 1 constant.
///
/// A limit set or an exponent that is taken earlier than a few memories after the start shows the start.
///
/// @param state the state that remembers longest; empty if none decays so
/// @param steps of its memory, at least 1; infinite where c rounds to 1
public record RuleMemory(String state, double steps) {
    private static final RuleMemory NONE = new RuleMemory("", 1);

    /// The longest memory of a rule, at these values of every hyper-parameter.
    public static RuleMemory of(OptimizerRule rule, FormulaObjective objective, Map<String, Double> values) {
        RuleMemory longest = NONE;
        for (Component component :
                ClosedMap.of(rule, objective, ClosedMap.Start.ZERO).components()) {
            Expression decay = Derivative.of(component.next(), component.name());
            boolean state = !objective.variables().contains(component.name())
                    && !component.name().endsWith(")^t");
            // A state that only follows a schedule of its own remembers nothing of the orbit.
            boolean driven = Rewriting.names(component.next()).stream()
                    .anyMatch(name -> !name.equals(component.name()) && !values.containsKey(name));
            if (!state || !driven || !values.keySet().containsAll(Rewriting.names(decay))) {
                continue;
            }
            double factor = Evaluation.value(decay, values::get);
            double steps = 1 / (1 - factor);
            if (factor > 0 && factor <= 1 && steps > longest.steps) {
                longest = new RuleMemory(component.name(), steps);
            }
        }
        return longest;
    }

    /// The longest over several values of one hyper-parameter.
    ///
    /// @param values of every other
    public static RuleMemory along(
            OptimizerRule rule, FormulaObjective objective, Map<String, Double> values, String name, double... at) {
        List<RuleMemory> all = new ArrayList<>(List.of(NONE));
        for (double value : at) {
            Map<String, Double> here = new java.util.HashMap<>(values);
            here.put(name, value);
            all.add(of(rule, objective, here));
        }
        return all.stream()
                .max(java.util.Comparator.comparingDouble(RuleMemory::steps))
                .orElseThrow();
    }
}
