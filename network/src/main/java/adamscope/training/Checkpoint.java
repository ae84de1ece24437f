package adamscope.training;

import adamscope.rule.TensorRule;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/// Everything that a training needs to go on after step t as if it had never been broken off.
///
/// @param clock  step and running powers
/// @param loss   reached at θ_t; computed again when the run goes on, and a difference says that this machine computes
///               other bits
/// @param theta  θ_t
/// @param states of the rule, with a frozen preconditioner as [TensorRule#FROZEN]
/// @param memory of the probes, `number.name`, and what else has a past: `floor.state`, `running.name`
public record Checkpoint(
        TensorRule.Clock clock, double loss, Tensor theta, Map<String, Tensor> states, Map<String, Tensor> memory) {

    public Checkpoint {
        states = Map.copyOf(states);
        memory = Map.copyOf(memory);
    }

    /// Where running means and variances of batch normalisations lie in `memory`: behind this, by name.
    public static final String RUNNING = "running.";

    /// Running means and variances of batch normalisations, by name.
    public Map<String, Tensor> running() {
        Map<String, Tensor> running = new LinkedHashMap<>();
        memory.keySet().stream()
                .filter(name -> name.startsWith(RUNNING))
                .sorted()
                .forEach(name -> running.put(name.substring(RUNNING.length()), memory.get(name)));
        return running;
    }

    /// The last step that was made.
    public long step() {
        return clock.step();
    }
}
