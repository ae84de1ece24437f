package adamscope.probe;

import adamscope.curvature.Curvature;
import adamscope.model.BatchLoss;
import adamscope.rule.TensorRule;
import adamscope.rule.TunedSchedule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/// Something measured now and then along a training, after a step was made; it changes nothing.
public interface Probe {

    /// What it measures, one name for each number of [#measure].
    List<Measured> measured();

    /// Whether it looks at this step.
    boolean includes(long step);

    /// Its numbers after the last step, whenever that comes; empty: it looks at its own steps alone.
    default Optional<double[]> last(Tensor theta, TensorRule rule) {
        return Optional.empty();
    }

    /// Its numbers after a step.
    double[] measure(Stepped stepped);

    /// What it remembers from one measurement for the next, by name: saved and restored with the run, so that one that
    /// was broken off measures the same. Changed in place, never replaced.
    Map<String, Tensor> memory();

    /// Hears of every step before it is made, measured or not; a probe may keep count of something.
    default void begun(long step, Map<String, Double> hyper) {}

    /// Sees θ after every step, measured or not.
    default void moved(long step, Tensor theta) {}

    /// Hears of every step, measured or not, with the loss that it reached; a probe may look more closely afterwards.
    default void heard(long step, double loss) {}

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
    /// @param end            what else there is at this step
    record Stepped(BatchLoss loss, Tensor theta, Tensor gradient, Tensor preconditioner, TensorRule rule, StepEnd end) {

        /// ‖θ_t − θ_{t−1}‖.
        public double stepNorm() {
            return end.stepNorm();
        }

        /// The gradient and Hessian over all samples at θ_t, made once for all probes of this step.
        public Curvature curvature() {
            return end.curvature();
        }
    }
}
