package adamscope.training;

import adamscope.model.BatchLoss;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/// Something measured now and then along a training, after a step was made; it changes nothing.
public interface Probe {

    /// What it measures, one name for each number of [#measure].
    List<Measured> measured();

    /// Whether it looks at this step.
    boolean includes(long step);

    /// Its numbers after a step.
    double[] measure(Stepped stepped);

    /// What it remembers from one measurement for the next, by name: saved and restored with the run, so that one that
    /// was broken off measures the same. Changed in place, never replaced.
    Map<String, Tensor> memory();

    /// A probe for a training of this loss; made within the scope of the run.
    @FunctionalInterface
    interface Source {
        Probe of(BatchLoss loss, TunedSchedule tuned);
    }

    /// A training just after step t.
    ///
    /// @param loss           of the whole run
    /// @param theta          θ_t
    /// @param gradient       the gradient that step t used, at θ_{t−1}
    /// @param preconditioner P_t
    /// @param rule           with the states of step t
    /// @param stepNorm       ‖θ_t − θ_{t−1}‖
    record Stepped(
            BatchLoss loss, Tensor theta, Tensor gradient, Tensor preconditioner, TensorRule rule, double stepNorm) {}
}
