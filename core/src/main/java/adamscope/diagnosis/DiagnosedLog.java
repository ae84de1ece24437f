package adamscope.diagnosis;

import adamscope.regime.LossCurve;
import adamscope.regime.RunLog;

/// A log with what is known of its run and what follows from it, read once for all rises.
///
/// @param curve  the loss
/// @param moment ‖√v‖ where it follows from the gradient norms
record DiagnosedLog(RunLog log, LossCurve curve, Circumstances known, DerivedMoment moment) {

    static DiagnosedLog of(RunLog log, Circumstances known) {
        return new DiagnosedLog(log, LossCurve.of(log), known, DerivedMoment.of(log, known));
    }
}
