package adamscope.probe;

import adamscope.curvature.Curvature;
import adamscope.curvature.LossSurface;
import adamscope.curvature.Slope;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// What probes of one step share: the step itself, and gradient and curvature over all samples at its end, which are
/// made when the first of them asks and belong to the scope in which this was made.
public final class StepEnd {
    private final MadeStep made;
    private final LossSurface surface;
    private final Tensor theta;
    private final Function<Supplier<Slope>, Tensor> next;
    private final PointerScope scope = PointerScope.getInnerScope();
    private Curvature curvature;
    private Slope slope;

    /// The step that was made.
    ///
    /// @param step   its number
    /// @param hyper  the hyper-parameters of it
    /// @param norm   ‖θ_t − θ_{t−1}‖
    /// @param update θ_t − θ_{t−1}
    public record MadeStep(long step, Map<String, Double> hyper, double norm, Tensor update) {}

    /// @param surface over all samples
    /// @param next    θ_{t+1} − θ_t as the rule would make it, from the gradient over all samples at θ_t
    public StepEnd(MadeStep made, LossSurface surface, Tensor theta, Function<Supplier<Slope>, Tensor> next) {
        this.made = made;
        this.surface = surface;
        this.theta = theta;
        this.next = next;
    }

    /// t.
    public long step() {
        return made.step();
    }

    /// The hyper-parameters of this step.
    public Map<String, Double> hyper() {
        return made.hyper();
    }

    /// ‖θ_t − θ_{t−1}‖.
    public double stepNorm() {
        return made.norm();
    }

    /// θ_t − θ_{t−1}.
    public Tensor update() {
        return made.update();
    }

    /// θ_{t+1} − θ_t, the step that the rule makes next; it is not made.
    public Tensor next() {
        return next.apply(this::slope);
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
    public Optional<Slope> made() {
        return slope == null && curvature == null ? Optional.empty() : Optional.of(slope());
    }
}
