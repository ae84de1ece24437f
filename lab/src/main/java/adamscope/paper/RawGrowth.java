package adamscope.paper;

import adamscope.table.Table;

/// How the sharpness λ₁(H) itself goes on after a run has reached its threshold.
///
/// @param from   the step at which λ₁(P⁻¹H) came to its threshold; NaN: never
/// @param factor by which the line of least squares through log λ₁(H) grows from there to the end
record RawGrowth(double from, double factor) {
    /// A sharpness that grows by less than this has ceased to rise.
    static final double RISES = 1.1;

    /// Of a run whose measurements are evenly spread after the threshold was reached.
    static RawGrowth of(Table probes) {
        return of(probes, EdgeCurve.preconditioned(probes).reaches(1));
    }

    /// From a step on.
    static RawGrowth of(Table probes, double from) {
        double[] step = probes.numbers("step");
        double[] raw = probes.numbers("sharpness");
        double[] log = new double[raw.length];
        java.util.Arrays.setAll(log, i -> Math.log(raw[i]));
        double end = step[step.length - 1];
        if (!(from < end)) {
            return new RawGrowth(Double.NaN, Double.NaN);
        }
        return new RawGrowth(from, Math.exp(new Curve(step, log).fittedSlope(from, end) * (end - from)));
    }
}
