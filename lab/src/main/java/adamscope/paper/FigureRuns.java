package adamscope.paper;

import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The trainings of a figure, in groups such as its panels: a table for each, and the table `runs` that says which is
/// which, so that the figure can be drawn without knowing its size.
///
/// ```java
/// FigureRuns runs = new FigureRuns();
/// runs.add("a", "η = 10⁻⁴", 1e-4, training);
/// List<Table> tables = runs.measure(effort);
/// Map<String, Table> ofPanel = FigureRuns.group(new Tables(...), "a"); // by label
/// ```
final class FigureRuns {
    private static final String INDEX = "runs";

    /// What ends the name of a table with a row for each step, beside one of what was looked at.
    private static final String STEPS = "-steps";

    private final List<Run> runs = new ArrayList<>();
    private final boolean everyStep;

    /// Keeps what was looked at; of trainings at which nothing was, what was measured at every step.
    FigureRuns() {
        this(false);
    }

    /// @param everyStep whether to keep what was measured at every step beside what was looked at
    FigureRuns(boolean everyStep) {
        this.everyStep = everyStep;
    }

    private record Run(String group, String label, double value, MeasuredTraining training) {}

    /// Adds a training.
    ///
    /// @param group letters, digits and hyphens; names the tables
    /// @param label what the legend calls it
    /// @param value of what varies within the group
    void add(String group, String label, double value, MeasuredTraining training) {
        runs.add(new Run(group, label, value, training));
    }

    /// Runs them: the table of each training and the index.
    List<Table> measure(Effort effort) {
        Map<String, MeasuredTraining> wanted = new LinkedHashMap<>();
        runs.forEach(run -> wanted.put(table(run), run.training()));
        List<Table> tables = new ArrayList<>();
        effort.trained(wanted).forEach((name, run) -> {
            boolean probed = !wanted.get(name).inspections().isEmpty();
            tables.add(run.table(name, probed));
            if (probed && everyStep) {
                tables.add(run.table(name + STEPS, false));
            }
        });
        tables.add(new Table(
                INDEX,
                List.of(
                        words("group", Run::group),
                        words("label", Run::label),
                        new Column.Numbers(
                                "value",
                                "",
                                runs.stream().mapToDouble(Run::value).toArray()),
                        words("table", this::table))));
        return tables;
    }

    private String table(Run run) {
        return run.group() + "-"
                + (runs.stream()
                                .filter(r -> r.group().equals(run.group()))
                                .toList()
                                .indexOf(run)
                        + 1);
    }

    private Column words(String name, Function<Run, String> word) {
        return new Column.Words(name, runs.stream().map(word).toList());
    }

    /// What was looked at in each training of a group, by label.
    static Map<String, Table> group(Tables tables, String group) {
        return group(tables, group, "");
    }

    /// What was measured at every step, by label.
    static Map<String, Table> steps(Tables tables, String group) {
        return group(tables, group, STEPS);
    }

    private static Map<String, Table> group(Tables tables, String group, String ending) {
        Table index = tables.table(INDEX);
        Map<String, Table> found = new LinkedHashMap<>();
        for (int i = 0; i < index.rows(); i++) {
            if (index.words("group").get(i).equals(group)) {
                found.put(
                        index.words("label").get(i),
                        tables.table(index.words("table").get(i) + ending));
            }
        }
        return found;
    }

    /// What varies within a group, in the same order.
    static double[] values(Tables tables, String group) {
        Table index = tables.table(INDEX);
        List<String> groups = index.words("group");
        double[] values = index.numbers("value");
        return java.util.stream.IntStream.range(0, values.length)
                .filter(i -> groups.get(i).equals(group))
                .mapToDouble(i -> values[i])
                .toArray();
    }

    /// λ₁(P⁻¹H) of each of a group over the threshold of its rule, by label.
    static Map<String, EdgeCurve> edges(Tables tables, String group) {
        Map<String, EdgeCurve> edges = new LinkedHashMap<>();
        group(tables, group).forEach((label, table) -> edges.put(label, EdgeCurve.preconditioned(table)));
        return edges;
    }
}
