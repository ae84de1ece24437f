package adamscope.diagnosis;

import adamscope.regime.Quantity;
import adamscope.regime.RowAxis;
import adamscope.regime.RunLog;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/// The memory of v in what was seen: half of a gradient's weight is gone after ln 2/(−ln β₂) steps, times the batch in
/// tokens or samples [Marek et al. 2025, arXiv:2507.07101].
///
/// @param steps half-life in steps
/// @param batch tokens or samples a step
/// @param unit  which of the two
record HalfLife(double steps, double batch, String unit) {

    static Optional<HalfLife> of(RunLog log, Circumstances known) {
        double beta2 = known.or("beta2", Double.NaN);
        RowAxis.Unit counted = log.facts().axis().unit();
        boolean steps = counted == RowAxis.Unit.STEP || counted == RowAxis.Unit.ROW;
        if (!steps || !(beta2 > 0 && beta2 < 1)) {
            return Optional.empty();
        }
        for (String unit : List.of(Quantity.TOKENS, Quantity.SAMPLES)) {
            double batch =
                    log.numbers(unit).map(counts -> batch(log.steps(), counts)).orElse(Double.NaN);
            if (batch > 0) {
                return Optional.of(new HalfLife(Math.log(2) / -Math.log(beta2), batch, unit));
            }
        }
        return Optional.empty();
    }

    /// The middle of what a step adds to a count.
    private static double batch(long[] steps, double[] counts) {
        double[] added = IntStream.range(1, counts.length)
                .mapToDouble(row -> (counts[row] - counts[row - 1]) / (steps[row] - steps[row - 1]))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        return added.length == 0 ? Double.NaN : added[added.length / 2];
    }

    String sentence() {
        return String.format(
                Locale.ROOT,
                "v forgets half in %.3g steps, %.3g %s at %.4g a step; a batch k times as large keeps that memory with"
                        + " beta2^k",
                steps,
                steps * batch,
                unit,
                batch);
    }
}
