package adamscope.diagnosis;

import adamscope.regime.LossCurve;
import adamscope.regime.RunLog;
import adamscope.regime.SpikeEvent;
import adamscope.regime.SpikeSearch;
import java.util.List;
import java.util.Optional;

/// A log with what is known of its run and what follows from it, read once for all rises.
///
/// @param curve  the loss
/// @param rises  of the loss, in order
/// @param moment ‖√v‖ where it follows from the gradient norms
record DiagnosedLog(RunLog log, LossCurve curve, List<SpikeEvent> rises, Circumstances known, DerivedMoment moment) {
    /// Rows between the peak of a rise and a loss that is no number in which the one leads to the other.
    private static final int NEXT = 3;

    static DiagnosedLog of(RunLog log, Circumstances known) {
        LossCurve curve = LossCurve.of(log);
        return new DiagnosedLog(log, curve, SpikeSearch.events(curve), known, DerivedMoment.of(log, known));
    }

    /// Whether a rise of at most so many steps leads to a loss without a number.
    boolean breaks(SpikeEvent event, int steps) {
        return event.climb() <= steps
                && rises.stream()
                        .anyMatch(each -> before(each).filter(event::equals).isPresent());
    }

    /// The onset of the next rise, or the last step with a loss.
    long until(SpikeEvent event) {
        return rises.stream()
                .mapToLong(SpikeEvent::onset)
                .filter(onset -> onset > event.peak())
                .min()
                .orElseGet(() -> Math.max(event.peak(), curve.points() == 0 ? 0 : curve.steps()[curve.points() - 1]));
    }

    /// The rise of which a loss without a number is the end.
    Optional<SpikeEvent> before(SpikeEvent event) {
        return rises.stream()
                .filter(_ -> event.broken())
                .filter(rise -> !rise.broken()
                        && rise.onset() < event.onset()
                        && rise.recovery().orElse(event.onset()) >= event.onset()
                        && rise.climb() > 1
                        && curve.at(rise.peak()) >= curve.at(event.onset()) - NEXT)
                .reduce((_, later) -> later);
    }
}
