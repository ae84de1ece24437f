package adamscope.paper;

import adamscope.table.Table;
import adamscope.training.TrainingOutcome;

/// What a training of a figure left.
///
/// @param outcome how it ended
/// @param steps   a row for each step, from 0: see [MeasuredSteps]
/// @param probes  a row for each step at which something was looked at
record MeasuredRun(TrainingOutcome outcome, Table steps, Table probes) {

    /// What was looked at, or every step where nothing was.
    Table table(String name, boolean probed) {
        return new Table(name, probed ? probes.columns() : steps.columns());
    }
}
