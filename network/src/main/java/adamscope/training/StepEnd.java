package adamscope.training;

import adamscope.curvature.Curvature;
import adamscope.curvature.LossSurface;
import adamscope.model.BatchLoss;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// What probes of one step share: the step itself, and the curvature at its end, which is made when the first of them
/// asks and belongs to the scope in which this was made.
public final class StepEnd {
    private final long step;
    private final Map<String, Double> hyper;
    private final double stepNorm;
    private final Tensor update;
    private final BatchLoss loss;
    private final Tensor theta;
    private final PointerScope scope = PointerScope.getInnerScope();
    private Curvature curvature;

    /// @param hyper  of this step
    /// @param update θ_t − θ_{t−1}
    StepEnd(long step, Map<String, Double> hyper, double stepNorm, Tensor update, BatchLoss loss, Tensor theta) {
        this.step = step;
        this.hyper = hyper;
        this.stepNorm = stepNorm;
        this.update = update;
        this.loss = loss;
        this.theta = theta;
    }

    /// t.
    public long step() {
        return step;
    }

    /// The hyper-parameters of this step.
    public Map<String, Double> hyper() {
        return hyper;
    }

    /// ‖θ_t − θ_{t−1}‖.
    public double stepNorm() {
        return stepNorm;
    }

    /// θ_t − θ_{t−1}.
    public Tensor update() {
        return update;
    }

    /// Over all samples at θ_t; lives as long as the step.
    public Curvature curvature() {
        if (curvature == null) {
            curvature = LossSurface.of(loss).curvature(theta).keptIn(scope);
        }
        return curvature;
    }

    /// The curvature, if a probe asked for it.
    Optional<Curvature> made() {
        return Optional.ofNullable(curvature);
    }
}
