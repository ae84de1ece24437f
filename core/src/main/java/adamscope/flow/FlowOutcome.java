package adamscope.flow;

import adamscope.shape.Decimal;
import java.math.BigDecimal;
import java.math.MathContext;

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
            case AtEnd(double time) -> "solved up to time " + rounded(time, 6);
            case Settled(double time) ->
                "every gradient vanishes from time " + rounded(time, 12) + " on; there the solution stays";
            case BlewUp(double time, String quantity) ->
                quantity + " grows without bound towards time " + rounded(time, 12);
            case Singular(double time, String why) -> "stopped at time " + rounded(time, 12) + ": " + why;
            case Stiff(double time, String why) -> "stopped at time " + rounded(time, 6) + ", stiff: " + why;
            case NotCovered(double time, String why) -> "stopped at time " + rounded(time, 6) + ": " + why;
        };
    }

    private static String rounded(double time, int digits) {
        return Decimal.written(
                new BigDecimal(time).round(new MathContext(digits)).doubleValue());
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
