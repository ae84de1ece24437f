package adamscope.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// An SQLite database of any origin, to be read only; nothing is written beside it.
public final class SqliteFile implements AutoCloseable {
    private final Connection sql;

    private SqliteFile(Connection sql) {
        this.sql = sql;
    }

    /// Takes one row.
    public interface Sink {
        /// @param values in the order of the query: a Number, a String, bytes, or null
        void accept(Object[] values);
    }

    /// @throws IOException if the file is no database
    public static SqliteFile open(Path file) throws IOException {
        // immutable: no lock and no journal, so that a folder that cannot be written to is no obstacle.
        String url = "jdbc:sqlite:file:" + file.toAbsolutePath().toUri().getRawPath() + "?mode=ro&immutable=1";
        try {
            return new SqliteFile(DriverManager.getConnection(url));
        } catch (SQLException e) {
            throw damaged(e);
        }
    }

    private static IOException damaged(SQLException e) {
        return new IOException("as SQLite it is damaged: " + e.getMessage(), e);
    }

    /// Names of tables with those of their columns, in lower case.
    public Map<String, Set<String>> tables() throws IOException {
        Map<String, Set<String>> tables = new LinkedHashMap<>();
        each(
                "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name",
                row -> tables.put(String.valueOf(row[0]), new LinkedHashSet<>()));
        for (Map.Entry<String, Set<String>> table : tables.entrySet()) {
            each(
                    "SELECT name FROM pragma_table_info('" + table.getKey().replace("'", "''") + "')",
                    row -> table.getValue().add(String.valueOf(row[0]).toLowerCase(Locale.ROOT)));
        }
        return tables;
    }

    /// Gives every row of a query.
    public void each(String query, Sink sink) throws IOException {
        try (Statement statement = sql.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            Object[] values = new Object[rows.getMetaData().getColumnCount()];
            while (rows.next()) {
                for (int i = 0; i < values.length; i++) {
                    values[i] = rows.getObject(i + 1);
                }
                sink.accept(values);
            }
        } catch (SQLException e) {
            throw damaged(e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            sql.close();
        } catch (SQLException e) {
            throw damaged(e);
        }
    }
}
