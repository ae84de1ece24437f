package adamscope.store;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.duckdb.DuckDBConnection;

/// Numbers of a Parquet file of any origin, row by row, for files larger than the memory.
public final class ParquetRows {
    private static final Set<String> NUMBERS = Set.of("""
        TINYINT SMALLINT INTEGER BIGINT HUGEINT UTINYINT USMALLINT UINTEGER UBIGINT FLOAT DOUBLE\
        """.split("\\s+"));

    private ParquetRows() {}

    /// Takes one row.
    public interface Sink {
        /// @param values  in the order of the columns asked for; valid during the call
        /// @param present whether there is a value; a value that is present may be NaN
        void accept(double[] values, boolean[] present);
    }

    /// The columns of numbers, in the order of the file.
    ///
    /// @throws IllegalArgumentException if the file is damaged or no Parquet
    public static List<String> columns(Path file) {
        List<String> names = new ArrayList<>();
        schema(file).forEach((name, type) -> {
            if (NUMBERS.contains(type) || type.startsWith("DECIMAL")) {
                names.add(name);
            }
        });
        return names;
    }

    private static Map<String, String> schema(Path file) {
        try (DuckDBConnection engine = engine();
                Statement sql = engine.createStatement();
                ResultSet described = sql.executeQuery("DESCRIBE SELECT * FROM " + from(file))) {
            Map<String, String> schema = new LinkedHashMap<>();
            while (described.next()) {
                schema.put(described.getString(1), described.getString(2));
            }
            return schema;
        } catch (SQLException e) {
            throw Parquet.unreadable(file.toString(), e);
        }
    }

    /// Hands over the rows in the order of the file.
    ///
    /// @param columns some of [#columns(Path)]
    /// @throws IllegalArgumentException if the file is damaged; the rows before the damage have been handed over
    public static void read(Path file, List<String> columns, Sink sink) {
        if (columns.isEmpty()) {
            return;
        }
        List<String> items = columns.stream()
                .map(column -> "CAST(" + SqlText.name(column) + " AS DOUBLE)")
                .toList();
        double[] values = new double[columns.size()];
        boolean[] present = new boolean[columns.size()];
        try (DuckDBConnection engine = engine();
                Statement sql = engine.createStatement();
                ResultSet rows = sql.executeQuery("SELECT " + String.join(", ", items) + " FROM " + from(file))) {
            while (rows.next()) {
                for (int i = 0; i < values.length; i++) {
                    values[i] = rows.getDouble(i + 1);
                    present[i] = !rows.wasNull();
                }
                sink.accept(values, present);
            }
        } catch (SQLException e) {
            throw Parquet.unreadable(file.toString(), e);
        }
    }

    private static String from(Path file) {
        return SqlText.rows(List.of(file));
    }

    private static DuckDBConnection engine() throws SQLException {
        Properties options = new Properties();
        options.setProperty("jdbc_stream_results", "true");
        options.setProperty("memory_limit", "1GB");
        return Parquet.engine(options);
    }
}
