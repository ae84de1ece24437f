package adamscope.dynamics;

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
            case Converged(double decades) ->
                String.format(
                        Locale.ROOT, "the loss keeps falling: %.1f decades over the last half of the run", decades);
            case Cycling(double log10Level) ->
                String.format(
                        Locale.ROOT, "the loss stays at a level of about 1e%.1f without falling further", log10Level);
            case Spiking(double decades) ->
                String.format(Locale.ROOT, "the loss fell and came back: the largest rise is %.1f decades", decades);
            case Diverged(long step) -> "the loss grows without bound or is no number from about step " + step;
            case LeftRange(long step, String quantity) ->
                quantity + " left the normal range of double at about step " + step
                        + "; what follows is rounding, not dynamics (use --arithmetic scaled)";
            case Undecided _ -> "too short, or between the other outcomes";
        };
    }

    /// The sustained loss falls through the second half of the run, without a rise that matters beside the fall.
    ///
    /// @param decades fall of log₁₀ loss over the second half
    record Converged(double decades) implements Outcome {}

    /// The sustained loss keeps its level.
    ///
    /// @param log10Level its log₁₀ at the end
    record Cycling(double log10Level) implements Outcome {}

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
    record Undecided() implements Outcome {}
}
