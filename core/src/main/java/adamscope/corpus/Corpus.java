package adamscope.corpus;

import adamscope.diagnosis.Cause;
import adamscope.regime.LossCurve;
import adamscope.regime.RunLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/// Runs whose cause is known because it was built in, and because without it the same run does not rise.
public final class Corpus {
    /// Decades that a run has to rise through its cause, and how many times the rise of its control by noise.
    static final double RISE = 0.5;

    private static final double BEYOND = 3;
    private static final long SUDDEN = 200;
    private static final long SOON = 300;

    private static final int SUSTAINED = 10;

    /// The causes that are built in. Saturated attention is not among them: no small task was found that rises through
    /// it and does not rise with capped logits; nor are restarts, which are no event of one training, nor what is read
    /// from the shape of a log alone.
    public static final List<Cause> BUILT = List.of(
            Cause.PRECONDITIONER_LAG,
            Cause.SHARPNESS,
            Cause.SCHEDULE,
            Cause.DIVERGENCE_REGIME,
            Cause.BAD_BATCH,
            Cause.PRECISION,
            Cause.LOSS_SCALE,
            Cause.OTHER);

    private Corpus() {}

    /// Seeds for choosing thresholds, and seeds that are used for nothing but the published figures.
    public enum Half {
        FIT(1),
        TEST(2_000_001);

        private final long firstSeed;

        Half(long firstSeed) {
            this.firstSeed = firstSeed;
        }
    }

    /// Every cause with so many runs, and as many runs without one.
    public static List<Labelled> all(Half half, int each) {
        List<Labelled> runs = new ArrayList<>();
        for (Cause cause : BUILT) {
            runs.addAll(of(cause, half.firstSeed, each));
        }
        runs.addAll(quiet(half.firstSeed, each));
        return runs;
    }

    /// A run with its cause; empty for a run that nothing was done to.
    ///
    /// @param from step from which on the cause acts
    public record Labelled(Optional<Cause> cause, long seed, long from, RunLog log) {}

    /// Runs of one cause, the first `count` seeds from `firstSeed` on whose cause shows.
    public static List<Labelled> of(Cause cause, long firstSeed, int count) {
        List<Labelled> runs = new ArrayList<>();
        for (long seed = firstSeed; runs.size() < count; seed++) {
            if (seed > firstSeed + 20L * count) {
                throw new IllegalStateException(cause + ": only " + runs.size() + " of " + 20 * count + " seeds from "
                        + firstSeed + " on rise");
            }
            Recipe recipe = Recipe.of(cause, seed);
            RunLog log = recipe.run().log(cause.key() + "-" + seed);
            // A disturbance that begins at a step has to show soon after it, or something else is seen.
            long until = recipe.from() >= SUDDEN ? recipe.from() + SOON : Long.MAX_VALUE;
            double rise = rise(log, recipe.from(), until);
            if (rise >= RISE && rise >= BEYOND * rise(recipe.control().log("control"), recipe.from(), until)) {
                runs.add(new Labelled(Optional.of(cause), seed, recipe.from(), log));
            }
        }
        return runs;
    }

    /// Runs without a cause.
    public static List<Labelled> quiet(long firstSeed, int count) {
        return LongStream.range(firstSeed, firstSeed + count)
                .mapToObj(seed -> new Labelled(
                        Optional.empty(), seed, 0, Recipe.quiet(seed).log("quiet-" + seed)))
                .toList();
    }

    /// The largest rise in decades between two steps, above the lowest loss that was sustained over ten points before.
    /// Infinite if the loss is no number.
    static double rise(RunLog log, long from, long until) {
        LossCurve curve = LossCurve.of(log);
        if (curve.broken().length > 0 && curve.broken()[0] <= until) {
            return Double.POSITIVE_INFINITY;
        }
        double[] y = curve.log10Loss();
        double lowest = Double.POSITIVE_INFINITY;
        double rise = 0;
        for (int i = SUSTAINED; i < y.length; i++) {
            double sustained = Double.NEGATIVE_INFINITY;
            for (int j = i - SUSTAINED; j < i; j++) {
                sustained = Math.max(sustained, y[j]);
            }
            lowest = Math.min(lowest, sustained);
            if (curve.steps()[i] >= from && curve.steps()[i] <= until) {
                rise = Math.max(rise, y[i] - lowest);
            }
        }
        return rise;
    }
}
