package adamscope.store;

import adamscope.table.Column;
import adamscope.table.Table;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/// Tables as Parquet files, through DuckDB in memory.
///
/// Numbers become DOUBLE with every bit, NaN and infinities included, integers BIGINT, words VARCHAR. Names and units
/// are kept in the metadata of the file under the key `adamscope.columns`, because SQL cannot tell `m` from `M`.
public final class Parquet {
    private static final String METADATA = "adamscope.columns";

    /// DuckDB wraps what the system said, such as that the disk is full, into JSON.
    private static final Pattern NESTED = Pattern.compile("\"exception_message\":\"((?:[^\"\\\\]|\\\\.)*)\"");

    private Parquet() {}

    /// The version of DuckDB; loads its native library.
    public static String engineVersion() {
        try (DuckDBConnection engine = engine()) {
            return engine.getMetaData().getDatabaseProductVersion();
        } catch (SQLException e) {
            throw failure("DuckDB does not start", e);
        }
    }

    /// Writes a table that has at least one column.
    ///
    /// @throws UncheckedIOException if the file cannot be written; what was begun of it may be left
    static void write(Table table, Path file) {
        if (table.columns().isEmpty()) {
            throw new IllegalArgumentException("table " + table.name() + " has no column, so Parquet cannot hold it");
        }
        try (DuckDBConnection engine = engine();
                Statement sql = engine.createStatement()) {
            sql.execute("CREATE TABLE written (" + definitions(table) + ")");
            try (DuckDBAppender rows = engine.createAppender("main", "written")) {
                append(table, rows);
            }
            sql.execute("COPY (SELECT " + renamed(table) + " FROM written) TO " + quoted(file.toString())
                    + " (FORMAT parquet, COMPRESSION zstd, KV_METADATA {" + quoted(METADATA) + ": "
                    + quoted(metadata(table)) + "})");
        } catch (SQLException e) {
            throw failure("cannot write table " + table.name() + " to " + file, e);
        }
    }

    /// Reads a table; a file from elsewhere has no units.
    ///
    /// @throws IllegalArgumentException if it is damaged, or holds types that a table has not
    static Table read(String name, Path file) {
        try (DuckDBConnection engine = engine();
                Statement sql = engine.createStatement()) {
            List<Named> named = named(sql, file);
            try (ResultSet rows = sql.executeQuery("SELECT * FROM read_parquet(" + quoted(file.toString()) + ")")) {
                List<ColumnBuilder> builders = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    Named column =
                            named.isEmpty() ? new Named(rows.getMetaData().getColumnName(i), "") : named.get(i - 1);
                    builders.add(ColumnBuilder.of(
                            column.name(), column.unit(), rows.getMetaData().getColumnTypeName(i)));
                }
                while (rows.next()) {
                    for (int i = 1; i <= builders.size(); i++) {
                        builders.get(i - 1).add(rows, i);
                    }
                }
                return new Table(
                        name, builders.stream().map(ColumnBuilder::column).toList());
            }
        } catch (SQLException e) {
            throw new IllegalArgumentException(
                    "table " + name + " in " + file + " is damaged or no Parquet: " + reason(e), e);
        }
    }

    private record Named(String name, String unit) {}

    /// A database in memory that spills nowhere, so that no temporary folder stays behind.
    private static DuckDBConnection engine() throws SQLException {
        return engine(new Properties());
    }

    static DuckDBConnection engine(Properties options) throws SQLException {
        options.setProperty("temp_directory", "");
        return (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", options);
    }

    private static String definitions(Table table) {
        List<String> definitions = new ArrayList<>();
        for (Column column : table.columns()) {
            String type = switch (column) {
                case Column.Numbers _ -> "DOUBLE";
                case Column.Integers _ -> "BIGINT";
                case Column.Words _ -> "VARCHAR";
            };
            definitions.add("c" + definitions.size() + " " + type);
        }
        return String.join(", ", definitions);
    }

    private static void append(Table table, DuckDBAppender rows) throws SQLException {
        for (int row = 0; row < table.rows(); row++) {
            rows.beginRow();
            for (Column column : table.columns()) {
                switch (column) {
                    case Column.Numbers(var _, var _, double[] values) -> rows.append(values[row]);
                    case Column.Integers(var _, var _, long[] values) -> rows.append(values[row]);
                    case Column.Words(var _, List<String> values) -> rows.append(values.get(row));
                }
            }
            rows.endRow();
        }
    }

    /// `c0 AS "m", c1 AS "M_2"`: names that SQL takes for equal get a number.
    private static String renamed(Table table) {
        Set<String> taken = new HashSet<>();
        List<String> items = new ArrayList<>();
        for (Column column : table.columns()) {
            String name = column.name();
            for (int n = 2; !taken.add(name.toLowerCase(Locale.ROOT)); n++) {
                name = column.name() + "_" + n;
            }
            items.add("c" + items.size() + " AS \"" + name.replace("\"", "\"\"") + "\"");
        }
        return String.join(", ", items);
    }

    private static String metadata(Table table) {
        return JsonDocument.text(table.columns().stream()
                .map(column -> JsonDocument.object("name", column.name(), "unit", column.unit()))
                .toList());
    }

    private static List<Named> named(Statement sql, Path file) throws SQLException {
        List<Named> named = new ArrayList<>();
        try (ResultSet found = sql.executeQuery("SELECT value FROM parquet_kv_metadata(" + quoted(file.toString())
                + ") WHERE key = " + quoted(METADATA) + "::BLOB")) {
            if (found.next()) {
                byte[] text =
                        found.getBlob(1).getBytes(1, (int) found.getBlob(1).length());
                for (JsonNode column : new ObjectMapper().readTree(new String(text, StandardCharsets.UTF_8))) {
                    named.add(new Named(
                            column.get("name").asText(), column.get("unit").asText()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the columns of " + file, e);
        }
        return named;
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static UncheckedIOException failure(String what, SQLException e) {
        return new UncheckedIOException(what + ": " + reason(e), new IOException(e));
    }

    /// What went wrong, in one line.
    static String reason(SQLException e) {
        Matcher nested = NESTED.matcher(e.getMessage());
        return nested.find()
                ? nested.group(1).replace("\\\"", "\"")
                : e.getMessage().lines().findFirst().orElse("").strip();
    }
}
