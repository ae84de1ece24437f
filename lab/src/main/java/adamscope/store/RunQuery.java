package adamscope.store;

import adamscope.table.Table;
import adamscope.text.FileReason;
import adamscope.text.Nearest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;

/// SQL over the tables of runs: each table of a name is a view over all runs that have it, with the column `run` before
/// the others. The tiles of an unfinished sweep are its table `sweep` so far. A number that a row lacks, NaN in the
/// files, is NULL, so that `max` and `avg` are of the numbers that are there. The table `runs` has a row for each run
/// with its settings and results. Of trainings that did not come to their end the tables hold the rows so far.
///
/// Only reads: one SELECT, and no file but those of the runs.
public final class RunQuery implements AutoCloseable {
    static final String TABLE_END = ".parquet";
    private static final String SWEEP = "sweep";

    /// The table with one row for each run, see [RunsTable].
    public static final String RUNS = "runs";

    /// Of an answer: rows are handed over as they come, so only what has to be held together counts, as for a sort.
    private static final String MEMORY = "2GB";

    private static final Pattern UNKNOWN_COLUMN = Pattern.compile("(?:Referenced column|column named) \"([^\"]+)\"");
    /// All that the driver says of a file that fails while rows are fetched.
    private static final String BROKEN_OFF = "Invalid result set";

    private static final Pattern UNKNOWN_TABLE = Pattern.compile("Table with name (.+?) does not exist");

    /// Columns that a message lists.
    private static final int MOST_LISTED = 18;

    private static final int NEAREST = 8;

    private final DuckDBConnection engine;
    private final Statement sql;

    /// Takes the rows of an answer.
    public interface Rows {
        /// The names of the columns, once.
        void columns(List<String> names);

        /// The values of a row: numbers, words, truth values, or null.
        void row(List<Object> values);
    }

    private RunQuery(DuckDBConnection engine, Statement sql) {
        this.engine = engine;
        this.sql = sql;
    }

    /// Opens runs.
    ///
    /// @param places run folders, or folders of runs
    /// @throws IllegalArgumentException if a place holds no run, or no run a table
    public static RunQuery over(List<Path> places) {
        Map<String, Map<String, List<Path>>> tables = new TreeMap<>();
        Set<Path> folders = new LinkedHashSet<>();
        for (Path place : places) {
            List<Path> runs = TableFolder.is(place) ? List.of(place) : RunList.folders(place);
            if (runs.isEmpty()) {
                throw new IllegalArgumentException(place + " holds no run: there is no experiment.yaml in it or below");
            }
            runs.stream().filter(run -> !TableFolder.is(run)).forEach(folders::add);
            runs.forEach(run -> tablesOf(run)
                    .forEach((name, files) ->
                            tables.computeIfAbsent(name, _ -> new TreeMap<>()).put(run.toString(), files)));
        }
        try {
            Properties options = new Properties();
            options.setProperty("jdbc_stream_results", "true");
            options.setProperty("memory_limit", MEMORY);
            DuckDBConnection engine = Parquet.engine(options);
            Statement sql = engine.createStatement();
            Map<String, List<String>> sources = new TreeMap<>();
            for (Map.Entry<String, Map<String, List<Path>>> table : tables.entrySet()) {
                for (Map.Entry<String, List<Path>> run : table.getValue().entrySet()) {
                    sources.computeIfAbsent(table.getKey(), _ -> new ArrayList<>())
                            .add(selected(sql, run.getKey(), SqlText.rows(run.getValue())));
                }
            }
            LoadedTables loaded = new LoadedTables(engine, sql);
            for (Path run : folders) {
                for (Table table : soFar(run)) {
                    sources.computeIfAbsent(table.name(), _ -> new ArrayList<>())
                            .add(selected(sql, run.toString(), loaded.add(table)));
                }
            }
            for (Map.Entry<String, List<String>> table : sources.entrySet()) {
                sql.execute("CREATE VIEW " + SqlText.name(table.getKey()) + " AS "
                        + String.join(" UNION ALL BY NAME ", table.getValue()));
            }
            if (!sources.containsKey(RUNS) && !folders.isEmpty()) {
                RunsTable.of(folders).create(engine, RUNS);
            }
            List<Path> files = tables.values().stream()
                    .flatMap(runs -> runs.values().stream())
                    .flatMap(List::stream)
                    .toList();
            sql.execute("SET allowed_paths = " + SqlText.allowed(files));
            sql.execute("SET enable_external_access = false");
            sql.execute("SET lock_configuration = true");
            return new RunQuery(engine, sql);
        } catch (SQLException e) {
            throw Parquet.unreadable("a table", e);
        }
    }

    /// What is no file yet; of a sweep without a finished tile what its columns will be.
    private static List<Table> soFar(Path run) {
        List<Table> tables = new ArrayList<>(RowsSoFar.of(run).values());
        if (!Files.exists(run.resolve(ResultStore.PROVENANCE)) && !tablesOf(run).containsKey(SWEEP)) {
            UnfinishedSweep.columns(run).ifPresent(tables::add);
        }
        return tables;
    }

    private static String selected(Statement sql, String run, String source) {
        return "SELECT " + SqlText.word(run) + " AS run, " + present(sql, source) + " FROM " + source;
    }

    /// The columns of a source in a SELECT, NaN as NULL.
    private static String present(Statement sql, String source) {
        List<String> columns = new ArrayList<>();
        try (ResultSet described = sql.executeQuery("DESCRIBE SELECT * FROM " + source)) {
            while (described.next()) {
                String name = SqlText.name(described.getString(1));
                String type = described.getString(2);
                columns.add(
                        type.equals("DOUBLE") || type.equals("FLOAT")
                                ? "nullif(" + name + ", 'NaN'::" + type + ") AS " + name
                                : name);
            }
        } catch (SQLException e) {
            throw Parquet.unreadable("a table", e);
        }
        return String.join(", ", columns);
    }

