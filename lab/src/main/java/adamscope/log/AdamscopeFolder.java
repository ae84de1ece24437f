package adamscope.log;

import adamscope.diagnosis.SimulatedQuantities;
import adamscope.experiment.Experiment;
import adamscope.experiment.Series;
import adamscope.experiment.Simulation;
import adamscope.regime.Quantity;
import adamscope.regime.WordEvent;
import adamscope.store.Provenance;
import adamscope.store.ResultStore;
import adamscope.store.RowsSoFar;
import adamscope.table.Column;
import adamscope.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A run folder of this program: its tables that have steps; of a series, one run for each part.
final class AdamscopeFolder {
    private static final String EXPERIMENT = "experiment.yaml";
    private static final String TABLE_END = ".parquet";
    private static final String TRAJECTORY = "trajectory";

    private AdamscopeFolder() {}

    static boolean is(Path folder) {
        return Files.isRegularFile(folder.resolve(EXPERIMENT));
    }

    static void read(Path folder, CollectedRuns runs) throws IOException {
        Map<String, List<Path>> parts = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.getFileName().toString().endsWith(TABLE_END)
                            && !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .forEach(file -> parts.computeIfAbsent(
                                    part(file.getFileName().toString()), _ -> new ArrayList<>())
                            .add(file));
        }
        RowsSoFar.of(folder).values().forEach(table -> {
            String name = part(table.name());
            runs.run(name).ifPresent(run -> add(table, run));
            parts.computeIfAbsent(name, _ -> new ArrayList<>());
        });
        for (Map.Entry<String, List<Path>> part : parts.entrySet()) {
            Optional<RunPoints> run = runs.run(part.getKey());
            if (run.isPresent()) {
                ParquetLog.readAll(part.getValue(), run.get());
                simulated(folder, part.getKey(), run.get());
                ConfigurationFile.read(folder.resolve(EXPERIMENT), part.getKey(), run.get());
                diverged(part.getKey(), Provenance.results(folder), run.get());
            }
        }
    }

    /// What the run itself said of its end; a loss that is no number is not in its tables.
    private static void diverged(String part, Map<String, Object> results, RunPoints run) {
        if (results.get(part) instanceof Map<?, ?> found
                && "diverged".equals(found.get("outcome"))
                && found.get("steps") instanceof Number steps) {
            String words = "the run ended after step " + steps + " as diverged";
            run.remark(words + " (provenance.json)");
            run.event(new WordEvent(steps.longValue(), WordEvent.Kind.DIVERGED, words));
            if (found.get("finalLoss") == null) {
                run.add(Quantity.LOSS, steps.longValue(), Double.POSITIVE_INFINITY);
            }
        }
    }

    /// Adds what the trajectory of a formula says under the names of a log.
    private static void simulated(Path folder, String part, RunPoints run) {
        String table = part.isEmpty() ? TRAJECTORY : part + "-" + TRAJECTORY;
        if (!Files.isRegularFile(folder.resolve(table + TABLE_END))) {
            return;
        }
        ResultStore store;
        try {
            store = ResultStore.open(folder);
        } catch (IllegalArgumentException _) {
            // an unfinished run, or a damaged configuration, which is told of where hyper-parameters are read
            return;
        }
        Experiment whole = store.experiment();
        Experiment experiment = whole instanceof Series(var parts) ? parts.get(part) : whole;
        if (!(experiment instanceof Simulation simulation)) {
            return;
        }
        Table trajectory = store.table(table);
        double[] steps = trajectory.numbers(Quantity.STEP);
        SimulatedQuantities.of(simulation.plan().iteration().objective(), trajectory)
                .forEach((name, values) -> run.series(name).ifPresent(series -> {
                    for (int row = 0; row < values.length; row++) {
                        if (!Double.isNaN(values[row])) {
                            run.add(series, (long) steps[row], values[row]);
                        }
                    }
                }));
    }

    /// Rows of a training that goes on; a quantity of two tables is taken from the first.
    private static void add(Table table, RunPoints run) {
        double[] steps = table.numbers(Quantity.STEP);
        for (Column column : table.columns()) {
            if (column.name().equals(Quantity.STEP)
                    || run.series()
                            .getOrDefault(column.name(), Optional.empty())
                            .isPresent()) {
                continue;
            }
            run.series(column.name()).ifPresent(series -> {
                double[] values = table.numbers(column.name());
                for (int row = 0; row < values.length; row++) {
                    run.add(series, (long) steps[row], values[row]);
                }
            });
        }
    }

    /// `fast` of `fast-trajectory.parquet`, empty of `trajectory.parquet`.
    private static String part(String table) {
        int dash = table.lastIndexOf('-');
        return dash < 0 ? "" : table.substring(0, dash);
    }
}
