package adamscope.run;

import adamscope.diagnosis.ComparedRun;
import adamscope.probe.SharpnessProbe;
import adamscope.regime.Quantity;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;

/// The tables of a run of this program as one, under the names of [Quantity].
final class ComparedColumns {
    private ComparedColumns() {}

    /// A trajectory. Its loss is the one above the minimum where that is known, since that is what falls.
    static Table ofSimulation(List<String> variables, Table trajectory) {
        List<Column> columns = new ArrayList<>();
        columns.add(steps(trajectory));
        DoubleUnaryOperator raised = log -> Math.pow(10, log);
        add(columns, trajectory, "log10Loss", Quantity.LOSS, raised);
        add(columns, trajectory, "log10Coupling", Quantity.couplingRatio(50), raised);
        add(columns, trajectory, "log10Gradient", Quantity.GRADIENT_NORM, raised);
        add(columns, trajectory, "log10Loss", Quantity.LOG10_LOSS, DoubleUnaryOperator.identity());
        variables.forEach(name -> add(columns, trajectory, name, name, DoubleUnaryOperator.identity()));
        return new Table(trajectory.name(), columns);
    }

    private static void add(List<Column> columns, Table from, String name, String as, DoubleUnaryOperator change) {
        if (from.columns().stream().anyMatch(column -> column.name().equals(name))) {
            columns.add(new Column.Numbers(
                    as, "", Arrays.stream(from.numbers(name)).map(change).toArray()));
        }
    }

    private static Column.Integers steps(Table table) {
        return new Column.Integers(
                Quantity.STEP,
                "steps",
                Arrays.stream(table.numbers(Quantity.STEP))
                        .mapToLong(step -> (long) step)
                        .toArray());
    }

    /// What was measured at every step beside what was measured now and then, a row for each step of either.
    static Table ofTraining(Table live, List<Table> probes) {
        TreeSet<Long> steps = new TreeSet<>();
        List<Table> all = new ArrayList<>(List.of(live));
        all.addAll(probes);
        all.forEach(table -> Arrays.stream(steps(table).values()).forEach(steps::add));
        Map<Long, Integer> rows = new HashMap<>();
        steps.forEach(step -> rows.put(step, rows.size()));
        Map<String, double[]> columns = new LinkedHashMap<>();
        for (Table table : all) {
            long[] at = steps(table).values();
            for (Column column : table.columns()) {
                if (!(column instanceof Column.Words)
                        && !column.name().equals(Quantity.STEP)
                        && !columns.containsKey(column.name())) {
                    double[] spread = new double[rows.size()];
                    Arrays.fill(spread, Double.NaN);
                    double[] values = table.numbers(column.name());
                    for (int row = 0; row < at.length; row++) {
                        spread[rows.get(at[row])] = values[row];
                    }
                    columns.put(column.name(), spread);
                }
            }
        }
        ratio(columns);
        List<Column> named = new ArrayList<>();
        named.add(new Column.Integers(
                Quantity.STEP,
                "steps",
                steps.stream().mapToLong(Long::longValue).toArray()));
        columns.forEach((name, values) -> named.add(new Column.Numbers(name, "", values)));
        return new Table(live.name(), named);
    }

    private static void ratio(Map<String, double[]> columns) {
        double[] sharpness = columns.get(Quantity.PRECONDITIONED_SHARPNESS);
        double[] threshold = columns.get(SharpnessProbe.THRESHOLD);
        if (sharpness != null && threshold != null) {
            double[] ratio = new double[sharpness.length];
            Arrays.setAll(ratio, row -> sharpness[row] / threshold[row]);
            columns.put(ComparedRun.OVER_THRESHOLD, ratio);
        }
    }
}