    private static Map<String, List<Path>> tablesOf(Path run) {
        Map<String, List<Path>> tables = new TreeMap<>();
        try (Stream<Path> files = Files.list(run)) {
            files.filter(file -> file.toString().endsWith(TABLE_END)
                            && !file.getFileName().toString().startsWith("."))
                    .forEach(file -> {
                        String name = file.getFileName().toString();
                        tables.put(name.substring(0, name.length() - TABLE_END.length()), List.of(file));
                    });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + run + ": " + FileReason.of(e), e);
        }
        List<Path> tiles = UnfinishedSweep.tiles(run);
        if (!tables.containsKey(SWEEP) && !tiles.isEmpty()) {
            tables.put(SWEEP, tiles);
        }
        return tables;
    }

    /// Answers a question.
    ///
    /// @throws IllegalArgumentException if it is not one SELECT, or asks for what is not there; the message lists what
    /// is
    public void run(String question, Rows rows) {
        try {
            refuseWriting(question);
            try (ResultSet found = sql.executeQuery(question)) {
                int columns = found.getMetaData().getColumnCount();
                List<String> names = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    names.add(found.getMetaData().getColumnName(i));
                }
                rows.columns(names);
                while (found.next()) {
                    List<Object> values = new ArrayList<>();
                    for (int i = 1; i <= columns; i++) {
                        values.add(found.getObject(i));
                    }
                    rows.row(values);
                }
            }
        } catch (SQLException e) {
            if (String.valueOf(e.getMessage()).contains(BROKEN_OFF)) {
                throw new UncheckedIOException(
                        "query: the answer broke off: a table cannot be read to its end, or changed meanwhile",
                        new IOException(e));
            }
            throw new IllegalArgumentException(explained(e, question), e);
        }
    }

    /// Ends a question that is being answered, which then fails; from any thread.
    public void cancel() {
        try {
            sql.cancel();
        } catch (SQLException e) {
            throw Parquet.failure("cannot end a query", e);
        }
    }

    /// Only a SELECT can be written as a tree in JSON; DuckDB says so of everything else.
    private void refuseWriting(String question) throws SQLException {
        try (ResultSet tree = sql.executeQuery("SELECT t ->> 'error', t ->> 'error_type', t ->> 'error_message',"
                + " json_array_length(t -> 'statements') FROM (SELECT json_serialize_sql(" + SqlText.word(question)
                + "::VARCHAR)::JSON AS t)")) {
            tree.next();
            boolean error = Boolean.parseBoolean(tree.getString(1));
            if (error && "not implemented".equals(tree.getString(2))) {
                throw new IllegalArgumentException("query only reads: write one SELECT, not '" + question + "'");
            }
            if (error) {
                throw new IllegalArgumentException("query: " + tree.getString(3));
            }
            if (tree.getLong(4) != 1) {
                throw new IllegalArgumentException("query: write one SELECT, not " + tree.getLong(4) + " statements");
            }
        }
    }

    private String explained(SQLException e, String question) throws IllegalArgumentException {
        String message = String.valueOf(e.getMessage());
        Matcher column = UNKNOWN_COLUMN.matcher(message);
        if (column.find()) {
            return noColumn(column.group(1), question);
        }
        Matcher table = UNKNOWN_TABLE.matcher(message);
        if (table.find()) {
            Set<String> all = columns().keySet();
            return "query: no table '" + table.group(1) + "'; there are " + String.join(", ", all)
                    + Nearest.hint(table.group(1), all);
        }
        return "query: " + Parquet.reason(e);
    }

    /// The columns of each table, `runs` with its many columns last.
    private Map<String, List<String>> columns() {
        Map<String, List<String>> tables = new LinkedHashMap<>();
        try (Statement again = engine.createStatement();
                ResultSet found = again.executeQuery(
                        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'main'"
                                + " ORDER BY table_name = '" + RUNS
                                + "', table_name, ordinal_position")) {
            while (found.next()) {
                tables.computeIfAbsent(found.getString(1), _ -> new ArrayList<>())
                        .add(found.getString(2));
            }
        } catch (SQLException e) {
            throw Parquet.failure("cannot list the columns", e);
        }
        return tables;
    }

    /// Of the tables that the question names: all columns where they are few, else the nearest.
    private String noColumn(String name, String question) {
        Map<String, List<String>> tables = columns();
        Map<String, List<String>> asked = new LinkedHashMap<>(tables);
        asked.keySet().removeIf(table -> !question.matches("(?s).*\\b" + Pattern.quote(table) + "\\b.*"));
        Map<String, List<String>> looked = asked.isEmpty() ? tables : asked;
        List<String> all =
                looked.values().stream().flatMap(List::stream).distinct().toList();
        String known = all.size() <= MOST_LISTED
                ? described(looked)
                : String.join(", ", Nearest.first(NEAREST, name, all)) + " and " + (all.size() - NEAREST) + " more in "
                        + String.join(", ", looked.keySet());
        return "query: no column '" + name + "'; there are " + known + Nearest.hint(name, all);
    }

    /// `sweep (run, beta1, outcome), picture (…)`
    private static String described(Map<String, List<String>> tables) {
        return tables.entrySet().stream()
                .map(entry -> entry.getKey() + " (" + String.join(", ", entry.getValue()) + ")")
                .collect(Collectors.joining(", "));
    }

    @Override
    public void close() {
        try {
            sql.close();
            engine.close();
        } catch (SQLException e) {
            throw Parquet.failure("cannot close DuckDB", e);
        }
    }
}
