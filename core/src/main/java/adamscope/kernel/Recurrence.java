package adamscope.kernel;

import adamscope.formula.Expression;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
}
