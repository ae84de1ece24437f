package adamscope.dynamics;

import adamscope.kernel.Rest;
import adamscope.objective.Minimum;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Loss and gradient of a run seen through windows, and what they say of the outcome together.
///
/// Where the loss over its minimum falls below its rounding error, the squared gradient goes on where it left off: near
/// a minimum one is proportional to the other. Where the loss keeps a level above it, the squared gradient tells a
/// cycle from another minimum.
///
/// @param loss     over its minimum
/// @param slopeMax log₁₀ of the largest |∇L|² in each window; none where the loss alone tells all
/// @param end      where the run ended
public record RunHistory(LossHistory loss, double[] slopeMax, End end) {
    /// Decades over its rounding error that a loss must have to count.
    private static final double CLEAR = 1;

    /// Decades in which the loss and the squared gradient are compared.
    private static final double COMPARED = 6;

    /// A level that changes less, in decades.
    private static final double LEVEL = 0.01;

    private static final double DEEP_FALL = 6;

    private static final Outcome SINKING = new Outcome.Undecided(
            "the loss still falls, below what it is measured from; more steps, or its least value, would show where"
                    + " to");

    private static final Outcome CROSSED = new Outcome.Undecided(
            "the loss fell below what it is measured from, so that its distance from there tells no spikes; its least"
                    + " value would");

    private static final Outcome RESTING = new Outcome.Undecided(
            "the run comes to rest above the minimum: at the pace of its last step, as many steps again would move no"
                    + " variable by a thousandth");

    /// Where a run ended.
    ///
    /// @param minimum         that losses are measured from
    /// @param named           whether the user named it
    /// @param loss            over the minimum, with its sign
    /// @param log10LossError  log₁₀ of its rounding error
    /// @param log10SlopeError log₁₀ of the rounding error of |∇L|²
    /// @param rest            whether another step would move anything
    public record End(
            double minimum, boolean named, double loss, double log10LossError, double log10SlopeError, Rest rest) {
        /// Where the loss alone tells all, and nobody asks for its minimum.
        public static End plain(Rest rest) {
            return new End(0, false, Double.NaN, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, rest);
        }

        private boolean isStill() {
            return rest == Rest.STILL;
        }

        private boolean isBelowMinimum() {
            return loss < -Math.pow(10, log10LossError);
        }
    }

    /// The outcome; a run that left the range of numbers is known to its kernel, not here.
    public Outcome outcome() {
        if (end.named && end.isBelowMinimum() && !(loss.outcome() instanceof Outcome.Converged)) {
            return belowNamed();
        }
        Outcome found = judged();
        if (found instanceof Outcome.Spiking && end.isBelowMinimum()) {
            return isSinking() ? SINKING : CROSSED;
        }
        if (!(found instanceof Outcome.Cycling)) {
            return found;
        }
        return isSinking() ? SINKING : end.rest == Rest.NEARLY ? RESTING : found;
    }

    private Outcome belowNamed() {
        return new Outcome.Undecided("the loss ends at " + Minimum.written(end.minimum + end.loss)
                + ", below the minimum of " + Minimum.written(end.minimum)
                + " that was named; name the least value, or none: then it is looked for");
    }

    /// Whether the loss lies below what it is measured from and falls on: then its distance from there grows.
    private boolean isSinking() {
        double[] levels = loss.windowMax();
        int n = levels.length;
        return n >= LossHistory.FEWEST_WINDOWS
                && end.isBelowMinimum()
                && levels[n - 1] - levels[n / 2] > LEVEL
                && IntStream.range(n / 2 + 1, n).allMatch(w -> levels[w] > levels[w - 1]);
    }

    private Outcome judged() {
        if (slopeMax.length < LossHistory.FEWEST_WINDOWS
                || Arrays.stream(slopeMax).anyMatch(Double::isNaN)) {
            return end.isStill() && loss.outcome() instanceof Outcome.Cycling
                    ? standing()
                    : named(loss.outcome(), end.minimum);
        }
        double resolved = end.log10LossError + CLEAR;
        return isLevel(loss.windowMax(), resolved) ? bySlope() : byBoth(resolved);
    }

    private static Outcome standing() {
        return new Outcome.Undecided("nothing moves: the steps are below the spacing of the numbers");
    }

    private Outcome named(Outcome outcome, double limit) {
        return switch (outcome) {
            case Outcome.Converged(double decades, double _, var approach) ->
                new Outcome.Converged(decades, limit, approach);
            case Outcome.Cycling(double level, double _) -> new Outcome.Cycling(level, end.minimum);
            case Outcome.Diverged _, Outcome.Spiking _, Outcome.LeftRange _, Outcome.Undecided _ -> outcome;
        };
    }

