package adamscope.log;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
/// | columns run, run_id, experiment, seed, rank, ... | one run for each of their words |
/// | a column mode or split with words such as val | the rows of held-out data |
/// | `x__MIN`, `x`, `x__MAX` | a W&B export of buckets: the largest value counts, which a mean would hide |
/// | numbers only | step and loss where the first increases, else the loss in the last column |
final class CsvColumns {
    private static final List<String> MODES = List.of("mode", "split", "phase", "stage", "subset");
    private static final List<String> TAG_NAMES = List.of("tag", "metric", "name", "key", "variable");
    private static final List<String> VALUE_NAMES = List.of("value", "val");

    private final String file;
    private final CollectedRuns runs;
    private final List<String> names;
    private final int step;
    private final int epoch;
    private final int mode;
    private final List<Integer> run;
    private final int tag;
    private final int value;
    private final List<Optional<Target>> targets = new ArrayList<>();
    private final boolean decimalComma;
    private final Map<String, EpochClock> clocks = new HashMap<>();
    private String openRun = "";
    private String openMode = "";
    private boolean fractions;
    private long rows;

    private record Target(RunPoints run, LoggedSeries series) {}

    private CsvColumns(String file, List<String> names, boolean decimalComma, CollectedRuns runs) {
        this.decimalComma = decimalComma;
        this.file = file;
        this.names = names;
        this.runs = runs;
        step = step(names, runs.names());
        epoch = first(names, List.of("epoch", "epochs"));
        mode = first(names, MODES);
        run = RunNames.columns(names);
        tag = first(names, TAG_NAMES);
        value = first(names, VALUE_NAMES);
        if (!oneValueARow()) {
            target("");
        }
    }

    /// Made by the first row; where it holds numbers, it is also the first row of them.
    static CsvColumns of(String file, CsvRecord first, boolean decimalComma, CollectedRuns runs) {
        List<String> fields = first.getFields();
        boolean numbers =
                fields.stream().anyMatch(field -> WrittenNumber.number(field).isPresent());
        if (!numbers) {
            return new CsvColumns(file, fields.stream().map(String::strip).toList(), decimalComma, runs);
        }
        CsvColumns columns = new CsvColumns(file, invented(fields), decimalComma, runs);
        runs.single().remark(file + " has no line of names; its columns are taken for " + columns.names);
        columns.row(first);
        return columns;
    }

