package adamscope.stability;

import adamscope.formula.Folding;
import adamscope.formula.Rewriting;
import adamscope.kernel.Recurrence;
import adamscope.kernel.Recurrence.Component;
import adamscope.kernel.StepProgram;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A recurrence long after its start: running powers βᵗ are 0, so that the map no longer depends on the step.
final class LongRun {
    private LongRun() {}

    /// The autonomous map.
    ///
    /// @param rule its name, for errors
    /// @throws IllegalArgumentException if the step t remains in it
    static Recurrence of(Recurrence map, String rule) {
        Map<String, Double> dead = new LinkedHashMap<>();
        for (Component component : map.components()) {
            if (component.name().endsWith(")^t")) {
                dead.put(component.name(), 0.0);
            }
        }
        var folding = Folding.shared(dead);
        List<Component> alive = map.components().stream()
                .filter(c -> !dead.containsKey(c.name()))
                .map(c -> new Component(c.name(), c.start(), folding.apply(c.next())))
                .toList();
        if (alive.stream().anyMatch(c -> Rewriting.names(c.next()).contains(StepProgram.STEP))) {
            throw new IllegalArgumentException(rule + " depends on the step t itself, so its map changes from step to"
                    + " step and has no fixed points or periodic orbits");
        }
        Map<String, adamscope.formula.Expression> observables = new LinkedHashMap<>();
        map.observables().forEach((name, formula) -> observables.put(name, folding.apply(formula)));
        return new Recurrence(map.parameters(), alive, observables);
    }
}
