package adamscope.flow;

import adamscope.table.Table;

/// The solution of a flow.
///
/// The table has a row for each time asked for, as far as the solution went, and one for the time where it stopped
/// early. Columns: `time` (ηt), `log10Loss`, each variable and each state under its own name.
///
/// @param x the variables at the end
public record FlowTrajectory(FlowOutcome outcome, double[] x, Table table) {}
