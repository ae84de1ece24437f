package adamscope.log;

import adamscope.store.SqliteFile;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/// Runs in an SQLite database: MLflow's store, or any tables with columns of metrics.
///
/// | table | columns | meaning |
/// | --- | --- | --- |
/// | `metrics` | key, value, step, run_uuid; is_nan | MLflow |
/// | `params` | key, value, run_uuid | its hyper-parameters |
/// | `runs` | run_uuid, name | its names |
/// | any | run_name, step, metrics as JSON | Trackio |
final class SqliteLog {
    private final String file;
    private final CollectedRuns runs;
    private final Map<String, String> names = new HashMap<>();

    private SqliteLog(String file, CollectedRuns runs) {
        this.file = file;
        this.runs = runs;
    }

    static void read(Path path, CollectedRuns runs) throws IOException {
        SqliteLog log = new SqliteLog(path.getFileName().toString(), runs);
        Path plain = path;
        boolean copied = !Unpacked.plain(path) || path.getFileSystem() != java.nio.file.FileSystems.getDefault();
        if (copied) {
            plain = Files.createTempFile("adamscope-", ".db");
            try (var in = Unpacked.open(path)) {
                Files.copy(in, plain, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        }
        try (SqliteFile sql = SqliteFile.open(plain)) {
            log.tables(sql);
        } finally {
            if (copied) {
                Files.deleteIfExists(plain);
            }
        }
    }

    private void tables(SqliteFile sql) throws IOException {
        Map<String, Set<String>> tables = sql.tables();
        tables.forEach(
                (table, columns) -> columns.forEach(column -> runs.single().seen(table + "." + column)));
        Set<String> metrics = tables.getOrDefault("metrics", Set.of());
        if (metrics.containsAll(Set.of("key", "value", "step", "run_uuid"))) {
            mlflow(sql, tables, metrics.contains("is_nan"));
            return;
        }
        for (Map.Entry<String, Set<String>> table : tables.entrySet()) {
            if (table.getValue().containsAll(Set.of("step", "metrics"))) {
                trackio(sql, table.getKey(), table.getValue().contains("run_name"));
            }
        }
    }

    private void mlflow(SqliteFile sql, Map<String, Set<String>> tables, boolean nans) throws IOException {
        if (tables.getOrDefault("runs", Set.of()).containsAll(Set.of("run_uuid", "name"))) {
            sql.each("SELECT run_uuid, name FROM runs", row -> {
                if (row[1] != null) {
                    names.put(String.valueOf(row[0]), String.valueOf(row[1]));
                }
            });
        }
        // In the order in which they were written, of which a resumed run repeats steps.
        String query = "SELECT run_uuid, key, step, value, " + (nans ? "is_nan" : "0") + " FROM metrics ORDER BY rowid";
        sql.each(query, row -> {
            Optional<RunPoints> run = run(row[0]);
            if (run.isPresent() && row[1] instanceof String key && row[2] instanceof Number step) {
                boolean nan = row[4] instanceof Number flag && flag.intValue() != 0;
                double value = !nan && row[3] instanceof Number number ? number.doubleValue() : Double.NaN;
                run.get().add(key, step.longValue(), value);
            }
        });
        if (tables.getOrDefault("params", Set.of()).containsAll(Set.of("run_uuid", "key", "value"))) {
            sql.each("SELECT run_uuid, key, value FROM params", row -> {
                if (row[1] instanceof String key && row[2] != null) {
                    run(row[0]).ifPresent(run -> run.configure(file + ", params", key, String.valueOf(row[2])));
                }
            });
        }
    }

    private void trackio(SqliteFile sql, String table, boolean named) throws IOException {
        String query = "SELECT " + (named ? "run_name" : "''") + ", step, metrics FROM \"" + table.replace("\"", "\"\"")
                + "\" ORDER BY rowid";
        sql.each(query, row -> {
            if (row[1] instanceof Number step && row[2] != null) {
                run(row[0]).ifPresent(run -> metrics(String.valueOf(row[2]), step.longValue(), run));
            }
        });
    }

    private void metrics(String json, long step, RunPoints run) {
        try (JsonParser metrics = JsonRows.JSON.createParser(json)) {
            if (metrics.nextToken() != JsonToken.START_OBJECT) {
                return;
            }
            while (metrics.nextToken() == JsonToken.FIELD_NAME) {
                String key = metrics.currentName();
                JsonToken value = metrics.nextToken();
                if (value.isStructStart()) {
                    metrics.skipChildren();
                } else {
                    OptionalDouble number = WrittenNumber.number(metrics.getText());
                    if (number.isPresent()) {
                        run.add(key, step, number.getAsDouble());
                    }
                }
            }
        } catch (IOException _) {
            run.lost("rows of " + file + " hold no JSON and were left out", 1);
        }
    }

    private Optional<RunPoints> run(Object id) {
        String known = String.valueOf(id);
        return runs.run(names.getOrDefault(known, known));
    }
}
