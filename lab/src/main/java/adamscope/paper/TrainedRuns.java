package adamscope.paper;

import adamscope.experiment.Series;
import adamscope.experiment.Train;
import adamscope.rule.Schedule;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// The trainings of a [TrainedFigure], in groups such as its panels. The table `runs` says which is which, so that a
/// figure can be drawn without knowing its size; beside it are the tables of each, `a-1-probes`, `a-1-measurements`.
///
/// ```java
/// Map<String, Table> ofPanel = TrainedRuns.probes(tables, "a"); // by label
/// ```
final class TrainedRuns {
    private static final String INDEX = "runs";

    private TrainedRuns() {}

    /// The table `runs` of a series.
    static Table index(TrainedFigure figure, Series series) {
        List<String> groups = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        series.parts().forEach((name, part) -> {
            String group = name.substring(0, name.lastIndexOf('-'));
            TrainedFigure.Label label = figure.label(group, (Train) part);
            groups.add(group);
            labels.add(label.words());
            values.add(label.value());
        });
        return new Table(
                INDEX,
                List.of(
                        new Column.Words("group", groups),
                        new Column.Words("label", labels),
                        new Column.Numbers(
                                "value",
                                "",
                                values.stream().mapToDouble(value -> value).toArray()),
                        new Column.Words("table", List.copyOf(series.parts().keySet()))));
    }

    /// What was looked at along each training of a group, by label; a label that a training before it has is told from
    /// that by the name of the training.
    static Map<String, Table> probes(Tables tables, String group) {
        return group(tables, group, "-probes");
    }

    /// What was measured at every step, by label.
    static Map<String, Table> steps(Tables tables, String group) {
        return group(tables, group, "-measurements");
    }

    private static Map<String, Table> group(Tables tables, String group, String ending) {
        Table index = tables.table(INDEX);
        Map<String, Table> found = new LinkedHashMap<>();
        for (int row = 0; row < index.rows(); row++) {
            if (index.words("group").get(row).equals(group)) {
                String label = index.words("label").get(row);
                String name = index.words("table").get(row);
                found.put(found.containsKey(label) ? label + ", " + name : label, tables.table(name + ending));
            }
        }
        return found;
    }

    /// The names of the trainings of a group, in the same order.
    static List<String> names(Tables tables, String group) {
        Table index = tables.table(INDEX);
        return IntStream.range(0, index.rows())
                .filter(row -> index.words("group").get(row).equals(group))
                .mapToObj(index.words("table")::get)
                .toList();
    }

    /// What varies within a group, in the same order.
    static double[] values(Tables tables, String group) {
        Table index = tables.table(INDEX);
        List<String> groups = index.words("group");
        double[] values = index.numbers("value");
        return IntStream.range(0, values.length)
                .filter(i -> groups.get(i).equals(group))
                .mapToDouble(i -> values[i])
                .toArray();
    }

    /// The only training of a group, at every step.
    static Table only(Tables tables, String group) {
        return steps(tables, group).values().iterator().next();
    }

    /// λ₁(P⁻¹H) of each of a group over the threshold of its rule, by label.
    static Map<String, EdgeCurve> edges(Tables tables, String group) {
        Map<String, EdgeCurve> edges = new LinkedHashMap<>();
        probes(tables, group).forEach((label, table) -> edges.put(label, EdgeCurve.preconditioned(table)));
        return edges;
    }

    /// The learning rate of a training, as it begins.
    static double lr(Train train) {
        return hyper(train, "lr");
    }

    /// A hyper-parameter of the first step; NaN if the rule has none of that name.
    static double hyper(Train train, String name) {
        return train.training().tuned().at(1).getOrDefault(name, Double.NaN);
    }

    /// The rate (1 − β)/η at which a decay forgets, as it was written where it was.
    static double rate(Train train, String decay) {
        return train.training().tuned().schedules().get(decay) instanceof Schedule.Rate(double rate)
                ? rate
                : (1 - hyper(train, decay)) / lr(train);
    }
}
