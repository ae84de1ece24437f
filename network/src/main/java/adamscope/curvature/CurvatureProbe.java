package adamscope.curvature;

import adamscope.linear.EigenTracker;
import adamscope.linear.LinearOperator;
import adamscope.linear.TrackedSpectrum;
import adamscope.tensor.TensorVectors;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/// Measures the top eigenvalues along a training; each search starts from what the one before left.
public final class CurvatureProbe {

    /// One measurement; `raw` is null where the schedule leaves it out.
    public record Reading(
            TrackedSpectrum<Tensor> preconditioned, long excludedCoordinates, TrackedSpectrum<Tensor> raw) {}

    private final boolean raw;
    private final EigenTracker<Tensor> tracker;
    private final TrackerMemory preconditionedMemory;
    private final TrackerMemory rawMemory;

    /// A probe for one eigenvalue of each operator.
    public CurvatureProbe(ProbeSchedule schedule, TensorVectors space, long seed) {
        this(EigenTracker.Settings.of(1, schedule.tolerance(), schedule.maxProducts(), seed), space, schedule.raw());
    }

    /// A probe for several eigenvalues.
    ///
    /// @param raw whether those of H itself are measured too
    public CurvatureProbe(EigenTracker.Settings settings, TensorVectors space, boolean raw) {
        this.raw = raw;
        this.tracker = new EigenTracker<>(settings);
        this.preconditionedMemory = TrackerMemory.of(space, settings.most());
        this.rawMemory = raw ? TrackerMemory.of(space, settings.most()) : null;
    }

    /// The eigenpairs at one point; their vectors belong to the caller's scope.
    ///
    /// @param threshold of the eigenvalues of P⁻¹H, near which more of them are tracked; ∞ for none
    public Reading measure(Curvature hessian, PreconditionedHessian operator, double threshold) {
        return new Reading(
                tracked(preconditionedMemory, operator, threshold),
                operator.excludedCoordinates(),
                raw ? tracked(rawMemory, hessian, Double.POSITIVE_INFINITY) : null);
    }

    private TrackedSpectrum<Tensor> tracked(TrackerMemory memory, LinearOperator<Tensor> operator, double threshold) {
        EigenTracker.Step<Tensor> step = tracker.measure(operator, memory.state(), threshold);
        memory.keep(step.state());
        return step.found();
    }

    /// The tensors from which the next searches start, by name.
    public Map<String, Tensor> memory() {
        Map<String, Tensor> memory = new LinkedHashMap<>();
        preconditionedMemory.addTo(memory, "preconditioned");
        if (raw) {
            rawMemory.addTo(memory, "raw");
        }
        return memory;
    }
}
