package adamscope.training;

import adamscope.curvature.Curvature;
import adamscope.curvature.LossSurface;
import adamscope.curvature.Slope;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// What probes of one step share: the step itself, and gradient and curvature over all samples at its end, which are
/// made when the first of them asks and belong to the scope in which this was made.
public final class StepEnd {
    private final long step;
    private final Map<String, Double> hyper;
    private final double stepNorm;
    private final Tensor update;
    private final LossSurface surface;
    private final Tensor theta;
    private final PointerScope scope = PointerScope.getInnerScope();
    private Curvature curvature;
    private Slope slope;

    /// @param hyper   of this step
    /// @param update  θ_t − θ_{t−1}
    /// @param surface over all samples
    StepEnd(long step, Map<String, Double> hyper, double stepNorm, Tensor update, LossSurface surface, Tensor theta) {
        this.step = step;
        this.hyper = hyper;
        this.stepNorm = stepNorm;
        this.update = update;
        this.surface = surface;
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

    /// The loss over all samples.
    public LossSurface surface() {
        return surface;
    }

    /// Loss and gradient over all samples at θ_t; they live as long as the step.
    public Slope slope() {
        if (slope == null) {
            slope = curvature == null
                    ? surface.slope(theta).keptIn(scope)
                    : curvature.slope().keptIn(scope);
        }
        return slope;
    }

    /// Over all samples at θ_t; lives as long as the step.
    public Curvature curvature() {
        if (curvature == null) {
            curvature = surface.curvature(theta).keptIn(scope);
        }
        return curvature;
    }

    /// Loss and gradient, if a probe asked for them.
    Optional<Slope> made() {
        return slope == null && curvature == null ? Optional.empty() : Optional.of(slope());
    }
}
