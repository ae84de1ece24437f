package adamscope.report;

import adamscope.diagnosis.Diagnosis;
import adamscope.diagnosis.Replay;
import java.util.List;

/// A diagnosis with the replays of the run, if there are any.
public record DiagnosedRun(Diagnosis diagnosis, List<Replay> replays) {
    public DiagnosedRun {
        replays = List.copyOf(replays);
    }
}
