package adamscope.rule;

import adamscope.formula.Evaluation;
import adamscope.optimizer.ClockedRule.RunningPower;
import adamscope.optimizer.OptimizerRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The step of a rule on tensors, and its powers βᵗ.
///
/// A power is multiplied by β at each step while β stays the same. When β changes it becomes βᵗ of the new value, as if
/// β had been so all along: what PyTorch's `1 - beta**step` does.
final class RunningPowers {
    private final List<RunningPower> declared;
    private final Map<String, Double> powers = new LinkedHashMap<>();
    private final Map<String, Double> bases = new LinkedHashMap<>();
    private long step;

    /// Before the first step.
    RunningPowers(List<RunningPower> declared) {
        this.declared = declared;
        declared.forEach(power -> powers.put(power.name(), 1.0));
    }

    long step() {
        return step;
    }

    TensorRule.Clock clock() {
        return new TensorRule.Clock(step, powers, bases);
    }

    /// Powers that the clock does not hold stay.
    void restore(TensorRule.Clock clock) {
        step = clock.step();
        powers.replaceAll((name, own) -> clock.powers().getOrDefault(name, own));
        bases.clear();
        bases.putAll(clock.bases());
    }

    /// Begins the next step.
    ///
    /// @param hyper values at large
    void tick(Map<String, Double> hyper) {
        step++;
        declared.forEach(power -> {
            double base = base(power, hyper);
            Double before = bases.put(power.name(), base);
            boolean changed = before != null && before != base;
            powers.merge(power.name(), base, (a, b) -> changed ? StrictMath.pow(b, (double) step) : a * b);
        });
    }

    /// All numbers that a step of a group needs.
    ///
    /// @param hyper values at large
    /// @param own   those of the group
    Map<String, Double> known(Map<String, Double> hyper, Map<String, Double> own) {
        Map<String, Double> known = new LinkedHashMap<>(own);
        declared.forEach(power -> {
            double base = base(power, own);
            boolean alike = base == base(power, hyper);
            known.put(power.name(), alike ? powers.get(power.name()) : StrictMath.pow(base, (double) step));
        });
        known.put(OptimizerRule.STEP, (double) step);
        return known;
    }

    private static double base(RunningPower power, Map<String, Double> hyper) {
        return Evaluation.value(power.base(), hyper::get);
    }
}
