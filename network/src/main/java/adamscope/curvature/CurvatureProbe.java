package adamscope.curvature;

import adamscope.linear.EigenTracker;
import adamscope.linear.LinearOperator;
import adamscope.linear.TrackedSpectrum;
import adamscope.tensor.TensorVectors;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/// Measures the top eigenvalues along a training; each search starts from what the one before left.
public final class CurvatureProbe {

    /// What is tracked beside the largest eigenvalues of P^(−1/2)·H·P^(−1/2).
    ///
    /// @param raw    those of H
    /// @param bottom the smallest of P^(−1/2)·H·P^(−1/2)
    public record Parts(boolean raw, boolean bottom) {}

    /// One measurement; what was not asked for is null.
    ///
    /// @param bottom of −P^(−1/2)·H·P^(−1/2), so its values have the other sign
    public record MeasuredCurvature(
            TrackedSpectrum<Tensor> preconditioned,
            long excludedCoordinates,
            TrackedSpectrum<Tensor> raw,
            TrackedSpectrum<Tensor> bottom) {

        /// Products spent on all of it.
        public int products() {
            return Stream.of(preconditioned, raw, bottom)
                    .filter(Objects::nonNull)
                    .mapToInt(TrackedSpectrum::products)
                    .sum();
        }
    }

    private final EigenTracker<Tensor> tracker;
    private final EigenTracker<Tensor> one;
    private final TrackerMemory preconditionedMemory;
    private final TrackerMemory rawMemory;
    private final TrackerMemory bottomMemory;
    private final CheapHessian.Trust preconditionedTrust;
    private final CheapHessian.Trust rawTrust;

    /// A probe for one eigenvalue of each operator.
    public CurvatureProbe(ProbeSchedule schedule, TensorVectors space, long seed) {
        this(
                EigenTracker.Tracking.of(1, schedule.tolerance(), schedule.maxProducts(), seed),
                space,
                new Parts(schedule.raw(), false));
    }

    /// A probe for several eigenvalues.
    public CurvatureProbe(EigenTracker.Tracking settings, TensorVectors space, Parts parts) {
        this.tracker = new EigenTracker<>(settings);
        this.one = new EigenTracker<>(
                EigenTracker.Tracking.of(1, settings.tolerance(), settings.maxProducts(), settings.seed()));
        this.preconditionedMemory = TrackerMemory.of(space, settings.most());
        this.rawMemory = parts.raw() ? TrackerMemory.of(space, settings.most()) : null;
        this.bottomMemory = parts.bottom() ? TrackerMemory.of(space, 1) : null;
        this.preconditionedTrust = CheapHessian.Trust.none(settings.tolerance());
        this.rawTrust = CheapHessian.Trust.none(settings.tolerance());
    }

    /// The eigenpairs at one point, by one gradient a product where its measured error allows ([CheapHessian]).
    ///
    /// @param threshold of the eigenvalues of P⁻¹H, near which more of them are tracked; ∞ for none
    public MeasuredCurvature measure(CurvatureSite site, double threshold) {
        Tensor scale = PreconditionedHessian.scale(site.preconditioner());
        CheapHessian hessian = new CheapHessian(site, scale, preconditionedTrust, preconditionedMemory.filled());
        PreconditionedHessian cheap = PreconditionedHessian.scaledBy(hessian, scale);
        Supplier<LinearOperator<Tensor>> exact =
                () -> PreconditionedHessian.scaledBy(site.exact().get(), scale);
        TrackedSpectrum<Tensor> preconditioned =
                cheaply(preconditionedMemory, cheap, vector -> hessian.holdsAlong(vector.mul(scale)), exact, threshold);
        preconditionedTrust.aged(jumped(preconditioned));
        TrackedSpectrum<Tensor> raw = null;
        if (rawMemory != null) {
            CheapHessian plain = new CheapHessian(site, null, rawTrust, rawMemory.filled());
            raw = cheaply(
                    rawMemory, plain, plain::holdsAlong, () -> site.exact().get(), Double.POSITIVE_INFINITY);
            rawTrust.aged(jumped(raw));
        }
        TrackedSpectrum<Tensor> bottom = bottomMemory == null
                ? null
                : tracked(one, bottomMemory, exact.get().times(-1), Double.POSITIVE_INFINITY);
        return new MeasuredCurvature(preconditioned, cheap.excludedCoordinates(), raw, bottom);
    }

    /// After a jump what is known of the error of cheap products is less to be relied on.
    private static boolean jumped(TrackedSpectrum<Tensor> found) {
        return switch (found.effort()) {
            case JUMP, EXHAUSTED -> true;
            case START, ROUTINE, RIVAL, CROSSING, CERTIFICATE -> false;
        };
    }

    /// With cheap products; on from there with exact ones where these were not good enough.
    private TrackedSpectrum<Tensor> cheaply(
            TrackerMemory memory,
            LinearOperator<Tensor> cheap,
            Predicate<Tensor> holds,
            Supplier<LinearOperator<Tensor>> exact,
            double threshold) {
        EigenTracker.Step<Tensor> step = tracker.measure(cheap, memory.state(), threshold);
        TrackedSpectrum<Tensor> found = step.found();
        LinearOperator.Uncertainty supposed = cheap.uncertainty();
        boolean holding = true;
        if (found.certified() && found.top().vector() != null) {
            // what is certified rests on the error of products here, not on that of some measurements ago
            holding = holds.test(found.top().vector());
            found = found.widened(
                    supposed, cheap.uncertainty(), tracker.settings().tolerance());
        }
        boolean settled = holding && found.values().stream().allMatch(TrackedSpectrum.Tracked::converged);
        if (!settled && supposed.product() > 0 && found.effort() != TrackedSpectrum.TrackingEffort.EXHAUSTED) {
            step = tracker.measure(exact.get(), step.state(), threshold);
            found = step.found().after(found);
        }
        memory.keep(step.state());
        return found;
    }

    /// The eigenpairs at one point; their vectors belong to the caller's scope.
    ///
    /// @param threshold of the eigenvalues of P⁻¹H, near which more of them are tracked; ∞ for none
    public MeasuredCurvature measure(LinearOperator<Tensor> hessian, PreconditionedHessian operator, double threshold) {
        return new MeasuredCurvature(
                tracked(tracker, preconditionedMemory, operator, threshold),
                operator.excludedCoordinates(),
                tracked(tracker, rawMemory, hessian, Double.POSITIVE_INFINITY),
                bottomMemory == null ? null : tracked(one, bottomMemory, operator.times(-1), Double.POSITIVE_INFINITY));
    }

    private static TrackedSpectrum<Tensor> tracked(
            EigenTracker<Tensor> tracker, TrackerMemory memory, LinearOperator<Tensor> operator, double threshold) {
        if (memory == null) {
            return null;
        }
        EigenTracker.Step<Tensor> step = tracker.measure(operator, memory.state(), threshold);
        memory.keep(step.state());
        return step.found();
    }

    /// The tensors from which the next searches start, by name.
    public Map<String, Tensor> memory() {
        Map<String, Tensor> memory = new LinkedHashMap<>();
        preconditionedMemory.addTo(memory, "preconditioned");
        memory.put("preconditioned.trust", preconditionedTrust.numbers());
        if (rawMemory != null) {
            rawMemory.addTo(memory, "raw");
            memory.put("raw.trust", rawTrust.numbers());
        }
        if (bottomMemory != null) {
            bottomMemory.addTo(memory, "bottom");
        }
        return memory;
    }
}
