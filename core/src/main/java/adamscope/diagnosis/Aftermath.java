package adamscope.diagnosis;

import adamscope.regime.LossCurve;
import adamscope.regime.MiddleValue;
import adamscope.regime.SpikeEvent;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/// What a rise left behind: whether the loss went on where it would have been without it.
///
/// The trend runs through log L of the thirds of up to 100 points before the onset and is drawn on to the first 20
/// points after the recovery, flattening as it did before; further than the points it rests on it is not drawn.
///
/// @param steps    from the onset to the recovery
/// @param offTrend log₁₀ of the loss after the recovery over the trend; NaN where that cannot be told
/// @param noise    how far the mean of as many points is from the trend by noise alone, three deviations
public record Aftermath(long steps, double offTrend, double noise) {
    private static final int BEFORE = 100;
    private static final int AFTER = 20;
    private static final int FEWEST = 20;

    /// What is left of a rise that the loss came back from.
    static Optional<Aftermath> of(LossCurve curve, SpikeEvent event) {
        if (event.recovery().isEmpty()) {
            return Optional.empty();
        }
        double[] y = curve.log10Loss();
        int onset = curve.at(event.onset());
        int back = curve.at(event.recovery().getAsLong());
        int n = Math.min(BEFORE, onset);
        int after = Math.min(AFTER, y.length - back);
        long steps = event.recovery().getAsLong() - event.onset();
        if (n < FEWEST || after < FEWEST / 2 || back + after - onset > n) {
            return Optional.of(new Aftermath(steps, Double.NaN, Double.NaN));
        }
        int third = n / 3;
        double early = MiddleValue.of(y, onset - n, onset - n + third);
        double between = MiddleValue.of(y, onset - 2 * third, onset - third);
        double late = MiddleValue.of(y, onset - third, onset);
        double slope = (late - early) / (n - third);
        double middle = onset - third / 2.0;
        double[] off = IntStream.range(onset - n, onset)
                .mapToDouble(i -> Math.abs(y[i] - late - slope * (i - middle)))
                .sorted()
                .toArray();
        double ahead = back + after / 2.0 - middle;
        // The median deviation is 0.67 of the standard one; two medians of a third of n points make the line.
        double deviation = off[n / 2] / 0.6745;
        // Two differences of medians of a third: what noise alone makes of them is no flattening.
        double[] jumps = IntStream.range(onset - n + 1, onset)
                .mapToDouble(i -> Math.abs(y[i] - y[i - 1] - slope))
                .sorted()
                .toArray();
        double bend = 3 * 1.25 * jumps[n / 2] / (0.6745 * Math.sqrt(2)) * Math.sqrt(6.0 / third);
        double first = between - early;
        double second = late - between;
        double predicted =
                late + (first < 0 && second - first > bend ? flattening(first, second, ahead / third) : slope * ahead);
        double reach = 1 + ahead / (n - third);
        double noise = 3 * 1.25 * deviation * Math.sqrt(1.0 / after + 2 * reach * reach / third);
        return Optional.of(new Aftermath(steps, MiddleValue.of(y, back, back + after) - predicted, noise));
    }

    /// How a fall goes on that flattens from third to third by one ratio.
    private static double flattening(double first, double second, double thirds) {
        double ratio = Math.clamp(second / first, 0, 1);
        return second * ratio * (1 - Math.pow(ratio, thirds)) / (1 - ratio);
    }

    /// Whether the loss stands above its trend by more than noise and by a twentieth.
    public boolean harmful() {
        return offTrend > Math.max(noise, Math.log10(1.05));
    }

    /// `the loss was back within 12 steps and on the trend from before`.
    public String sentence() {
        String cost = String.format(Locale.ROOT, "the loss was back within %d step%s", steps, steps == 1 ? "" : "s");
        return Double.isNaN(offTrend)
                ? cost
                : harmful()
                        ? String.format(
                                Locale.ROOT,
                                "%s, and then stood ×%.3g above the trend from before",
                                cost,
                                Math.pow(10, offTrend))
                        : cost + " and on the trend from before: the rise itself was harmless";
    }
}
