package adamscope.diagnosis;

import adamscope.regime.CurveOutcome;
import adamscope.regime.CurveShape;
import adamscope.regime.LossCurve;
import adamscope.regime.RunLog;
import adamscope.regime.SeriesRises;
import adamscope.regime.ShapeSearch;
import adamscope.regime.SpikeEvent;
import adamscope.regime.SpikeScore;
import adamscope.regime.WordEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What happened to a run, why, and what to change.
///
/// @param moment   ‖√v‖ where it follows from the gradient norms
/// @param shapes   what the loss did besides rises
/// @param others   what the other logged quantities did
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
        List<CurveShape> shapes,
        List<SeriesRises> others,
        List<EventDiagnosis> events,
        int rises,
        List<String> remarks) {
    /// Rises that are explained one by one.
    public static final int MOST = 50;

    public Diagnosis {
        shapes = List.copyOf(shapes);
        others = List.copyOf(others);
        events = List.copyOf(events);
        remarks = List.copyOf(remarks);
    }

    /// The diagnosis of a log.
    ///
    /// @throws IllegalArgumentException if the log has no loss
    public static Diagnosis of(RunLog log, Circumstances circumstances) {
        DiagnosedLog read = DiagnosedLog.of(log, circumstances);
        LossCurve curve = read.curve();
        List<SpikeEvent> rises = read.rises();
        List<EventDiagnosis> explained = rises.stream()
                .sorted(Comparator.comparingDouble(SpikeEvent::height).reversed())
                .limit(MOST)
                .sorted(Comparator.comparingLong(SpikeEvent::onset))
                .map(event -> EventDiagnosis.of(read, event))
                .toList();
        List<String> remarks = new ArrayList<>(log.remarks());
        remarks.addAll(curve.remarks());
        read.moment().remark(circumstances).ifPresent(remarks::add);
        SeriesRises.leftOut(log).ifPresent(remarks::add);
        return new Diagnosis(
                log,
                circumstances,
                curve,
                Standstill.outcome(log, curve, circumstances, climbing(read, told(log, CurveOutcome.of(curve, rises)))),
                SpikeScore.of(curve, rises),
                HalfLife.of(log, circumstances)
                        .map(memory -> Position.of(circumstances).saying(memory.sentence()))
                        .orElseGet(() -> Position.of(circumstances)),
                read.moment(),
                ShapeSearch.of(log, curve, rises),
                SeriesRises.of(log, rises),
                explained,
                rises.size(),
                remarks);
    }

    /// The diagnosis after replays of its rises: what they show outweighs every sign, and the advice is what was tried.
    public Diagnosis decidedBy(List<Replay> replays) {
        List<EventDiagnosis> decided = events.stream()
                .map(each -> replays.stream()
                        .filter(replay -> replay.event().onset() == each.event().onset())
                        .findFirst()
                        .map(replay -> ReplayDecision.of(each, replay, circumstances))
                        .orElse(each))
                .toList();
        return explained(decided);
    }

    private Diagnosis explained(List<EventDiagnosis> anew) {
        return new Diagnosis(
                log, circumstances, curve, outcome, score, position, moment, shapes, others, anew, rises, remarks);
    }

    /// The diagnosis after another run of the same batches: one that rises at the same step speaks for the batch, one
    /// that passes it calmly against.
    Diagnosis heldAgainst(RunPair pair) {
        List<EventDiagnosis> held = events.stream()
                .map(each -> pair.rises().contains(each.event().onset())
                        ? each.heldAgainst(
                                pair.other(),
                                pair.shared().contains(each.event().onset()))
                        : each)
                .toList();
        return explained(held);
    }

    /// What a log says in words that the few losses before it do not show.
    private static CurveOutcome told(RunLog log, CurveOutcome seen) {
        return log.facts().words().stream()
                .filter(word -> word.kind() == WordEvent.Kind.DIVERGED && !(seen instanceof CurveOutcome.Diverging))
                .findFirst()
                .<CurveOutcome>map(word -> new CurveOutcome.Diverging(word.step(), false))
                .orElse(seen);
    }

    /// A run that ends without numbers diverged from where the climb to them began, also where it is too short for a
    /// rise.
    private static CurveOutcome climbing(DiagnosedLog read, CurveOutcome seen) {
        if (!(seen instanceof CurveOutcome.Diverging(long step, boolean broken))) {
            return seen;
        }
        return read.rises().stream()
                .filter(rise -> rise.broken() && rise.onset() >= step)
                .map(rise -> Climb.of(read, rise))
                .filter(climb -> climb.counts() && climb.from() <= step)
                .findFirst()
                .<CurveOutcome>map(climb -> new CurveOutcome.Diverging(climb.from(), broken))
                .orElse(seen);
    }

    /// Steps from the first alarm to the rise that it announced; empty if there was none, or if it came while an
    /// earlier rise was going on.
    public OptionalLong lead(EarlyWarning warning, EventDiagnosis diagnosed) {
        SpikeEvent event = diagnosed.event();
        OptionalLong lead = warning.lead(event);
        boolean within = lead.isPresent()
                && events.stream()
                        .map(EventDiagnosis::event)
                        .filter(other -> other.onset() < event.onset())
                        .anyMatch(other -> event.onset() - lead.getAsLong() >= other.onset()
                                && event.onset() - lead.getAsLong()
                                        <= other.recovery().orElse(Long.MAX_VALUE));
        return within ? OptionalLong.empty() : lead;
    }

    /// The score that warns before a rise, for each row of the log.
    public EarlyWarning warning() {
        return EarlyWarning.of(log, circumstances);
    }

    /// The rise that the verdict is about: the first that is at least half as high as the highest, because a later one
    /// may be its consequence; where the loss ends without a number after a rise, that rise.
    public Optional<EventDiagnosis> leading() {
        double highest =
                events.stream().mapToDouble(e -> e.event().height()).max().orElse(0);
        Optional<EventDiagnosis> first =
                events.stream().filter(e -> e.event().height() >= highest / 2).findFirst();
        return first.flatMap(found -> found.endOf().isEmpty()
                ? first
                : events.stream()
                        .filter(e -> e.event().onset() == found.endOf().getAsLong())
                        .findFirst()
                        .or(() -> first));
    }
}
