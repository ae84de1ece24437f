package adamscope.diagnosis;

import adamscope.regime.LossCurve;
import adamscope.regime.RunLog;
import adamscope.regime.SpikeEvent;
import java.util.Comparator;
import java.util.List;

/// One rise with its suspects, the strongest first, and what to do.
///
/// @param advice sentences, each with numbers, for the first suspect and what has to be logged
public record EventDiagnosis(SpikeEvent event, Signs signs, List<Suspect> suspects, List<String> advice) {
    /// Weight below which a suspect is not named as the cause.
    public static final double NAMED = 0.4;

    public EventDiagnosis {
        suspects = List.copyOf(suspects);
        advice = List.copyOf(advice);
    }

    /// The diagnosis of one rise.
    static EventDiagnosis of(RunLog log, LossCurve curve, SpikeEvent event, Circumstances known) {
        Signs signs = Signs.of(log, curve, event, known);
        List<Suspect> suspects = List.of(
                        DynamicsSuspects.lag(signs, known),
                        DynamicsSuspects.sharpness(signs, known),
                        DynamicsSuspects.schedule(signs, known),
                        DynamicsSuspects.divergence(signs, known),
                        InputSuspects.badBatch(signs, known),
                        InputSuspects.precision(signs, known, event.broken()),
                        InputSuspects.lossScale(signs),
                        InputSuspects.architecture(signs),
                        InputSuspects.other(signs))
                .stream()
                .sorted(Comparator.comparingDouble(Suspect::weight).reversed())
                .toList();
        return new EventDiagnosis(event, signs, suspects, Advice.of(log, event, signs, suspects, known));
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
