package adamscope.diagnosis;

import adamscope.regime.RunLog;
import adamscope.regime.SpikeEvent;
import java.util.List;

/// A rise with what was read around it, before anything is concluded.
///
/// @param moved logged quantities that left their level before the loss or with it
/// @param climb the steady climb that led to it
record Rise(
        DiagnosedLog read,
        SpikeEvent event,
        Signs signs,
        StateSuspects.LossStart start,
        List<FirstMove> moved,
        Climb climb) {

    static Rise of(DiagnosedLog read, SpikeEvent event) {
        return new Rise(
                read,
                event,
                new SignReading(read, event).signs(),
                new StartReading(read.curve(), event).start(),
                FirstMove.of(read.log(), event),
                Climb.of(read, event));
    }

    /// Whether every step saw all of the data.
    boolean fullBatch() {
        return log().hyper(Circumstances.BATCH_SHARE).orElse(0.0) >= 1;
    }

    RunLog log() {
        return read.log();
    }

    Circumstances known() {
        return read.known();
    }
}
