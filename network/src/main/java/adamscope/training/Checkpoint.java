package adamscope.training;

import adamscope.rule.TensorRule;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/// Everything that a training needs to go on after step t as if it had never been broken off.
///
/// @param clock  step and running powers
/// @param loss   reached at θ_t; computed again when the run goes on, and a difference says that this machine computes
///               other bits
/// @param theta  θ_t
/// @param states of the rule, with a frozen preconditioner as [TensorRule#FROZEN]
/// @param memory of the probes, `number.name`
public record Checkpoint(
        TensorRule.Clock clock, double loss, Tensor theta, Map<String, Tensor> states, Map<String, Tensor> memory) {

    public Checkpoint {
        states = Map.copyOf(states);
        memory = Map.copyOf(memory);
    }

    /// The last step that was made.
    public long step() {
        return clock.step();
    }
}
