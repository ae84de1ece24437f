package adamscope.regime;

import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What somebody's training run left behind: one row a step, under the names of [Quantity].
///
/// Readers repair before they build one: repeated and unordered steps are settled and said in the remarks.
///
/// @param name    of the run, for a reader
/// @param table   an integer column `step`, strictly increasing, and columns of numbers; NaN where a value is absent. A
///                quantity of one parameter group is named `quantity/group`.
/// @param hyper   hyper-parameters that are known: `lr`, `beta1`, `beta2`, `eps`, `weight_decay`
/// @param remarks sentences on what was repaired, dropped or lost on the way
/// @param facts   what the rows count, seams, events in words, sources of hyper-parameters
public record RunLog(String name, Table table, Map<String, Double> hyper, List<String> remarks, RunFacts facts) {

    public RunLog {
        hyper = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(hyper));
        remarks = List.copyOf(remarks);
        long[] steps = steps(table);
        for (int row = 1; row < steps.length; row++) {
            if (steps[row] <= steps[row - 1]) {
                throw new IllegalArgumentException("run " + name + ": step " + steps[row] + " follows step "
                        + steps[row - 1] + "; steps must increase");
            }
        }
    }

    /// A log of which no more is known than its numbers.
    public RunLog(String name, Table table, Map<String, Double> hyper, List<String> remarks) {
        this(name, table, hyper, remarks, RunFacts.NONE);
    }

    /// A log without remarks.
    public static RunLog of(String name, Table table, Map<String, Double> hyper) {
        return new RunLog(name, table, hyper, List.of());
    }

    /// The same run with more remarks.
    public RunLog remarked(List<String> more) {
        List<String> all = new ArrayList<>(remarks);
        all.addAll(more);
        return new RunLog(name, table, hyper, all, facts);
    }

    /// The steps of the rows, increasing.
    public long[] steps() {
        return steps(table);
    }

    /// The number of rows.
    public int rows() {
        return table.rows();
    }

    /// The row of a step, or the first one after it; the last row for later steps.
    public int row(long step) {
        int found = Arrays.binarySearch(steps(), step);
        return Math.clamp(found < 0 ? -found - 1 : found, 0, rows() - 1);
    }

    /// Whether a quantity has at least one value.
    public boolean has(String quantity) {
        return numbers(quantity)
                .filter(values -> Arrays.stream(values).anyMatch(v -> !Double.isNaN(v)))
                .isPresent();
    }

    /// The values of a quantity over the rows, if the log has that column.
    public Optional<double[]> numbers(String quantity) {
        return table.columns().stream().anyMatch(column -> column.name().equals(quantity))
                ? Optional.of(table.numbers(quantity))
                : Optional.empty();
    }

    /// A hyper-parameter, if it is known.
    public Optional<Double> hyper(String parameter) {
        return Optional.ofNullable(hyper.get(parameter));
    }

    private static long[] steps(Table table) {
        return switch (table.column(Quantity.STEP)) {
            case Column.Integers(var _, var _, long[] steps) -> steps;
            case Column.Numbers _, Column.Words _ ->
                throw new IllegalArgumentException(
                        "table " + table.name() + ": column '" + Quantity.STEP + "' must hold integers");
        };
    }
}
