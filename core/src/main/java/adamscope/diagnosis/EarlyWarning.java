package adamscope.diagnosis;

import adamscope.regime.Quantity;
import adamscope.regime.RunLog;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/// A score for each row that uses nothing of later rows and rises before the loss does; 1 is an alarm.
///
/// The largest of: lr·λ₁(P⁻¹H) over its threshold; and of ‖Δθ‖, ‖g‖, |m|/√v (99th percentile) and the largest attention
/// logit, how far the logarithm stands above its running average, in units of six mean deviations and at least a factor
/// 3. Rows with an alarm do not enter the averages.
public final class EarlyWarning {
    private static final int MEMORY = 200;
    private static final int SETTLED = 50;
    private static final double DEVIATIONS = 6;
    private static final double LEAST = Math.log10(3);
    private static final List<String> WATCHED =
            List.of(Quantity.STEP_NORM, Quantity.GRADIENT_NORM, Quantity.stepRatio(99), Quantity.ATTENTION_LOGIT_MAX);

    private EarlyWarning() {}

    /// The scores of a log; 0 where nothing is measured yet.
    public static double[] scores(RunLog log, Circumstances known) {
        double[] scores = new double[log.rows()];
        for (String quantity : WATCHED) {
            log.numbers(quantity).ifPresent(values -> raise(scores, excess(values)));
        }
        OptionalDouble threshold = known.threshold();
        if (threshold.isPresent() && log.has(Quantity.PRECONDITIONED_SHARPNESS)) {
            double[] sharpness = log.numbers(Quantity.PRECONDITIONED_SHARPNESS).orElseThrow();
            double[] lr = log.numbers(Quantity.LR).orElseGet(() -> {
                double[] fixed = new double[sharpness.length];
                Arrays.fill(fixed, known.or("lr", Double.NaN));
                return fixed;
            });
            double[] share = new double[sharpness.length];
            double last = 0;
            for (int row = 0; row < share.length; row++) {
                last = Double.isFinite(sharpness[row]) ? sharpness[row] : last;
                // v is not settled at the start, and the threshold is that of settled averages.
                share[row] = row < SETTLED || Double.isNaN(lr[row]) ? 0 : last * lr[row] / threshold.getAsDouble();
            }
            raise(scores, share);
        }
        return scores;
    }

    /// The rows at which an alarm begins.
    public static int[] alarms(double[] scores) {
        return java.util.stream.IntStream.range(0, scores.length)
                .filter(row -> scores[row] >= 1 && (row == 0 || scores[row - 1] < 1))
                .toArray();
    }

    private static void raise(double[] scores, double[] others) {
        for (int row = 0; row < scores.length; row++) {
            scores[row] = Math.max(scores[row], others[row]);
        }
    }

    private static double[] excess(double[] values) {
        double[] excess = new double[values.length];
        double average = Double.NaN;
        double deviation = 0;
        int seen = 0;
        for (int row = 0; row < values.length; row++) {
            double y = Math.log10(values[row]);
            if (!Double.isFinite(y)) {
                continue;
            }
            double distance = Double.isNaN(average) ? 0 : y - average;
            excess[row] = seen < SETTLED ? 0 : distance / Math.max(LEAST, DEVIATIONS * deviation);
            if (excess[row] < 1) {
                double weight = 1.0 / Math.min(++seen, MEMORY);
                average = Double.isNaN(average) ? y : average + weight * distance;
                deviation += weight * (Math.abs(distance) - deviation);
            }
        }
        return excess;
    }
}
