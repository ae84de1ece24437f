package adamscope.diagnosis;

import adamscope.regime.SpikeEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A run done again from before a rise with one thing changed each time: what removes the rise?
///
/// @param event   the rise
/// @param from    step from which the changes act
/// @param to      last step of the reruns
/// @param results one for each change that the run allows, the unchanged run first
public record Replay(SpikeEvent event, long from, long to, List<Result> results) {
    /// Share of the height that a rise may keep to count as removed.
    private static final double REMOVED = 0.1;

    /// Share of the height that the unchanged rerun has to reach, or it is another run.
    private static final double AGAIN = 0.5;

    /// Decades that may be left of a rise to infinity.
    private static final double LEFT_OF_INFINITY = 1;

    private static final int WINDOW = 10;

    /// One thing that is changed.
    public enum Variation {
        NOTHING("nothing changed"),
        V_FLOORED("v held at or above its value there"),
        PRECONDITIONER_FROZEN("preconditioner frozen there"),
        M_RESET("m set to 0 there"),
        LR_HALVED("lr halved"),
        LR_HELD("lr held at its value there"),
        BETA2_LOWER("1 − beta2 ten times as large"),
        BETA1_LOWER("1 − beta1 twice as large"),
        EPS_RAISED("eps raised to the size of √v there"),
        BATCH_SKIPPED("batches at the onset skipped");

        private final String words;

        Variation(String words) {
            this.words = words;
        }

        /// The change for a reader.
        public String words() {
            return words;
        }

        /// The name in JSON: `v-floored`.
        public String key() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /// What came of a change.
    ///
    /// @param rise    largest rise of log₁₀ loss above the lowest that was sustained before; infinite if the loss was
    /// no
    ///                number
    /// @param removed whether at most a tenth of the unchanged rise was left, or less than stands out of the noise
    public record Result(Variation change, double rise, boolean removed) {}

    public Replay {
        results = List.copyOf(results);
    }

    /// From the rises of the reruns, that of [Variation#NOTHING] among them.
    public static Replay of(SpikeEvent event, long from, long to, Map<Variation, Double> rises) {
        double unchanged = rises.get(Variation.NOTHING);
        double allowed = event.broken() || Double.isInfinite(unchanged)
                ? LEFT_OF_INFINITY
                : Math.max(REMOVED * unchanged, event.height() / event.excess());
        List<Result> results = new ArrayList<>();
        for (Variation change : Variation.values()) {
            if (rises.containsKey(change)) {
                double rise = rises.get(change);
                results.add(new Result(change, rise, change != Variation.NOTHING && rise <= allowed));
            }
        }
        return new Replay(event, from, to, results);
    }

    /// The step from which changes act: before the onset by the memory of v, 1/(1−β₂), between 20 and 500 steps, but
    /// not before the end of an earlier rise.
    ///
    /// @param all rises of the run, in order
    public static long begin(SpikeEvent event, List<SpikeEvent> all, double beta2) {
        long memory = Math.clamp(Math.round(1 / (1 - beta2)), 20, 500);
        long earlier = all.stream()
                .filter(each -> each.onset() < event.onset())
                .mapToLong(each -> each.recovery().orElse(each.peak()))
                .max()
                .orElse(0);
        // The level before the rise needs a few rows.
        long latest = Math.min(earlier, event.onset() - WINDOW - 2);
        return Math.max(0, Math.max(event.onset() - memory, latest));
    }

    /// Whether the unchanged rerun rose as the run did; if not, the others say nothing.
    public boolean again() {
        double rise = results.getFirst().rise();
        return event.broken() ? Double.isInfinite(rise) : rise >= AGAIN * event.height();
    }

    /// The changes without which the run rises, in order; empty if the unchanged rerun did not rise.
    public List<Variation> removing() {
        return again()
                ? results.stream().filter(Result::removed).map(Result::change).toList()
                : List.of();
    }

    /// The cause that these results point to, if they point to one.
    ///
    /// A skipped batch that helps where holding v does not is a bad batch; a held lr that helps is a schedule; v held
    /// up is a lag; where a smaller step alone helps it is the curvature.
    public Optional<Cause> cause() {
        List<Variation> removing = removing();
        if (removing.contains(Variation.BATCH_SKIPPED) && !removing.contains(Variation.LR_HALVED)) {
            return Optional.of(Cause.BAD_BATCH);
        }
        if (removing.contains(Variation.LR_HELD)) {
            return Optional.of(Cause.SCHEDULE);
        }
        if (removing.contains(Variation.V_FLOORED)) {
            return Optional.of(Cause.PRECONDITIONER_LAG);
        }
        boolean smaller = removing.contains(Variation.LR_HALVED) || removing.contains(Variation.EPS_RAISED);
        return smaller && !removing.contains(Variation.BATCH_SKIPPED) ? Optional.of(Cause.SHARPNESS) : Optional.empty();
    }

    /// What it says, in a sentence or two.
    public String verdict() {
        if (!again()) {
            return String.format(
                            Locale.ROOT,
                            "the rerun without any change rose by %.3g decades instead of %.3g: it is not the same"
                                    + " run, and nothing",
                            results.getFirst().rise(),
                            event.height())
                    + " follows";
        }
        List<Variation> removing = removing();
        String removed = removing.isEmpty()
                ? "none of these changes removes the rise"
                : "the rise goes with: "
                        + String.join(
                                "; ", removing.stream().map(Variation::words).toList());
        return removed
                + cause().map(found -> ". That points to: " + found.words()).orElse("");
    }

    /// The largest rise of log₁₀ L above the lowest largest value of ten points in a row before it; infinite where a
    /// value is no number or infinite.
    public static double rise(double[] log10Loss) {
        double lowest = Double.POSITIVE_INFINITY;
        double rise = 0;
        for (int i = 0; i < log10Loss.length; i++) {
            double y = log10Loss[i];
            if (Double.isNaN(y) || y == Double.POSITIVE_INFINITY) {
                return Double.POSITIVE_INFINITY;
            }
            if (i + 1 >= WINDOW) {
                rise = Math.max(rise, y - lowest);
                double sustained =
                        Arrays.stream(log10Loss, i + 1 - WINDOW, i + 1).max().orElseThrow();
                lowest = Math.min(lowest, sustained);
            }
        }
        return rise;
    }
}
