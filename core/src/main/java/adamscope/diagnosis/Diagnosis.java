package adamscope.diagnosis;

import adamscope.regime.CurveOutcome;
import adamscope.regime.LossCurve;
import adamscope.regime.RunLog;
import adamscope.regime.SpikeEvent;
import adamscope.regime.SpikeScore;
import adamscope.regime.SpikeSearch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What happened to a run, why, and what to change.
///
/// @param moment   ‖√v‖ where it follows from the gradient norms
/// @param events   the rises with their suspects, in order; of more than [#MOST] the highest
/// @param rises    how many there were
/// @param remarks  what has to be known about the log
public record Diagnosis(
        RunLog log,
        Circumstances circumstances,
        LossCurve curve,
        CurveOutcome outcome,
        SpikeScore score,
        Position position,
        DerivedMoment moment,
        List<EventDiagnosis> events,
        int rises,
        List<String> remarks) {
    /// Rises that are explained one by one.
    public static final int MOST = 50;

    public Diagnosis {
        events = List.copyOf(events);
        remarks = List.copyOf(remarks);
    }

    /// The diagnosis of a log.
    ///
    /// @throws IllegalArgumentException if the log has no loss
    public static Diagnosis of(RunLog log, Circumstances circumstances) {
        DiagnosedLog read = DiagnosedLog.of(log, circumstances);
        LossCurve curve = read.curve();
        List<SpikeEvent> rises = SpikeSearch.events(curve);
        List<EventDiagnosis> explained = rises.stream()
                .sorted(Comparator.comparingDouble(SpikeEvent::height).reversed())
                .limit(MOST)
                .sorted(Comparator.comparingLong(SpikeEvent::onset))
                .map(event -> EventDiagnosis.of(read, event))
                .toList();
        List<String> remarks = new ArrayList<>(log.remarks());
        remarks.addAll(curve.remarks());
        read.moment().remark(circumstances).ifPresent(remarks::add);
        return new Diagnosis(
                log,
                circumstances,
                curve,
                Standstill.outcome(log, curve, circumstances, CurveOutcome.of(curve, rises)),
                SpikeScore.of(curve, rises),
                Position.of(circumstances),
                read.moment(),
                explained,
                rises.size(),
                remarks);
    }

    /// The score that warns before a rise, for each row of the log.
    public EarlyWarning warning() {
        return EarlyWarning.of(log, circumstances);
    }

    /// The rise that the verdict is about: the first that is at least half as high as the highest, because a later one
    /// may be its consequence.
    public java.util.Optional<EventDiagnosis> leading() {
        double highest =
                events.stream().mapToDouble(e -> e.event().height()).max().orElse(0);
        return events.stream().filter(e -> e.event().height() >= highest / 2).findFirst();
    }
}
