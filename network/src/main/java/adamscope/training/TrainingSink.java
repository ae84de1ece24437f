package adamscope.training;

import adamscope.probe.Measured;
import java.util.List;

/// Takes what a training measures, row by row, as it comes.
public interface TrainingSink {

    /// Before the first row.
    ///
    /// @param live   columns of [#live], after the step
    /// @param probed columns of [#probed], after the step
    void begin(List<Measured> live, List<Measured> probed);

    /// After every step t, and for step 0: what [adamscope.probe.LiveMeasurement] measured.
    void live(long step, double[] values);

    /// After a step that a probe looked at; NaN where another probe would stand.
    void probed(long step, double[] values);
}
