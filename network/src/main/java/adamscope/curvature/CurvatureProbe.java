package adamscope.curvature;

import adamscope.linear.Eigenpair;
import adamscope.linear.Lanczos;
import adamscope.linear.LinearOperator;
import adamscope.tensor.TensorVectors;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/// Measures the top eigenvalues along a training; each search starts from the vector that the one before found.
public final class CurvatureProbe {

    /// One measurement; `raw` is null where the schedule leaves it out.
    public record Reading(Eigenpair<Tensor> preconditioned, long excludedCoordinates, Eigenpair<Tensor> raw) {}

    private final ProbeSchedule schedule;
    private final Lanczos search;
    private final Memory preconditioned;
    private final Memory raw;

    public CurvatureProbe(ProbeSchedule schedule, TensorVectors space, long seed) {
        this.schedule = schedule;
        this.search = new Lanczos(schedule.tolerance(), schedule.maxProducts(), seed);
        this.preconditioned = new Memory(space.place().zeros(space.dimension()));
        this.raw = new Memory(space.place().zeros(space.dimension()));
    }

    /// The eigenpairs at one point; their vectors belong to the caller's scope.
    public Reading measure(Curvature hessian, Tensor preconditioner) {
        PreconditionedHessian operator = PreconditionedHessian.of(hessian, preconditioner);
        return new Reading(
                preconditioned.top(search, operator),
                operator.excludedCoordinates(),
                schedule.raw() ? raw.top(search, hessian) : null);
    }

    /// The vectors from which the next searches start, by name.
    public Map<String, Tensor> memory() {
        return Map.of("preconditioned", preconditioned.vector(), "raw", raw.vector());
    }

    /// The last top vector, zero before the first.
    private record Memory(Tensor vector) {
        Eigenpair<Tensor> top(Lanczos search, LinearOperator<Tensor> operator) {
            if (operator.space().dimension() == 0) {
                return new Eigenpair<>(Double.NaN, null, Double.NaN, 0, false);
            }
            Eigenpair<Tensor> pair = search.top(operator, vector);
            if (pair.vector() != null) {
                vector.copy_(pair.vector());
            }
            return pair;
        }
    }
}
