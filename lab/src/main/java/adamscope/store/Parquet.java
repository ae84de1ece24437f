package adamscope.store;

import adamscope.table.Table;
import adamscope.text.FileReason;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;

/// Tables as Parquet files, through DuckDB in memory.
///
/// Numbers become DOUBLE with every bit, infinities included, integers BIGINT, words VARCHAR. A number that a row lacks
/// is NaN in a table and NULL in a file, so that averages of whatever reads it are those of the rows that have one; old
/// files with NaN read alike. Names and units are kept in the metadata of the file under the key `adamscope.columns`,
/// because SQL cannot tell `m` from `M`.
public final class Parquet {
    static final String METADATA = "adamscope.columns";

    /// DuckDB wraps what the system said, such as that the disk is full, into JSON.
    private static final Pattern NESTED = Pattern.compile("\"exception_message\":\"((?:[^\"\\\\]|\\\\.)*)\"");

    private static final int FILES_A_QUERY = 500;

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
        try (ParquetWriter writer = new ParquetWriter()) {
            writer.write(table, file, Map.of());
        }
    }

    /// Reads a table; a file from elsewhere has no units.
    ///
    /// @throws IllegalArgumentException if it is damaged, or holds types that a table has not
    static Table read(String name, Path file) {
        try (DuckDBConnection engine = engine();
                Statement sql = engine.createStatement()) {
            List<Named> named = named(sql, file);
            return table(sql, name, "SELECT * FROM " + SqlText.rows(List.of(file)), named);
        } catch (SQLException e) {
            throw unreadable("table " + name + " in " + file, e);
        }
    }

    /// The unit of each column of a file, by name; a file from elsewhere has none.
    static Map<String, String> units(Path file) {
        try (DuckDBConnection engine = engine();
                Statement sql = engine.createStatement()) {
            Map<String, String> units = new HashMap<>();
            named(sql, file).forEach(column -> units.put(column.name(), column.unit()));
            return units;
        } catch (SQLException e) {
            throw failure("cannot read the columns of " + file, e);
        }
    }

    /// The value of a key in the metadata of each file, by its absolute path; a file without it is absent.
    static Map<String, String> values(String key, List<Path> files) {
        Map<String, String> values = new HashMap<>();
        try (DuckDBConnection engine = engine();
                Statement sql = engine.createStatement()) {
            for (int from = 0; from < files.size(); from += FILES_A_QUERY) {
                List<Path> some = files.subList(from, Math.min(files.size(), from + FILES_A_QUERY));
                try (ResultSet found = sql.executeQuery("SELECT file_name, value FROM parquet_kv_metadata("
                        + SqlText.sources(some) + ") WHERE key = " + SqlText.word(key) + "::BLOB")) {
                    while (found.next()) {
                        values.put(found.getString(1), text(found));
                    }
                }
            }
        } catch (SQLException e) {
            throw failure("cannot read what tiles belong to", e);
        }
        return values;
    }

    private static String text(ResultSet found) throws SQLException {
        byte[] text = found.getBlob(2).getBytes(1, (int) found.getBlob(2).length());
        return new String(text, StandardCharsets.UTF_8);
    }

    /// What a query of ours finds, as a table `query`.
    static Table query(String query) {
        try (DuckDBConnection engine = engine();
                Statement sql = engine.createStatement()) {
            return table(sql, "query", query, List.of());
        } catch (SQLException e) {
            throw failure("cannot read the rows", e);
        }
    }

    /// @param named the columns; empty: as the query calls them, without units
    private static Table table(Statement sql, String name, String query, List<Named> named) throws SQLException {
        try (ResultSet rows = sql.executeQuery(query)) {
            List<ColumnBuilder> builders = new ArrayList<>();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                Named column = named.isEmpty() ? new Named(rows.getMetaData().getColumnName(i), "") : named.get(i - 1);
                builders.add(ColumnBuilder.of(
                        column.name(), column.unit(), rows.getMetaData().getColumnTypeName(i)));
            }
            while (rows.next()) {
                for (int i = 1; i <= builders.size(); i++) {
                    builders.get(i - 1).add(rows, i);
                }
            }
            return new Table(name, builders.stream().map(ColumnBuilder::column).toList());
        }
    }

    private record Named(String name, String unit) {}

    /// Why a table cannot be read: by the machine, or what is in the file.
    static RuntimeException unreadable(String table, SQLException e) {
        String reason = reason(e);
        return reason.contains("Permission denied")
                ? new UncheckedIOException("cannot read " + table + ": " + reason, new IOException(e))
                : new IllegalArgumentException(table + " is damaged or no Parquet: " + reason, e);
    }

    /// A database in memory that spills nowhere, so that no temporary folder stays behind.
    static DuckDBConnection engine() throws SQLException {
        return engine(new Properties());
    }

    static DuckDBConnection engine(Properties options) throws SQLException {
        options.setProperty("temp_directory", "");
        try {
            return (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", options);
        } catch (LinkageError e) {
            throw notLoaded(e);
        }
    }

    /// Where the library does not lie beside the program, DuckDB unpacks it among the temporary files.
    private static UncheckedIOException notLoaded(LinkageError e) {
        String reason = Stream.iterate((Throwable) e, Objects::nonNull, Throwable::getCause)
                .filter(IOException.class::isInstance)
                .map(failure -> FileReason.of((IOException) failure))
                .findFirst()
                .orElse(e.getMessage());
        return new UncheckedIOException(
                "DuckDB does not start: its library cannot be unpacked into " + System.getProperty("java.io.tmpdir")
                        + " or loaded from there: " + reason
                        + "; name another folder with ADAMSCOPE_JAVA_OPTIONS=-Djava.io.tmpdir=DIR",
                new IOException(e));
    }

    static String metadata(Table table) {
        return JsonDocument.text(table.columns().stream()
                .map(column -> JsonDocument.object("name", column.name(), "unit", column.unit()))
                .toList());
    }

    private static List<Named> named(Statement sql, Path file) throws SQLException {
        List<Named> named = new ArrayList<>();
        try (ResultSet found = sql.executeQuery("SELECT value FROM parquet_kv_metadata("
                + SqlText.sources(List.of(file)) + ") WHERE key = " + SqlText.word(METADATA) + "::BLOB")) {
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

    static UncheckedIOException failure(String what, SQLException e) {
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
