package adamscope.store;

import adamscope.experiment.Experiment;
import adamscope.experiment.ExperimentSettings;
import adamscope.experiment.Series;
import adamscope.regime.Quantity;
import adamscope.table.Table;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/// Runs as a table, one row a run, of a series one a part: what was set, and what came out.
///
/// | column | holds |
/// | --- | --- |
/// | `run`, `part` | folder, and the part of a series |
/// | `kind`, `state`, `began`, `seconds` | of the run |
/// | `optimizer`, `lr`, `seed`, `data.source`, … | a column for each setting of any run, see [ExperimentSettings] |
/// | `outcome`, `steps_done`, `final_loss`, `min_loss`, … | what it found; of a training that goes on, so far |
///
/// @param rows values by column; what a run has not is absent
record RunsTable(List<Map<String, Object>> rows) {
    private static final Set<String> NO_RESULTS = Set.of("folder", "outcomeDetail", "claims", "sha256");
    private static final String STEPS = "steps";

    /// The table of some run folders.
    static RunsTable of(Collection<Path> folders) {
        List<Map<String, Object>> rows = new ArrayList<>();
        folders.forEach(folder -> add(folder, rows));
        return new RunsTable(rows);
    }

    private static void add(Path folder, List<Map<String, Object>> rows) {
        RunList.Entry entry = RunList.entry(folder);
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("run", folder.toString());
        head.put("part", null);
        head.put("kind", entry.kind());
        head.put("state", entry.word());
        head.put("began", entry.start().toString());
        if (!entry.isRead()) {
            rows.add(head);
            return;
        }
        ResultStore store = ResultStore.of(folder);
        boolean complete = store.provenance().complete();
        head.put("seconds", complete ? store.provenance().seconds() : null);
        Map<String, Object> results = complete ? store.provenance().results() : Map.of();
        Map<String, Table> soFar = complete ? Map.of() : RowsSoFar.of(folder);
        Map<String, Experiment> parts =
                store.experiment() instanceof Series series ? series.parts() : Map.of("", store.experiment());
        parts.forEach((part, experiment) -> {
            Map<String, Object> row = new LinkedHashMap<>(head);
            if (!part.isEmpty()) {
                row.put("part", part);
            }
            row.put("kind", experiment.kind());
            ExperimentSettings.of(experiment).forEach((key, value) -> row.putIfAbsent(key, value));
            Object found = results.getOrDefault(part, part.isEmpty() ? results : Map.of());
            if (found instanceof Map<?, ?> finding) {
                flatten("", finding)
                        .forEach((key, value) -> row.put(row.containsKey(key) ? "found_" + key : key, value));
            }
            Table losses = soFar.get(part.isEmpty() ? "losses" : part + "-losses");
            if (losses != null) {
                putSoFar(losses, row);
            }
            rows.add(row);
        });
    }

    private static void putSoFar(Table losses, Map<String, Object> row) {
        double[] loss = losses.numbers(Quantity.LOSS);
        double[] steps = losses.numbers(Quantity.STEP);
        row.put("steps_done", (long) steps[steps.length - 1]);
        row.put("final_loss", loss[loss.length - 1]);
        Arrays.stream(loss).filter(each -> !Double.isNaN(each)).min().ifPresent(least -> row.put("min_loss", least));
    }

    /// `{final: {loss: 1}}` as `final_loss`; lists are left out.
    private static Map<String, Object> flatten(String before, Map<?, ?> found) {
        Map<String, Object> flat = new LinkedHashMap<>();
        found.forEach((key, value) -> {
            String name = before + snake(key.toString());
            switch (value) {
                case Map<?, ?> inner -> flat.putAll(flatten(name + "_", inner));
                case Number _, String _, Boolean _ -> {
                    if (!NO_RESULTS.contains(key.toString())) {
                        flat.put(name.equals(STEPS) ? STEPS + "_done" : name, value);
                    }
                }
                case null, default -> {
                    // No single value.
                }
            }
        });
        return flat;
    }

    private static String snake(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    /// Makes it a table of a database. A column of which every value is a number is one of numbers.
    void create(DuckDBConnection engine, String table) throws SQLException {
        Set<String> columns = new LinkedHashSet<>();
        // Names of columns that differ in case only would be one for SQL.
        Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        rows.forEach(row -> row.keySet().stream().filter(taken::add).forEach(columns::add));
        List<String> names = List.copyOf(columns);
        try (Statement sql = engine.createStatement()) {
            sql.execute("CREATE TABLE " + SqlText.name(table) + " ("
                    + names.stream()
                            .map(name -> SqlText.name(name) + " " + type(name))
                            .collect(Collectors.joining(", "))
                    + ")");
        }
        String places = String.join(", ", java.util.Collections.nCopies(names.size(), "?"));
        try (PreparedStatement insert =
                engine.prepareStatement("INSERT INTO " + SqlText.name(table) + " VALUES (" + places + ")")) {
            for (Map<String, Object> row : rows) {
                for (int i = 0; i < names.size(); i++) {
                    insert.setObject(i + 1, value(row.get(names.get(i)), type(names.get(i))));
                }
                insert.execute();
            }
        }
    }

    private String type(String column) {
        List<Object> values = rows.stream()
                .map(row -> row.get(column))
                .filter(java.util.Objects::nonNull)
                .toList();
        if (values.isEmpty() || !values.stream().allMatch(RunsTable::isNumber)) {
            return "VARCHAR";
        }
        return values.stream().allMatch(RunsTable::isWhole) ? "BIGINT" : "DOUBLE";
    }

    private static boolean isNumber(Object value) {
        return value instanceof Number || value.toString().matches("-?(\\d+\\.?\\d*(e[+-]?\\d+)?|inf)");
    }

    private static boolean isWhole(Object value) {
        return value instanceof Long || value.toString().matches("-?\\d{1,18}");
    }

    private static Object value(Object value, String type) {
        if (value == null) {
            return null;
        }
        return switch (type) {
            case "BIGINT" -> Long.valueOf(value.toString());
            case "DOUBLE" -> number(value.toString().replace("inf", "Infinity"));
            default -> value.toString();
        };
    }

    private static Double number(String text) {
        double value = Double.parseDouble(text);
        return Double.isNaN(value) ? null : value;
    }
}
