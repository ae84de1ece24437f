package adamscope.inspection;

import adamscope.diagnosis.NumberFormat;

/// |m|/√v of stored averages against the bound R of exact ones, with what their formats can add.
///
/// |m| ≤ R·√v holds for the averages of any gradients [adamscope.stability.StepBound]. Stored ones were rounded in each
/// step: v by a relative u_v, which its decay keeps for 1/(1−β₂) steps, and by the smallest number of its format, so
/// the exact v lies below v·(1 + 4u_v/(1−β₂)) + s_v/(1−β₂); m likewise. What exceeds R beyond both is no rounding.
final class RatioBound {
    private final double bound;
    private final double relativeSecond;
    private final double absoluteSecond;
    private final double relativeFirst;
    private final double absoluteFirst;

    RatioBound(double bound, double beta1, double beta2, NumberFormat first, NumberFormat second) {
        this.bound = bound;
        this.relativeSecond = 1 + 4 * unit(second) / (1 - beta2);
        this.absoluteSecond = smallest(second) / (1 - beta2);
        this.relativeFirst = 1 - 4 * unit(first) / (1 - beta1);
        this.absoluteFirst = smallest(first) / (1 - beta1);
    }

    /// R.
    double bound() {
        return bound;
    }

    /// Whether there is a bound, and the formats leave something of it.
    boolean applies() {
        return bound < Double.POSITIVE_INFINITY && relativeFirst > 0;
    }

    boolean exceeded(double first, double second) {
        return Math.abs(first) * relativeFirst - absoluteFirst
                > bound * Math.sqrt(second * relativeSecond + absoluteSecond);
    }

    /// Half a last bit, relative.
    private static double unit(NumberFormat format) {
        return Math.scalb(1.0, -format.digits());
    }

    /// What may be lost below the range; short formats keep subnormal numbers, others are flushed on some hardware.
    static double smallest(NumberFormat format) {
        return format.digits() <= NumberFormat.FLOAT16.digits() && format != NumberFormat.BFLOAT16
                ? format.least()
                : format.leastNormal();
    }
}
