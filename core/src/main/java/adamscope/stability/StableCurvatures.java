package adamscope.stability;

import java.util.List;
import java.util.OptionalDouble;

/// The curvatures λ > 0 at which a frozen rule is stable, as intervals in ascending order.
///
/// @param intervals  none where it is unstable at every curvature
/// @param grows      whether its step grows with the gradient from 0; a sign method's does not
/// @param piecewise  whether the rule is linear only piece by piece
public record StableCurvatures(List<CurvatureInterval> intervals, boolean grows, boolean piecewise) {

    /// Curvatures above `from`, which may be 0, and below `to`, which may be infinite.
    public record CurvatureInterval(double from, double to) {}

    public StableCurvatures {
        intervals = List.copyOf(intervals);
    }

    /// The upper end of the first interval, above which stability is lost; empty where there is none.
    public OptionalDouble threshold() {
        return intervals.isEmpty() || Double.isInfinite(intervals.getFirst().to())
                ? OptionalDouble.empty()
                : OptionalDouble.of(intervals.getFirst().to());
    }

    /// Whether no curvature is stable.
    public boolean unstableEverywhere() {
        return intervals.isEmpty();
    }

    /// In units of 1/factor.
    StableCurvatures times(double factor) {
        return new StableCurvatures(
                intervals.stream()
                        .map(i -> new CurvatureInterval(i.from() * factor, i.to() * factor))
                        .toList(),
                grows,
                piecewise);
    }
}
