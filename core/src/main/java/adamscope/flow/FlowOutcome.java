package adamscope.flow;

/// How the solution of a flow ended. Stopping early is an outcome, not an error.
public sealed interface FlowOutcome {

    /// The time reached.
    double time();

    /// The word for it in tables and JSON.
    default String word() {
        return switch (this) {
            case Reached _ -> "reached";
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
            case Reached(double time) -> "solved up to time %.6g".formatted(time);
            case Settled(double time) ->
                "every gradient vanishes from time %.12g on; there the solution stays".formatted(time);
            case BlewUp(double time, String quantity) ->
                "%s grows without bound towards time %.12g".formatted(quantity, time);
            case Singular(double time, String why) -> "stopped at time %.12g: %s".formatted(time, why);
            case Stiff(double time, String why) -> "stopped at time %.6g, stiff: %s".formatted(time, why);
            case NotCovered(double time, String why) -> "stopped at time %.6g: %s".formatted(time, why);
        };
    }

    /// The end that was asked for.
    record Reached(double time) implements FlowOutcome {}

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
