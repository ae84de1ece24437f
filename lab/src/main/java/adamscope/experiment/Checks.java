package adamscope.experiment;

import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import adamscope.sweep.Axis;
import java.util.ArrayList;
import java.util.List;

/// What must hold in several kinds of experiments.
final class Checks {

    private Checks() {}

    static void positive(String name, long count) {
        if (count <= 0) {
            throw new IllegalArgumentException(name + " = " + count + " must be at least 1");
        }
    }

    static void oneOf(String name, String word, List<String> allowed) {
        if (!allowed.contains(word)) {
            throw new IllegalArgumentException(name + " = " + word + " is none of " + allowed);
        }
    }

    /// The objective reads, and the start is a finite point of its space.
    static void start(String objective, List<Double> x0) {
        List<String> variables = FormulaObjective.read(objective).variables();
        if (x0.size() != variables.size()) {
            throw new IllegalArgumentException("x0 = " + x0 + " has " + x0.size() + " numbers, objective " + objective
                    + " has " + variables.size() + " variables " + variables);
        }
        for (double coordinate : x0) {
            if (!Double.isFinite(coordinate)) {
                throw new IllegalArgumentException("x0 = " + x0 + " must be finite");
            }
        }
    }

    /// Every hyper-parameter has a value or an axis within its domain, none has both.
    static void complete(TunedRule optimizer, List<Axis> axes) {
        OptimizerRule rule = optimizer.rule();
        List<String> given = new ArrayList<>(optimizer.values().keySet());
        for (Axis axis : axes) {
            rule.checked(axis.name(), axis.from());
            rule.checked(axis.name(), axis.to());
            if (given.contains(axis.name())) {
                throw new IllegalArgumentException(axis.name() + " has both a value and an axis");
            }
            given.add(axis.name());
        }
        for (String name : rule.hyperNames()) {
            if (!given.contains(name)) {
                throw new IllegalArgumentException(rule.name() + ": " + name + " has no value");
            }
        }
    }
}
