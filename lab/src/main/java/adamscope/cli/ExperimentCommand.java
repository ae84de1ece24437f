package adamscope.cli;

import adamscope.experiment.Experiment;
import adamscope.run.Finding;
import adamscope.run.Made;
import adamscope.run.Run;
import adamscope.run.SimulationFound;
import adamscope.store.ResultStore;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// A command over an experiment: it runs the experiment and says what came out, as sentences or as one JSON document.
///
/// @param out  where the run folder goes
/// @param json whether the result is for a program
record ExperimentCommand(Console console, OutOption out, JsonOption json) {

    /// Runs the experiment into a run folder.
    int run(Experiment experiment) {
        ResultStore store = out.create(console, experiment);
        Finding found = Run.begin(store, console);
        if (json.wanted) {
            console.json(experiment.kind(), found.document(store.folder()));
        } else {
            found.lines().forEach(console::line);
            reportOf(store);
        }
        return ExitCode.DONE;
    }

    /// Runs the experiment into a run folder where `--out` names one, in memory otherwise; its JSON document holds the
    /// table too.
    ///
    /// @param table what the table is called in a run folder
    /// @param field what it is called in the document
    int runOrPrint(Experiment experiment, String table, String field, Supplier<Made> inMemory) {
        if (out.folder == null) {
            Made made = inMemory.get();
            print(experiment, made.finding(), field, made.tables().getFirst());
            return ExitCode.DONE;
        }
        ResultStore store = out.create(console, experiment);
        Finding found = Run.begin(store, console);
        print(experiment, found, field, store.table(table));
        if (!json.wanted) {
            reportOf(store);
        }
        return ExitCode.DONE;
    }

    private void print(Experiment experiment, Finding found, String field, Table table) {
        if (json.wanted) {
            Map<String, Object> document = found.document(out.folder);
            document.remove(SimulationFound.OUTCOME_DETAIL);
            document.put(field, columns(table));
            console.json(experiment.kind(), document);
        } else {
            found.lines().forEach(console::line);
        }
    }

    private void reportOf(ResultStore store) {
        console.line("report: " + store.folder().resolve("report.html"));
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
