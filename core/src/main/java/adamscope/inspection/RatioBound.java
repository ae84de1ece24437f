package adamscope.inspection;

import adamscope.diagnosis.FloatFormat;

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

    RatioBound(double bound, double beta1, double beta2, FloatFormat first, FloatFormat second) {
        this(bound, new double[] {beta1, unit(first), smallest(first)}, new double[] {
            beta2, unit(second), smallest(second)
        });
    }

    /// @param first  β, half a last bit, smallest number
    /// @param second the same of v
    private RatioBound(double bound, double[] first, double[] second) {
        this.bound = bound;
        this.relativeSecond = 1 + 4 * second[1] / (1 - second[0]);
        this.absoluteSecond = second[2] / (1 - second[0]);
        this.relativeFirst = 1 - 4 * first[1] / (1 - first[0]);
        this.absoluteFirst = first[2] / (1 - first[0]);
    }

    /// For numbers that were in some shorter format before: the digits of bfloat16, the range of float16.
    static RatioBound ofRounded(double bound, double beta1, double beta2) {
        double unit = unit(FloatFormat.BFLOAT16);
        double smallest = smallest(FloatFormat.FLOAT16);
        return new RatioBound(bound, new double[] {beta1, unit, smallest}, new double[] {beta2, unit, smallest});
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
    private static double unit(FloatFormat format) {
        return Math.scalb(1.0, -format.digits());
    }

    /// What may be lost below the range; short formats keep subnormal numbers, others are flushed on some hardware.
    static double smallest(FloatFormat format) {
        return format.digits() <= FloatFormat.FLOAT16.digits() && format != FloatFormat.BFLOAT16
                ? format.least()
                : format.leastNormal();
    }
}
