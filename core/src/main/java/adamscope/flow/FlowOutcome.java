package adamscope.flow;

import java.util.Locale;

/// How the solution of a flow ended. Stopping early is an outcome, not an error.
public sealed interface FlowOutcome {

    /// The time reached.
    double time();

    /// The word for it in tables and JSON.
    default String word() {
        return switch (this) {
            case AtEnd _ -> "reached";
            case Settled _ -> "settled";
            case BlewUp _ -> "blew-up";
            case Singular _ -> "singular";
            case Stiff _ -> "stiff";
            case NotCovered _ -> "not-covered";
        };
    }

    /// One sentence for a person.
    default String sentence() {
        return switch (this) {
            case AtEnd(double time) -> String.format(Locale.ROOT, "solved up to time %.6g", time);
            case Settled(double time) ->
                String.format(
                        Locale.ROOT, "every gradient vanishes from time %.12g on; there the solution stays", time);
            case BlewUp(double time, String quantity) ->
                String.format(Locale.ROOT, "%s grows without bound towards time %.12g", quantity, time);
            case Singular(double time, String why) ->
                String.format(Locale.ROOT, "stopped at time %.12g: %s", time, why);
            case Stiff(double time, String why) ->
                String.format(Locale.ROOT, "stopped at time %.6g, stiff: %s", time, why);
            case NotCovered(double time, String why) ->
                String.format(Locale.ROOT, "stopped at time %.6g: %s", time, why);
        };
    }

    /// The end that was asked for.
    record AtEnd(double time) implements FlowOutcome {}

    /// A critical point, reached in finite time; the trajectory goes on there up to the end asked for.
    record Settled(double time) implements FlowOutcome {}

    /// A component passed 10¹⁵⁰, or 10³⁰ while the step shrank to nothing.
    record BlewUp(double time, String quantity) implements FlowOutcome {}

    /// The right-hand side has no value, or the step shrank to nothing.
    record Singular(double time, String why) implements FlowOutcome {}

    /// The budget of evaluations was spent on steps far shorter than what happens.
    record Stiff(double time, String why) implements FlowOutcome {}

    /// The equations do not describe what comes next.
    record NotCovered(double time, String why) implements FlowOutcome {}
}
