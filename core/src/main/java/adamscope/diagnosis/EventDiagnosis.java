package adamscope.diagnosis;

import adamscope.regime.RunLog;
import adamscope.regime.SpikeEvent;
import java.util.Comparator;
import java.util.List;

/// One rise with its suspects, the strongest first, and what to do.
///
/// @param moved  logged quantities that left their level before the loss or with it, the earliest first
/// @param advice sentences, each with numbers, for the first suspect and what has to be logged
public record EventDiagnosis(
        SpikeEvent event, Signs signs, List<FirstMove> moved, List<Suspect> suspects, List<String> advice) {
    /// Weight below which a suspect is not named as the cause.
    public static final double NAMED = 0.4;

    public EventDiagnosis {
        moved = List.copyOf(moved);
        suspects = List.copyOf(suspects);
        advice = List.copyOf(advice);
    }

    /// The diagnosis of one rise.
    static EventDiagnosis of(DiagnosedLog read, SpikeEvent event) {
        RunLog log = read.log();
        Circumstances known = read.known();
        SignReading reading = new SignReading(read, event);
        Signs signs = reading.signs();
        List<FirstMove> moved = FirstMove.of(log, event);
        List<Suspect> suspects = List.of(
                        DynamicsSuspects.lag(signs, known),
                        DynamicsSuspects.sharpness(signs, known),
                        DynamicsSuspects.schedule(signs, known),
                        DynamicsSuspects.divergence(signs, known),
                        InputSuspects.badBatch(signs, known, log.facts(), event),
                        PrecisionSuspects.precision(signs, read, event),
                        PrecisionSuspects.lossScale(signs),
                        InputSuspects.architecture(signs),
                        StateSuspects.state(signs, log, event, known),
                        StateSuspects.restart(signs, reading.start(), event),
                        InputSuspects.other(signs, event.broken()))
                .stream()
                .sorted(Comparator.comparingDouble(Suspect::weight).reversed())
                .toList();
        return new EventDiagnosis(event, signs, moved, suspects, Advice.of(log, event, signs, moved, suspects, known));
    }

    /// The first suspect.
    public Suspect first() {
        return suspects.getFirst();
    }

    /// The cause that is named: the first suspect's, or none of these if it is weak.
    public Cause cause() {
        return first().weight() >= NAMED ? first().cause() : Cause.OTHER;
    }
}
