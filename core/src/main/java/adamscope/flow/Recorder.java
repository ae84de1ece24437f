package adamscope.flow;

import adamscope.objective.FormulaObjective;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Collects the rows of a trajectory.
final class Recorder {
    private final double[] times;
    private final List<String> names;
    private final FormulaObjective objective;
    private final VectorField loss;
    private final UnaryOperator<double[]> kept;
    private final List<Double> rowTimes = new ArrayList<>();
    private final List<double[]> rows = new ArrayList<>();
    private int next;

    /// @param times when a row is wanted, increasing
    /// Keeps the state as it is.
    Recorder(double[] times, List<String> names, FormulaObjective objective) {
        this(times, names, objective, double[]::clone);
    }

    /// @param names columns, the first ones of what is kept of a state, the variables before all
    /// @param kept  what is kept of a state
    Recorder(double[] times, List<String> names, FormulaObjective objective, UnaryOperator<double[]> kept) {
        this.times = times;
        this.names = names;
        this.objective = objective;
        this.kept = kept;
        this.loss = new VectorField(objective.variables(), List.of(objective.loss()));
    }

    /// The next time for which a row is wanted; infinite when there is none.
    double wanted() {
        return next < times.length ? times[next] : Double.POSITIVE_INFINITY;
    }

    /// Keeps the state at [#wanted()].
    void record(double[] state) {
        rowTimes.add(times[next]);
        rows.add(kept.apply(state));
        next++;
    }

    /// Keeps a state where the solution stopped between two wanted times.
    void recordStop(double time, double[] state) {
        if (rowTimes.isEmpty() || rowTimes.getLast() < time) {
            rowTimes.add(time);
            rows.add(kept.apply(state));
        }
    }

    /// Keeps this state for all times still wanted.
    void recordRest(double[] state) {
        while (wanted() < Double.POSITIVE_INFINITY) {
            record(state);
        }
    }

    FlowTrajectory trajectory(FlowOutcome outcome) {
        int dimension = objective.dimension();
        List<Column> columns = new ArrayList<>();
        columns.add(numbers("time", row -> rowTimes.get(row)));
        columns.add(numbers("log10Loss", row -> Math.log10(Math.abs(loss.at(rows.get(row))[0]))));
        for (int i = 0; i < names.size(); i++) {
            int component = i;
            columns.add(numbers(names.get(i), row -> rows.get(row)[component]));
        }
        double[] x = java.util.Arrays.copyOf(rows.getLast(), dimension);
        return new FlowTrajectory(outcome, x, new Table("flow", columns));
    }

    private Column numbers(String name, java.util.function.IntToDoubleFunction value) {
        double[] values = new double[rows.size()];
        java.util.Arrays.setAll(values, value);
        return new Column.Numbers(name, "", values);
    }
}