    /// Whether the loss keeps one level above its rounding error through the second half.
    private static boolean isLevel(double[] levels, double resolved) {
        double[] late = Arrays.copyOfRange(levels, levels.length / 2, levels.length);
        double least = Arrays.stream(late).min().orElse(Double.NaN);
        return least > resolved && Arrays.stream(late).max().orElse(Double.NaN) - least < LEVEL;
    }

    /// The loss stays where it is: at a minimum that is not the least, or in a cycle.
    private Outcome bySlope() {
        Outcome found = judged(slopeMax, slopeMax[0], end.log10SlopeError, end.minimum + end.loss);
        return switch (found) {
            case Outcome.Cycling _ ->
                loss.outcome() instanceof Outcome.Undecided falling
                        ? falling
                        : new Outcome.Cycling(loss.windowMax()[loss.windowMax().length - 1], end.minimum);
            case Outcome.Diverged _ ->
                new Outcome.Undecided("the run leaves a point where the gradient is 0; more steps would show where to");
            case Outcome.Converged _, Outcome.Spiking _, Outcome.LeftRange _, Outcome.Undecided _ -> found;
        };
    }

    private Outcome byBoth(double resolved) {
        double[] levels = loss.windowMax();
        double offset = offset(resolved);
        double[] both = new double[levels.length];
        Arrays.setAll(both, w -> levels[w] > resolved ? levels[w] : Math.min(resolved, slopeMax[w] + offset));
        double limit = end.isBelowMinimum() ? end.minimum + end.loss : end.minimum;
        if (isAtKink(resolved)) {
            return reached(limit);
        }
        Outcome found = judged(both, loss.first(), end.log10SlopeError + offset, limit);
        // The gradient may still end in noise above its own rounding, where the loss shows no more.
        boolean shows = loss.first() < resolved + DEEP_FALL || !isDown(resolved);
        return shows || !(found instanceof Outcome.Undecided) ? found : reached(limit);
    }

    /// Whether the loss is down to its rounding error where the gradient jumps and so has not fallen with it.
    private boolean isAtKink(double resolved) {
        return isDown(resolved) && slopeMax[slopeMax.length - 1] > slopeMax[0] - CLEAR;
    }

    /// Whether the loss is down to its rounding error through the last tenth.
    private boolean isDown(double resolved) {
        double[] levels = loss.windowMax();
        int tenth = levels.length - Math.max(1, levels.length / 10);
        return Arrays.stream(levels, tenth, levels.length).allMatch(level -> level <= resolved);
    }

    /// Decades between loss and squared gradient, where both are known.
    private double offset(double resolved) {
        double[] levels = loss.windowMax();
        double[] apart = IntStream.range(0, levels.length)
                .filter(w -> levels[w] > resolved && levels[w] < resolved + COMPARED && Double.isFinite(slopeMax[w]))
                .mapToDouble(w -> levels[w] - slopeMax[w])
                .sorted()
                .toArray();
        if (apart.length > 0) {
            return apart[apart.length / 2];
        }
        double highest = IntStream.range(0, levels.length)
                .filter(w -> levels[w] <= resolved)
                .mapToDouble(w -> slopeMax[w])
                .max()
                .orElse(resolved);
        return Double.isFinite(highest) && Double.isFinite(resolved) ? resolved - highest : 0;
    }

    /// @param error level below which rounding is all there is
    private Outcome judged(double[] levels, double first, double error, double limit) {
        double ground = error + CLEAR;
        double[] clear =
                Arrays.stream(levels).map(level -> Math.max(level, ground)).toArray();
        LossHistory history = new LossHistory(clear, Math.max(first, ground));
        int tenth = levels.length - Math.max(1, levels.length / 10);
        double last = Arrays.stream(levels, tenth, levels.length).max().orElseThrow();
        Outcome found = history.outcome();
        if (last <= ground && !(found instanceof Outcome.Spiking)) {
            return reached(limit);
        }
        if (end.isStill()
                && last == Arrays.stream(levels, tenth, levels.length).min().orElseThrow()) {
            return first - last >= DEEP_FALL ? reached(limit) : standing();
        }
        return named(found, limit);
    }

    private Outcome reached(double limit) {
        return new Outcome.Converged(
                Double.POSITIVE_INFINITY,
                limit,
                end.minimum + end.loss == limit && end.loss == 0
                        ? Outcome.Approach.EXACT
                        : Outcome.Approach.LAST_DIGITS);
    }
}
