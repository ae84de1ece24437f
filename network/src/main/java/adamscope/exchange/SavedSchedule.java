package adamscope.exchange;

import adamscope.checkpoint.Value;
import adamscope.rule.Schedule;
import java.util.Map;
import java.util.Optional;

/// The schedule that a learning-rate scheduler of PyTorch follows, as far as its state says it.
///
/// A scheduler that was stepped after each of N optimizer steps has `last_epoch` N and gives the learning rate of step
/// N + 1. Known are CosineAnnealingLR, StepLR, ExponentialLR and LinearLR, each by the keys that only it has. The
/// functions of LambdaLR, which Hugging Face's schedules are, stand in no file.
///
/// @param keys of its `state_dict`
record SavedSchedule(Map<String, Value> keys) {

    /// The schedule of a learning rate that begins at `base`; empty if the keys do not say it.
    Optional<Schedule> of(double base) {
        if (keys.keySet().stream().anyMatch(key -> key.startsWith("_schedulers") || key.startsWith("lr_lambdas"))) {
            return Optional.empty();
        }
        if (keys.containsKey("T_max")) {
            return Optional.of(new Schedule.Cosine(base, number("eta_min", 0), whole("T_max")));
        }
        if (keys.containsKey("step_size") && keys.containsKey("gamma") && !keys.containsKey("total_size")) {
            return Optional.of(new Schedule.Steps(base, number("gamma", 1), whole("step_size")));
        }
        if (keys.containsKey("start_factor") && keys.containsKey("end_factor")) {
            return Optional.of(new Schedule.Linear(
                    base * number("start_factor", 1), base * number("end_factor", 1), whole("total_iters") + 1));
        }
        boolean exponential = keys.containsKey("gamma")
                && keys.keySet().stream().noneMatch(key -> key.startsWith("milestones") || key.equals("mode"));
        return exponential ? Optional.of(new Schedule.Exponential(base, number("gamma", 1))) : Optional.empty();
    }

    /// How often it was stepped.
    long steps() {
        return (long) number("last_epoch", 0);
    }

    private double number(String key, double absent) {
        return Optional.ofNullable(keys.get(key)).flatMap(Value::asNumber).orElse(absent);
    }

    private long whole(String key) {
        return (long) number(key, 1);
    }
}
