package adamscope.paper;

import adamscope.table.Table;
import java.util.Collection;

/// How the sharpness λ₁(H) goes on after λ₁(P⁻¹H) has come to its threshold: the slope of the line of least squares
/// through log λ₁(H), before and after.
///
/// @param from   the step at which the threshold was crossed; NaN: never
/// @param before slope from the lowest λ₁(H) up to there, a step
/// @param after  slope from there to the end
/// @param factor by which that line grows from there to the end
record RawGrowth(double from, double before, double after, double factor) {
    /// Of a run whose measurements are evenly spread.
    static RawGrowth of(Table probes) {
        return of(probes, EdgeCurve.preconditioned(probes).reaches(1));
    }

    /// Before and after a step.
    static RawGrowth of(Table probes, double from) {
        double[] step = probes.numbers("step");
        double[] raw = probes.numbers("sharpness");
        double[] log = new double[raw.length];
        java.util.Arrays.setAll(log, i -> Math.log(raw[i]));
        double end = step[step.length - 1];
        if (!(from < end)) {
            return new RawGrowth(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        Curve curve = new Curve(step, log);
        int lowest = 0;
        for (int i = 0; i < curve.firstAt(from); i++) {
            lowest = log[i] < log[lowest] ? i : lowest;
        }
        double after = curve.fittedSlope(from, end);
        return new RawGrowth(from, curve.fittedSlope(step[lowest], from), after, Math.exp(after * (end - from)));
    }

    /// The rate after the threshold in units of the rate before it.
    double part() {
        return after / before;
    }

    /// The largest factor; NaN if a run never came to its threshold.
    static double largest(Collection<RawGrowth> runs) {
        return runs.stream().mapToDouble(RawGrowth::factor).reduce(Double.NEGATIVE_INFINITY, Math::max);
    }

    /// The least factor; NaN if a run never came to its threshold.
    static double least(Collection<RawGrowth> runs) {
        return runs.stream().mapToDouble(RawGrowth::factor).reduce(Double.POSITIVE_INFINITY, Math::min);
    }
}
