package adamscope.log;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What the columns of a CSV file are, and the way of a row into the runs.
///
/// | columns | meaning |
/// | --- | --- |
/// | `step, loss, lr` | one tag a column |
/// | `step, tag, value` (tag: also metric, name, key) | one value a row |
/// | `Wall time, Step, Value` | TensorBoard's download of one tag, taken for the loss |
/// | `Step, a - train/loss, b - train/loss` | W&B's export: one run for each name before ` - ` |
/// | a column run, run_id, run_name, run_uuid | one run for each of its words |
/// | numbers only | step and loss where the first increases, else the loss in the last column |
final class CsvColumns {
    private static final List<String> RUN_NAMES = List.of("run", "run_id", "run_name", "run_uuid", "runid");
    private static final List<String> TAG_NAMES = List.of("tag", "metric", "name", "key", "variable");
    private static final List<String> VALUE_NAMES = List.of("value", "val");

    private final String file;
    private final CollectedRuns runs;
    private final List<String> names;
    private final int step;
    private final int run;
    private final int tag;
    private final int value;
    private final List<Optional<Target>> targets = new ArrayList<>();
    private String openRun = "";
    private long rows;

    private record Target(RunPoints run, Series series) {}

    private CsvColumns(String file, List<String> names, CollectedRuns runs) {
        this.file = file;
        this.names = names;
        this.runs = runs;
        step = step(names, runs.names());
        run = first(names, RUN_NAMES);
        tag = first(names, TAG_NAMES);
        value = first(names, VALUE_NAMES);
        if (!oneValueARow()) {
            target("");
        }
        if (step < 0) {
            runs.single().remark(file + " has no column of steps; its rows are numbered from 0");
        }
    }

    /// Made by the first row; where it holds numbers, it is also the first row of them.
    static CsvColumns of(String file, CsvRecord first, CollectedRuns runs) {
        List<String> fields = first.getFields();
        boolean numbers =
                fields.stream().anyMatch(field -> Numbers.number(field).isPresent());
        if (!numbers) {
            return new CsvColumns(file, fields.stream().map(String::strip).toList(), runs);
        }
        CsvColumns columns = new CsvColumns(file, invented(fields), runs);
        runs.single().remark(file + " has no line of names; its columns are taken for " + columns.names);
        columns.row(first);
        return columns;
    }

    /// `0 train 10.98` is step, tag and value; two or more numbers are step, loss, and others.
    private static List<String> invented(List<String> fields) {
        if (fields.size() == 3 && Numbers.number(fields.get(1)).isEmpty()) {
            return List.of("step", "split", "value");
        }
        List<String> names = new ArrayList<>();
        boolean counted =
                fields.size() > 1 && Numbers.step(fields.getFirst().strip()).isPresent();
        for (int i = 0; i < fields.size(); i++) {
            names.add(counted && i == 0 ? "step" : i == (counted ? 1 : 0) ? "loss" : "column " + (i + 1));
        }
        return names;
    }

    private boolean oneValueARow() {
        return (tag >= 0 || split() >= 0) && value >= 0;
    }

    private int split() {
        return names.size() == 3 && names.get(1).equals("split") ? 1 : -1;
    }

    private static int step(List<String> names, NameMap map) {
        if (map.step().isPresent() && names.contains(map.step().get())) {
            return names.indexOf(map.step().get());
        }
        int best = -1;
        for (int i = 0; i < names.size(); i++) {
            int rank = StepNames.rank(names.get(i));
            if (rank >= 0 && (best < 0 || rank < StepNames.rank(names.get(best)))) {
                best = i;
            }
        }
        return best;
    }

    private static int first(List<String> names, List<String> wanted) {
        for (int i = 0; i < names.size(); i++) {
            if (wanted.contains(names.get(i).toLowerCase(Locale.ROOT))) {
                return i;
            }
        }
        return -1;
    }

    /// Sets the series of the columns for rows of a run.
    private void target(String runName) {
        openRun = runName;
        targets.clear();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            int dash = name.indexOf(" - ");
            if (i == step || i == run || name.isEmpty() || name.endsWith("__MIN") || name.endsWith("__MAX")) {
                targets.add(Optional.empty());
            } else if (dash > 0 && run < 0) {
                targets.add(target(name.substring(0, dash), name.substring(dash + 3)));
            } else {
                boolean only = i == value && names.size() <= 3;
                targets.add(target(runName, only ? "loss" : name));
            }
        }
    }

    private Optional<Target> target(String runName, String tagName) {
        Optional<RunPoints> of = runs.run(runName);
        return of.flatMap(points -> points.series(tagName).map(series -> new Target(points, series)));
    }

    void row(CsvRecord row) {
        if (row.getFieldCount() != names.size()) {
            runs.single()
                    .lost(
                            "rows of " + file + " have more or fewer than " + names.size()
                                    + " fields; what they lack is absent",
                            1);
        }
        OptionalLong at = step < 0
                ? OptionalLong.of(rows++)
                : step < row.getFieldCount() ? Numbers.step(row.getField(step).strip()) : OptionalLong.empty();
        if (at.isEmpty()) {
            runs.single().lost("rows of " + file + " have no whole number as their step and were left out", 1);
            return;
        }
        if (run >= 0 && run < row.getFieldCount() && !row.getField(run).equals(openRun)) {
            target(row.getField(run));
        }
        if (oneValueARow()) {
            int named = tag >= 0 ? tag : split();
            if (Math.max(named, value) < row.getFieldCount()) {
                String name = tag >= 0 ? row.getField(named) : row.getField(named) + "/loss";
                target(openRun, name).ifPresent(target -> add(target, at.getAsLong(), row.getField(value), name));
            }
            return;
        }
        for (int i = 0; i < Math.min(targets.size(), row.getFieldCount()); i++) {
            if (targets.get(i).isPresent()) {
                add(targets.get(i).get(), at.getAsLong(), row.getField(i), names.get(i));
            }
        }
    }

    private void add(Target target, long at, String text, String name) {
        OptionalDouble number = Numbers.number(text);
        if (number.isPresent()) {
            target.run().add(target.series(), at, number.getAsDouble());
        } else if (!text.isBlank() && !text.equalsIgnoreCase("none") && !text.equalsIgnoreCase("null")) {
            target.run().lost("entries of '" + Numbers.shortened(name) + "' in " + file + " are no numbers", 1);
        }
    }
}
