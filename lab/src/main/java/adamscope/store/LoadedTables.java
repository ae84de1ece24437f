package adamscope.store;

import adamscope.table.Column;
import adamscope.table.Table;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/// Tables that are no files, put into the memory of DuckDB, apart from the views that a question may name.
final class LoadedTables {
    private static final String SCHEMA = "loaded";

    private final DuckDBConnection engine;
    private final Statement sql;
    private int count;

    LoadedTables(DuckDBConnection engine, Statement sql) {
        this.engine = engine;
        this.sql = sql;
    }

    /// Puts a table of numbers there; returns what stands for it after FROM.
    String add(Table table) throws SQLException {
        if (count == 0) {
            sql.execute("CREATE SCHEMA " + SCHEMA);
        }
        String name = "t" + count++;
        sql.execute("CREATE TABLE " + SCHEMA + "." + name + " ("
                + table.columns().stream()
                        .map(column -> SqlText.name(column.name()) + " " + type(column))
                        .collect(Collectors.joining(", "))
                + ")");
        try (DuckDBAppender rows = engine.createAppender(SCHEMA, name)) {
            for (int row = 0; row < table.rows(); row++) {
                rows.beginRow();
                for (Column column : table.columns()) {
                    switch (column) {
                        case Column.Integers(var _, var _, long[] values) -> rows.append(values[row]);
                        case Column.Numbers(var _, var _, double[] values) -> rows.append(values[row]);
                        case Column.Words(var _, var values) -> rows.append(values.get(row));
                    }
                }
                rows.endRow();
            }
        }
        return SCHEMA + "." + name;
    }

    private static String type(Column column) {
        return switch (column) {
            case Column.Integers _ -> "BIGINT";
            case Column.Numbers _ -> "DOUBLE";
            case Column.Words _ -> "VARCHAR";
        };
    }
}