    /// `0 train 10.98` is step, tag and value; two or more numbers are step, loss, and others.
    private static List<String> invented(List<String> fields) {
        if (fields.size() == 3 && WrittenNumber.number(fields.get(1)).isEmpty()) {
            return List.of("step", "split", "value");
        }
        List<String> names = new ArrayList<>();
        boolean counted = fields.size() > 1
                && WrittenNumber.step(fields.getFirst().strip()).isPresent();
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
        if (step < 0) {
            runs.run(runName).ifPresent(RunPoints::numbered);
        }
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            int dash = name.indexOf(" - ");
            boolean bucket = names.contains(name + "__MAX");
            if (i == step || run.contains(i) || i == mode || name.isEmpty() || name.endsWith("__MIN") || bucket) {
                targets.add(Optional.empty());
                continue;
            }
            String tagName = name.replaceFirst("__MAX$", "");
            if (dash > 0 && run.isEmpty()) {
                targets.add(target(name.substring(0, dash), tagName.substring(dash + 3)));
            } else {
                boolean only = i == value && names.size() <= 3;
                targets.add(target(runName, only ? "loss" : openMode + tagName));
            }
            if (name.endsWith("__MAX")) {
                runs.single()
                        .remark("rows of " + file + " are buckets of steps: the largest value of each is used;"
                                + " the mean is left out, for it hides rises");
                runs.run(dash > 0 && run.isEmpty() ? name.substring(0, dash) : runName)
                        .ifPresent(RunPoints::averages);
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
        if (names.size() > 1
                && row.getField(0).equals(names.getFirst())
                && row.getFields().equals(names)) {
            // The names again, of a program that was started anew and appended.
            return;
        }
        OptionalLong at = step(row);
        if (at.isEmpty()) {
            runs.single().lost("rows of " + file + " have no whole number as their step and were left out", 1);
            return;
        }
        String named = run.isEmpty() ? "" : RunNames.of(run, names, row.getFields());
        String moded = mode >= 0 && mode < row.getFieldCount() ? RunNames.mode(row.getField(mode)) : "";
        if (!named.equals(openRun) || !moded.equals(openMode)) {
            openMode = moded;
            target(named);
        }
        if (oneValueARow()) {
            int tagged = tag >= 0 ? tag : split();
            if (Math.max(tagged, value) < row.getFieldCount()) {
                String name = tag >= 0 ? row.getField(tagged) : row.getField(tagged) + "/loss";
                target(openRun, name).ifPresent(target -> add(target, at.getAsLong(), row.getField(value), name));
            }
            return;
        }
        for (int i = 0; i < Math.min(targets.size(), row.getFieldCount()); i++) {
            if (targets.get(i).isPresent()) {
                String text =
                        i == epoch && fractions ? row.getField(i).replaceFirst("/\\d+\\s*$", "") : row.getField(i);
                add(targets.get(i).get(), at.getAsLong(), text, names.get(i));
            }
        }
    }

    /// The step of a row, past all epochs if it starts anew in each.
    private OptionalLong step(CsvRecord row) {
        if (step < 0) {
            return epochOf(row).orElseGet(() -> OptionalLong.of(rows++));
        }
        if (step >= row.getFieldCount()) {
            return OptionalLong.empty();
        }
        String text = row.getField(step).strip();
        OptionalLong at = decimalComma ? OptionalLong.empty() : WrittenNumber.step(text);
        if (at.isEmpty()) {
            OptionalDouble number = WrittenNumber.number(text, decimalComma);
            at = number.isPresent() ? WrittenNumber.step(number.getAsDouble()) : at;
        }
        if (at.isEmpty() || epoch < 0 || epoch >= row.getFieldCount()) {
            return at;
        }
        OptionalLong pass = WrittenNumber.step(row.getField(epoch).strip());
        if (pass.isEmpty()) {
            return at;
        }
        String named = (run.isEmpty() ? "" : RunNames.of(run, names, row.getFields()))
                + (mode >= 0 && mode < row.getFieldCount() ? row.getField(mode) : "");
        return OptionalLong.of(
                clocks.computeIfAbsent(named, _ -> new EpochClock()).step(pass.getAsLong(), at.getAsLong(), -1));
    }

    /// The epoch of a table that counts `3/100`; empty of one that does not, no number of another line between its
    /// rows.
    private Optional<OptionalLong> epochOf(CsvRecord row) {
        if (epoch < 0 || epoch >= row.getFieldCount() || rows > 0) {
            return Optional.empty();
        }
        String text = row.getField(epoch).strip();
        boolean counts = text.matches("\\d+/\\d+");
        if (!counts && !fractions) {
            return Optional.empty();
        }
        if (!fractions) {
            fractions = true;
            runs.run(openRun).ifPresent(RunPoints::epochs);
        }
        return Optional.of(counts ? WrittenNumber.step(text.substring(0, text.indexOf('/'))) : OptionalLong.empty());
    }

    private void add(Target target, long at, String text, String name) {
        OptionalDouble number = WrittenNumber.number(text, decimalComma);
        if (number.isEmpty() && text.strip().startsWith("[")) {
            list(target, at, text.strip(), name);
            return;
        }
        if (number.isPresent()) {
            target.run().add(target.series(), at, number.getAsDouble());
        } else if (!text.isBlank() && !text.strip().equalsIgnoreCase("none") && !text.equalsIgnoreCase("null")) {
            target.run().lost("entries of '" + WrittenNumber.shortened(name) + "' in " + file + " are no numbers", 1);
        }
    }

    /// `[1.2, 0.4]`: the terms of a loss, each a tag of its own.
    private void list(Target target, long at, String text, String name) {
        String[] parts = text.replaceAll("[\\[\\],]", " ").strip().split("\\s+");
        for (int i = 0; i < Math.min(parts.length, 64); i++) {
            OptionalDouble number = WrittenNumber.number(parts[i], decimalComma);
            if (number.isPresent()) {
                String tagName = parts.length == 1 ? name : name + "/term " + (i + 1);
                target.run().add(tagName, at, number.getAsDouble());
            }
        }
    }
}
