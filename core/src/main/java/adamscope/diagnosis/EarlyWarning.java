package adamscope.diagnosis;

import adamscope.regime.Quantity;
import adamscope.regime.RunLog;
import adamscope.regime.SpikeEvent;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/// A score for each row that uses nothing of later rows and rises before the loss does; 1 is an alarm.
///
/// The largest of: lr·λ₁(P⁻¹H) over its threshold; and of ‖Δθ‖, ‖g‖, |m|/√v (99th percentile) and the largest attention
/// logit, how far the logarithm stands above its running average, in units of six mean deviations and at least a factor
/// 3. Rows with an alarm do not enter the averages.
///
/// @param steps   of the rows
/// @param scores  0 where nothing is measured yet
/// @param sources the quantity that each score comes from, as a place among those that are watched; −1: none
/// @param alarms  the rows at which an alarm begins
/// @param watches whether anything that is watched was logged, for longer than the averages need to settle
public record EarlyWarning(long[] steps, double[] scores, byte[] sources, int[] alarms, boolean watches) {
    /// Steps before an onset in which an alarm counts as a warning of it.
    public static final int AHEAD = 200;

    private static final int MEMORY = 200;
    private static final int SETTLED = 50;
    private static final double DEVIATIONS = 6;
    private static final double LEAST = Math.log10(3);
    private static final List<String> WATCHED = List.of(
            Quantity.STEP_NORM,
            Quantity.GRADIENT_NORM,
            Quantity.stepRatio(99),
            Quantity.ATTENTION_LOGIT_MAX,
            Quantity.PRECONDITIONED_SHARPNESS);

    /// The scores of a log.
    public static EarlyWarning of(RunLog log, Circumstances known) {
        double[] scores = new double[log.rows()];
        byte[] sources = new byte[log.rows()];
        Arrays.fill(sources, (byte) -1);
        for (int source = 0; source < WATCHED.size(); source++) {
            String quantity = WATCHED.get(source);
            if (!log.has(quantity)) {
                continue;
            }
            double[] values = log.numbers(quantity).orElseThrow();
            if (!quantity.equals(Quantity.PRECONDITIONED_SHARPNESS)) {
                raise(scores, sources, excess(values), source);
            } else if (known.threshold().isPresent()) {
                raise(scores, sources, share(values, log, known), source);
            }
        }
        int[] alarms = IntStream.range(0, scores.length)
                .filter(row -> scores[row] >= 1 && (row == 0 || scores[row - 1] < 1))
                .toArray();
        boolean watches = log.rows() > SETTLED && WATCHED.stream().anyMatch(log::has);
        return new EarlyWarning(log.steps(), scores, sources, alarms, watches);
    }

    /// Steps from the first alarm of the [#AHEAD] steps before a rise to its onset; empty if there was none.
    public OptionalLong lead(SpikeEvent event) {
        return Arrays.stream(alarms)
                .mapToLong(row -> event.onset() - steps[row])
                .filter(lead -> lead > 0 && lead <= AHEAD)
                .findFirst();
    }

    /// The largest score of all rows; 0 for none.
    public double highest() {
        return Arrays.stream(scores).max().orElse(0);
    }

    /// The row with the largest score of each of at most so many stretches: the curve, thinned without losing an alarm.
    public int[] decisive(int most) {
        int stretches = Math.min(most, scores.length);
        int[] rows = new int[stretches];
        for (int stretch = 0; stretch < stretches; stretch++) {
            int from = (int) ((long) scores.length * stretch / stretches);
            int to = (int) ((long) scores.length * (stretch + 1) / stretches);
            rows[stretch] = from;
            for (int row = from; row < to; row++) {
                rows[stretch] = scores[row] > scores[rows[stretch]] ? row : rows[stretch];
            }
        }
        return rows;
    }

    /// The quantity that a row's score comes from, `none` if nothing is measured.
    public String source(int row) {
        return sources[row] < 0 ? "none" : WATCHED.get(sources[row]);
    }

    private static void raise(double[] scores, byte[] sources, double[] others, int source) {
        for (int row = 0; row < scores.length; row++) {
            if (others[row] > scores[row]) {
                scores[row] = others[row];
                sources[row] = (byte) source;
            }
        }
    }

    private static double[] share(double[] sharpness, RunLog log, Circumstances known) {
        OptionalDouble threshold = known.threshold();
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
        return share;
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
