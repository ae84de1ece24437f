package adamscope.kernel;

import adamscope.formula.Expression;
import adamscope.formula.Rewriting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// A closed map z ← F(z; parameters, t) written as formulas: what every kernel runs.
///
/// The formulas share sub-formulas by identity. They may use the names of the components (values before the step), the
/// parameters, and `t`, the step counted from 1.
///
/// @param parameters  numbers that stay fixed along a run and may differ from lane to lane
/// @param components  the numbers that change, in order
/// @param observables quantities to look at: functions of the values before the step and of what the step computes
public record Recurrence(List<String> parameters, List<Component> components, Map<String, Expression> observables) {

    /// One number of the state.
    ///
    /// @param start value before the first step, in terms of the parameters and of the components before it
    /// @param next  value after a step
    public record Component(String name, Expression start, Expression next) {}

    public Recurrence {
        parameters = List.copyOf(parameters);
        components = List.copyOf(components);
        observables = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(observables));
    }

    /// The position of a component.
    public int indexOf(String component) {
        for (int index = 0; index < components.size(); index++) {
            if (components.get(index).name().equals(component)) {
                return index;
            }
        }
        throw new IllegalArgumentException("no component '" + component + "'; there are "
                + components.stream().map(Component::name).toList());
    }

    /// The components whose next value depends on one of `seeds`, at once or through others, and the seeds themselves.
    /// The others run on a schedule of their own, such as βᵗ.
    public Set<String> drivenBy(Set<String> seeds) {
        Set<String> driven = new TreeSet<>(seeds);
        boolean grew = true;
        while (grew) {
            grew = false;
            for (Component component : components) {
                boolean reached = Rewriting.names(component.next()).stream().anyMatch(driven::contains);
                grew |= reached && driven.add(component.name());
            }
        }
        return driven;
    }

    /// The variables: components whose start is given from outside.
    public Set<String> variables() {
        return components.stream()
                .filter(c -> c.start() instanceof Expression.Symbol(String name) && name.equals(c.name()))
                .map(Component::name)
                .collect(Collectors.toSet());
    }
}
