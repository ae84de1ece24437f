package adamscope.stability;

import adamscope.formula.Derivative;
import adamscope.formula.Evaluation;
import adamscope.formula.Expression;
import adamscope.formula.Rewriting;
import adamscope.kernel.Recurrence;
import adamscope.kernel.Recurrence.Component;
import adamscope.optimizer.OptimizerRule;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The states of a rule that x does not drive (running powers βᵗ, counters, products of a scheduled momentum) as a step
/// finds them.
///
/// s ← a·s + b with constant a and b has a closed form; one that grows out of range by [Threshold#LATE] is taken at its
/// start. Everything else is stepped; where the step asked for is too far
/// for that, until nothing changes any more.
final class OwnSchedule {
    /// Steps that are taken one by one.
    static final long MOST_STEPS = 1_000_000;

    private static final int SETTLING = 200_000;

    private final String rule;
    private final Map<String, Double> values;
    private final Map<String, Component> own = new LinkedHashMap<>();

    private OwnSchedule(String rule, Recurrence map, Map<String, Double> values) {
        this.rule = rule;
        this.values = values;
        Set<String> driven = map.drivenBy(map.variables());
        map.components().stream().filter(c -> !driven.contains(c.name())).forEach(c -> own.put(c.name(), c));
    }

    /// Their values before the update of a step, which counts from 1.
    ///
    /// @param values the hyper-parameters
    /// @throws IllegalArgumentException if one of them has not settled by a step that is out of reach
    static Map<String, Double> at(String rule, Recurrence map, Map<String, Double> values, double step) {
        return new OwnSchedule(rule, map, values).before(step);
    }

    private Map<String, Double> before(double step) {
        Map<String, Double> found = new HashMap<>();
        Map<String, Component> stepped = new LinkedHashMap<>();
        own.forEach((name, component) -> {
            if (constant(component)) {
                found.put(name, affine(component, step - 1));
            } else {
                stepped.put(name, component);
            }
        });
        if (!stepped.isEmpty()) {
            found.putAll(stepped(step));
        }
        return found;
    }

    /// Whether the next value is a·s + b with constants.
    private boolean constant(Component component) {
        Set<String> allowed = new HashSet<>(values.keySet());
        Expression slope = Derivative.of(component.next(), component.name());
        boolean linear = allowed.containsAll(Rewriting.names(slope));
        allowed.add(component.name());
        return linear && allowed.containsAll(Rewriting.names(component.next()));
    }

    /// After so many steps: aⁿ·s₀ + b·(1 − aⁿ)/(1 − a).
    private double affine(Component component, double steps) {
        Map<String, Double> at = new HashMap<>(values);
        double start = Evaluation.value(component.start(), at::get);
        at.put(component.name(), 0.0);
        double b = Evaluation.value(component.next(), at::get);
        double a = Evaluation.value(Derivative.of(component.next(), component.name()), at::get);
        if (steps == 0) {
            return start;
        }
        if (a == 1) {
            return start + b * steps;
        }
        double power = Math.pow(a, steps);
        double sum = b == 0 ? 0 : b * (a > 0 ? Math.expm1(steps * Math.log(a)) / (a - 1) : (1 - power) / (1 - a));
        double after = (start == 0 ? 0 : power * start) + sum;
        // a rate that grows without bound has no late limit: it is taken where it begins
        return steps >= Threshold.LATE - 1 && !Double.isFinite(after) ? start : after;
    }

    private Map<String, Double> stepped(double step) {
        Map<String, Double> now = new HashMap<>();
        own.values().forEach(c -> now.put(c.name(), Evaluation.value(c.start(), values::get)));
        long steps = (long) Math.min(step - 1, step - 1 > MOST_STEPS ? SETTLING : MOST_STEPS);
        for (long t = 1; t <= steps; t++) {
            now.putAll(next(now, t));
        }
        if (steps < step - 1) {
            settle(now, step);
        }
        return now;
    }

    private void settle(Map<String, Double> now, double step) {
        for (int round = 0; round < SETTLING; round++) {
            Map<String, Double> next = next(now, step);
            if (next.equals(now)) {
                return;
            }
            now.putAll(next);
        }
        List<String> moving = next(now, step).entrySet().stream()
                .filter(e -> Math.abs(e.getValue() - now.get(e.getKey())) > 1e-15 * Math.abs(e.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        if (!moving.isEmpty()) {
            throw new IllegalArgumentException(
                    "the states " + moving + " of " + rule + " run on a schedule of their own"
                            + " that does not come to rest; its threshold can be told at a step up to " + MOST_STEPS);
        }
    }

    private Map<String, Double> next(Map<String, Double> now, double t) {
        var evaluation = Evaluation.at(name -> now.containsKey(name)
                ? now.get(name)
                : name.equals(OptimizerRule.STEP) ? Double.valueOf(t) : values.get(name));
        Map<String, Double> next = new HashMap<>();
        own.values().forEach(c -> next.put(c.name(), evaluation.applyAsDouble(c.next())));
        return next;
    }
}
