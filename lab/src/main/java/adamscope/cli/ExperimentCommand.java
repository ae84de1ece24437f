package adamscope.cli;

import adamscope.experiment.Experiment;
import adamscope.store.ResultStore;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/// A command over an experiment: it runs the experiment and says what came out, as sentences or as one JSON document.
///
/// @param out  where the run folder goes
/// @param json whether the result is for a program
record ExperimentCommand(Console console, OutOption out, JsonOption json) {

    /// What a run in memory found.
    ///
    /// @param found in short, by name
    /// @param table every step of it
    record Run(Map<String, Object> found, Table table) {}

    /// How the table of a run is named.
    ///
    /// @param table in the run folder
    /// @param field in the JSON document
    record TableName(String table, String field) {}

    /// Runs the experiment into a run folder.
    ///
    /// @param sentences what a person reads of what was found, before the place of the report
    int run(Experiment experiment, Function<Map<String, Object>, List<String>> sentences) {
        ResultStore store = out.create(experiment);
        Map<String, Object> found = ExperimentRun.run(console, store).get("");
        if (json.wanted) {
            console.json(found);
        } else {
            sentences.apply(found).forEach(console::line);
            reportOf(store);
        }
        return ExitCode.DONE;
    }

    /// Runs the experiment into a run folder where `--out` names one, in memory otherwise; its JSON document holds the
    /// table too.
    int runOrPrint(
            Experiment experiment,
            TableName name,
            Supplier<Run> inMemory,
            Function<Map<String, Object>, List<String>> sentences) {
        if (out.folder == null) {
            print(inMemory.get(), name, sentences);
            return ExitCode.DONE;
        }
        ResultStore store = out.create(experiment);
        Map<String, Object> found = ExperimentRun.run(console, store).get("");
        print(new Run(found, store.table(name.table())), name, sentences);
        if (!json.wanted) {
            reportOf(store);
        }
        return ExitCode.DONE;
    }

    private void print(Run run, TableName name, Function<Map<String, Object>, List<String>> sentences) {
        if (json.wanted) {
            Map<String, Object> document = new LinkedHashMap<>(run.found());
            document.remove(ExperimentRun.OUTCOME_DETAIL);
            document.put(name.field(), columns(run.table()));
            console.json(document);
        } else {
            sentences.apply(run.found()).forEach(console::line);
        }
    }

    private void reportOf(ResultStore store) {
        console.line("report: " + store.folder().resolve("report.html"));
    }

    /// How often each word was found, a line each.
    static List<String> counts(Map<?, ?> found) {
        return found.entrySet().stream()
                .map(e -> String.format(Locale.ROOT, "  %-15s %s", e.getKey(), e.getValue()))
                .toList();
    }

    private static Map<String, Object> columns(Table table) {
        Map<String, Object> columns = new LinkedHashMap<>();
        for (Column column : table.columns()) {
            columns.put(
                    column.name(),
                    switch (column) {
                        case Column.Numbers(var _, var _, double[] values) -> values;
                        case Column.Integers(var _, var _, long[] values) -> values;
                        case Column.Words(var _, var values) -> values;
                    });
        }
        return columns;
    }
}
