package adamscope.dynamics;

import adamscope.objective.Minimum;
import java.util.Locale;

/// What a run did. Divergence, cycles and the end of the number range are outcomes, not errors.
public sealed interface Outcome {

    /// The word for it in tables and JSON.
    default String word() {
        return switch (this) {
            case Converged _ -> "converged";
            case Cycling _ -> "cycling";
            case Spiking _ -> "spiking";
            case Diverged _ -> "diverged";
            case LeftRange _ -> "left-range";
            case Undecided _ -> "undecided";
        };
    }

    /// One sentence for a person.
    default String sentence() {
        return switch (this) {
            case Converged converged -> converged.words();
            case Cycling(double log10Level, double minimum) ->
                minimum == 0
                        ? String.format(
                                Locale.ROOT,
                                "the loss stays at a level of about 1e%.1f without falling further",
                                log10Level)
                        : String.format(
                                Locale.ROOT,
                                "the loss stays about 1e%.1f over its minimum of %s without falling further",
                                log10Level,
                                Minimum.written(minimum));
            case Spiking(double decades) ->
                String.format(Locale.ROOT, "the loss fell and came back: the largest rise is %.1f decades", decades);
            case Diverged(long step) ->
                "the loss grows without bound, or falls below every bound, or is no number from about" + " step "
                        + step;
            case LeftRange(long step, String quantity) ->
                quantity + " left the normal range of double at about step " + step
                        + "; what follows is rounding, not dynamics (use --arithmetic scaled)";
            case Undecided(String why) -> why;
        };
    }

    /// How a loss comes to its limit.
    enum Approach {
        /// It falls on and on.
        FALLING,
        /// The loss is exactly its limit.
        EXACT,
        /// It differs by no more than the rounding of its numbers, or nothing moves any more.
        LAST_DIGITS
    }

    /// The sustained loss falls through the second half of the run, without a rise that matters beside the fall, or
    /// stands at its limit to the last digits.
    ///
    /// @param decades  fall of log₁₀ of the loss over its limit in the second half
    /// @param limit    what the loss falls to
    /// @param approach whether it falls or stands
    record Converged(double decades, double limit, Approach approach) implements Outcome {
        private String words() {
            String to = Minimum.written(limit);
            return switch (approach) {
                case FALLING ->
                    limit == 0
                            ? String.format(
                                    Locale.ROOT,
                                    "the loss keeps falling: %.1f decades over the last half of the run",
                                    decades)
                            : String.format(
                                    Locale.ROOT,
                                    "the loss converges to %s: its distance from there falls by %.1f decades over the"
                                            + " last half of the run",
                                    to,
                                    decades);
                case EXACT -> limit == 0 ? "the loss falls to exactly 0" : "the loss converges to exactly " + to;
                case LAST_DIGITS -> "the loss converges to " + to + ", to the last digits of its arithmetic";
            };
        }
    }

    /// The sustained loss keeps its level.
    ///
    /// @param log10Level log₁₀ of the loss over its minimum at the end
    /// @param minimum    of the loss
    record Cycling(double log10Level, double minimum) implements Outcome {}

    /// The sustained loss fell by three decades or more and rose again by as much.
    ///
    /// @param decades largest rise of log₁₀ loss above an earlier sustained level
    record Spiking(double decades) implements Outcome {}

    /// The loss grew past a thousand times its start and goes on, or a number became infinite or NaN.
    ///
    /// @param step where this was first seen
    record Diverged(long step) implements Outcome {}

    /// A state became subnormal, or zero by underflow: the run is no longer the optimizer's.
    ///
    /// @param step     where this was first seen
    /// @param quantity what left the range
    record LeftRange(long step, String quantity) implements Outcome {}

    /// None of the others.
    ///
    /// @param why what would have decided, or what stood in the way
    record Undecided(String why) implements Outcome {}
}
