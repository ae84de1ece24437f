package adamscope.rule;

import adamscope.optimizer.OptimizerRule;
import adamscope.stability.Threshold;
import java.util.HashMap;
import java.util.Map;

/// The curvature at which a rule becomes unstable with the hyper-parameters of a step, and how fast it grows beyond.
public final class RuleThreshold {
    private static final int REMEMBERED = 100;

    private final OptimizerRule rule;
    private final boolean exists;
    private final Map<Map<String, Double>, Double> known = new HashMap<>();

    public RuleThreshold(OptimizerRule rule) {
        this.rule = rule;
        this.exists = exists(rule);
    }

    private static boolean exists(OptimizerRule rule) {
        try {
            return rule.hyperParameters().stream()
                            .anyMatch(hyper -> hyper.name().equals(TunedSchedule.LR))
                    && Threshold.curvature(rule, Map.of()).isPresent();
        } catch (IllegalArgumentException e) {
            return false; // the rule hides its scaling: there is nothing to freeze
        }
    }

    /// Of P^(−1/2)·H·P^(−1/2); NaN for rules without, and where lr is 0.
    public double at(Map<String, Double> hyper) {
        if (!exists || !(hyper.get(TunedSchedule.LR) > 0)) {
            return Double.NaN;
        }
        if (known.size() > REMEMBERED) {
            known.clear(); // a schedule gives new values at every step
        }
        return known.computeIfAbsent(
                hyper, values -> Threshold.curvature(rule, values).orElse(Double.NaN));
    }

    /// The factor per step at which the frozen rule grows on a curvature so many times the threshold; NaN below it.
    public double growth(Map<String, Double> hyper, double times) {
        return times >= 1 && Double.isFinite(times)
                ? Threshold.growth(rule, hyper, times)
                        .map(Threshold.Growth::factor)
                        .orElse(Double.NaN)
                : Double.NaN;
    }
}
