package adamscope.paper;

import adamscope.table.Table;
import java.util.Arrays;

/// A measured sharpness over the steps of a training, in units of the threshold of its rule: 1 is the edge of
/// stability.
///
/// @param step  when it was measured
/// @param ratio λ₁ over the threshold at that step
record EdgeCurve(double[] step, double[] ratio) {
    /// A run that came this near to its threshold has reached it.
    static final double REACHED = 0.95;

    /// Of λ₁(P⁻¹H).
    static EdgeCurve preconditioned(Table probes) {
        return of(probes, "preconditionedSharpness");
    }

    /// λ₁(P⁻¹H) itself, in 1/η: as if the threshold were 1.
    static EdgeCurve sharpness(Table probes) {
        return new EdgeCurve(probes.numbers("step"), probes.numbers("preconditionedSharpness"));
    }

    private static EdgeCurve of(Table probes, String column) {
        double[] sharpness = probes.numbers(column);
        double[] threshold = probes.numbers("threshold");
        double[] ratio = new double[sharpness.length];
        Arrays.setAll(ratio, i -> sharpness[i] / threshold[i]);
        return new EdgeCurve(probes.numbers("step"), ratio);
    }

    /// Where it was from a share of the steps on.
    ///
    /// @param mean average over time
    record Stay(double mean, double low, double high) {}

    /// The last third of the steps.
    Stay lastThird() {
        return since(step.length == 0 ? 0 : last() * 2 / 3);
    }

    /// The steps from one on; each measurement counts for the time until the next one.
    Stay since(double from) {
        double sum = 0;
        double time = 0;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < step.length; i++) {
            if (step[i] >= from && !Double.isNaN(ratio[i])) {
                double held = i + 1 < step.length ? step[i + 1] - step[i] : i > 0 ? step[i] - step[i - 1] : 1;
                sum += held * ratio[i];
                time += held;
                low = Math.min(low, ratio[i]);
                high = Math.max(high, ratio[i]);
            }
        }
        return time == 0 ? new Stay(Double.NaN, Double.NaN, Double.NaN) : new Stay(sum / time, low, high);
    }

    /// The first step at which the ratio rose to so much; NaN if it never did. Without bias correction P begins so
    /// small that the ratio begins above the threshold, and falls: that does not count.
    double reaches(double level) {
        boolean below = false;
        for (int i = 0; i < step.length; i++) {
            if (below && ratio[i] >= level) {
                return step[i];
            }
            below |= ratio[i] < level;
        }
        return Double.NaN;
    }

    /// Whether it came to its threshold, the first third of the steps left out.
    boolean reached() {
        return since(last() / 3).high() >= REACHED;
    }

    /// The share of the time from a step on that the ratio was below 1.
    double shareBelow(double from) {
        double[] below = new double[ratio.length];
        Arrays.setAll(below, i -> Double.isNaN(ratio[i]) ? Double.NaN : ratio[i] < 1 ? 1 : 0);
        return new EdgeCurve(step, below).since(from).mean();
    }

    double last() {
        return step[step.length - 1];
    }
}
