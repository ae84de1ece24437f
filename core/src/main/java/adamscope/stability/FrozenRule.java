package adamscope.stability;

import adamscope.dynamics.ClosedMap;
import adamscope.formula.Derivative;
import adamscope.formula.Evaluation;
import adamscope.formula.Expression;
import adamscope.formula.Expression.Symbol;
import adamscope.formula.Rewriting;
import adamscope.kernel.Recurrence;
import adamscope.kernel.Recurrence.Component;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A rule with its preconditioner held at 1, on λx²/2, at one step: the map of x and the states that x drives and that
/// drive x.
///
/// Other states stand where the step finds them ([OwnSchedule]); those that x drives and that do not act on x are
/// left out.
final class FrozenRule {
    static final String CURVATURE = "λ";

    private final String name;
    private final Map<String, Double> fixed;
    private final List<Component> components;
    private final List<List<Expression>> slopes = new ArrayList<>();
    private final List<Expression> byCurvature;

    /// @param late   whether running powers βᵗ have died out, whatever the step
    FrozenRule(OptimizerRule rule, Map<String, Double> values, double step, boolean late) {
        this.name = rule.name();
        FormulaObjective quadratic = new FormulaObjective(
                CURVATURE + "*x^2/2",
                List.of(OptimizerRule.PARAMETER),
                Expression.ZERO,
                List.of(new Expression.Binary(
                        Expression.BinaryOperation.MULTIPLY,
                        new Symbol(CURVATURE),
                        new Symbol(OptimizerRule.PARAMETER))));
        Recurrence map = ClosedMap.of(frozen(rule), quadratic, ClosedMap.Start.ZERO);
        this.fixed = new HashMap<>(values);
        fixed.put(OptimizerRule.STEP, step);
        Map<String, Double> own = OwnSchedule.at(rule.name(), map, values, step);
        if (late) {
            own.replaceAll((state, value) -> state.endsWith(")^t") ? Double.valueOf(0) : value);
        }
        fixed.putAll(own);
        this.components = coupled(map);
        for (Component row : components) {
            slopes.add(components.stream()
                    .map(column -> Derivative.of(row.next(), column.name()))
                    .toList());
        }
        this.byCurvature = slopes.stream()
                .map(row -> Derivative.of(row.getFirst(), CURVATURE))
                .toList();
    }

    private static OptimizerRule frozen(OptimizerRule rule) {
        List<Statement> statements = rule.statements().stream()
                .map(s -> s instanceof Statement.Precondition(String name, var _)
                        ? new Statement.Precondition(name, Expression.ONE)
                        : s)
                .toList();
        return new OptimizerRule(
                rule.name(), rule.note(), rule.text(), rule.hyperParameters(), rule.states(), statements);
    }

    /// x first, then what it drives and is driven by.
    private static List<Component> coupled(Recurrence map) {
        Set<String> driven = map.drivenBy(Set.of(OptimizerRule.PARAMETER));
        Set<String> acting = new HashSet<>(Set.of(OptimizerRule.PARAMETER));
        boolean grew = true;
        while (grew) {
            grew = false;
            for (Component component : map.components()) {
                if (acting.contains(component.name())) {
                    grew |= acting.addAll(Rewriting.names(component.next()));
                }
            }
        }
        return map.components().stream()
                .filter(c -> driven.contains(c.name()) && acting.contains(c.name()))
                .toList();
    }

    /// For each component whether it changes sign with x; all of them where the rule does not treat x and −x alike.
    boolean[] signed() {
        Map<String, Expression> next = new LinkedHashMap<>();
        components.forEach(c -> next.put(c.name(), c.next()));
        List<String> states = components.stream().map(Component::name).skip(1).toList();
        Optional<Set<String>> odd = Reflection.oddStates(
                states, next, exponent -> Evaluation.value(exponent, name -> fixed.getOrDefault(name, Double.NaN)));
        boolean[] signed = new boolean[components.size()];
        for (int i = 0; i < signed.length; i++) {
            signed[i] = i == 0 || odd.isEmpty() || odd.get().contains(states.get(i - 1));
        }
        return signed;
    }

    String name() {
        return name;
    }

    /// The number of components; the first is x.
    int dimension() {
        return components.size();
    }

    /// The map as a recurrence with the one parameter λ.
    Recurrence recurrence() {
        var folding = adamscope.formula.Folding.shared(fixed);
        return new Recurrence(
                List.of(CURVATURE),
                components.stream()
                        .map(c -> new Component(c.name(), new Symbol(c.name()), folding.apply(c.next())))
                        .toList(),
                Map.of());
    }

    /// The map at a point.
    double[] next(double curvature, double[] z) {
        return components.stream()
                .map(Component::next)
                .mapToDouble(at(curvature, z))
                .toArray();
    }

    /// Its Jacobian at a point.
    double[][] jacobian(double curvature, double[] z) {
        var evaluation = at(curvature, z);
        return slopes.stream()
                .map(row -> row.stream().mapToDouble(evaluation).toArray())
                .toArray(double[][]::new);
    }

    /// ∂/∂λ of its Jacobian's first column at a point.
    double[] byCurvature(double curvature, double[] z) {
        return byCurvature.stream().mapToDouble(at(curvature, z)).toArray();
    }

    private java.util.function.ToDoubleFunction<Expression> at(double curvature, double[] z) {
        Map<String, Double> values = new HashMap<>(fixed);
        values.put(CURVATURE, curvature);
        for (int i = 0; i < z.length; i++) {
            values.put(components.get(i).name(), z[i]);
        }
        return Evaluation.at(values::get);
    }
}
