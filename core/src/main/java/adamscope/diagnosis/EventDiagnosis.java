package adamscope.diagnosis;

import adamscope.regime.SpikeEvent;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// One rise with its suspects, the strongest first, and what to do.
///
/// @param endOf  onset of the rise whose end this is, where a loss climbed until it was no number
/// @param until  onset of the next rise, or the last step of the log
/// @param aftermath whether the loss went on where it would have been; empty if it did not come back
/// @param moved  logged quantities that left their level before the loss or with it, the earliest first
/// @param advice sentences, each with numbers, for the first suspect and what has to be logged
public record EventDiagnosis(
        SpikeEvent event,
        OptionalLong endOf,
        long until,
        Optional<Aftermath> aftermath,
        Signs signs,
        List<FirstMove> moved,
        List<Suspect> suspects,
        List<String> advice) {
    /// Weight below which a suspect is not named as the cause.
    public static final double NAMED = 0.4;

    private static final double SHARED = 0.9;
    private static final double PASSED = 0.2;

    public EventDiagnosis {
        moved = List.copyOf(moved);
        suspects = List.copyOf(suspects);
        advice = List.copyOf(advice);
    }

    /// The diagnosis of one rise.
    static EventDiagnosis of(DiagnosedLog read, SpikeEvent event) {
        Optional<SpikeEvent> before = read.before(event);
        if (before.isPresent()) {
            EventDiagnosis first = of(read, before.get());
            return new EventDiagnosis(
                    event,
                    OptionalLong.of(before.get().onset()),
                    read.until(event),
                    Optional.empty(),
                    first.signs,
                    first.moved,
                    first.suspects,
                    List.of(String.format(
                            Locale.ROOT,
                            "see the rise at step %d: what stops that one stops this",
                            before.get().onset())));
        }
        Rise rise = Rise.of(read, event);
        Signs signs = rise.signs();
        Circumstances known = read.known();
        List<Suspect> suspects = List.of(
                        DynamicsSuspects.lag(signs, known),
                        DynamicsSuspects.sharpness(signs, known),
                        DynamicsSuspects.schedule(rise),
                        DynamicsSuspects.divergence(signs, known),
                        InputSuspects.badBatch(rise),
                        PrecisionSuspects.precision(signs, read, event),
                        PrecisionSuspects.lossScale(signs),
                        InputSuspects.architecture(signs),
                        StateSuspects.state(signs, read.log(), event, known),
                        StateSuspects.restart(signs, rise.start(), event),
                        StartSuspects.learningRate(rise.climb(), read),
                        StartSuspects.nanGradient(rise),
                        PrecisionSuspects.absorption(rise),
                        ShapeSuspects.lossTerm(rise),
                        ShapeSuspects.periodic(rise),
                        InputSuspects.other(rise))
                .stream()
                .sorted(Comparator.comparingDouble(Suspect::weight).reversed())
                .toList();
        return new EventDiagnosis(
                event,
                OptionalLong.empty(),
                read.until(event),
                event.broken() ? Optional.empty() : Aftermath.of(read.curve(), event),
                signs,
                rise.moved(),
                suspects,
                Advice.of(rise, suspects));
    }

    /// The same rise where another run of the same batches rises at its step too, or passes it calmly.
    EventDiagnosis heldAgainst(String other, boolean rises) {
        boolean open = cause() == Cause.OTHER || cause() == Cause.BAD_BATCH;
        boolean narrow = DynamicsSuspects.instantly(signs) && !event.broken();
        List<Suspect> held = suspects.stream()
                .map(suspect -> suspect.cause() != Cause.BAD_BATCH || !open || rises && !narrow
                        ? suspect
                        : rises
                                ? suspect.with(SHARED, other + " rises at the same step", true)
                                : suspect.with(
                                        Math.min(suspect.weight(), PASSED),
                                        other + " passed the same batch without a rise",
                                        false))
                .sorted(Comparator.comparingDouble(Suspect::weight).reversed())
                .toList();
        return new EventDiagnosis(event, endOf, until, aftermath, signs, moved, held, advice);
    }

    /// The first suspect.
    public Suspect first() {
        return suspects.getFirst();
    }

    /// The cause that is named: the first suspect's, or [Cause#OTHER], no cause found, if it is weak.
    public Cause cause() {
        return first().weight() >= NAMED ? first().cause() : Cause.OTHER;
    }
}
