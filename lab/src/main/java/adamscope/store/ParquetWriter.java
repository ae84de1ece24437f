package adamscope.store;

import adamscope.table.Column;
import adamscope.table.Table;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;
import org.duckdb.DuckDBWritableVector;

/// Writes tables to Parquet, one after the other, through one engine; the same table gives the same bytes.
///
/// DuckDB asks for a vector of each column at a time, which is about three times as fast as handing over row by row.
/// Not for several threads at once.
final class ParquetWriter implements AutoCloseable {
    private static final String ROWS = "rows_of_table";

    private final DuckDBConnection engine;
    private final Statement sql;
    private Table current;
    private Iterator<Table> following;
    private int written;
    /// Why the next table could not be had; the engine would wrap it into words of its own.
    private RuntimeException unread;

    ParquetWriter() {
        try {
            engine = Parquet.engine();
            sql = engine.createStatement();
            // one thread: the order of the rows and the bytes of the file depend on nothing else
            sql.execute("SET threads = 1");
            DuckDBFunctions.tableFunction()
                    .withName(ROWS)
                    .withFunction(new Rows())
                    .register(engine);
        } catch (SQLException e) {
            throw Parquet.failure("DuckDB does not start", e);
        }
    }

    /// Writes a table that has at least one column.
    ///
    /// @param metadata further keys of the file, beside the names and units of the columns
    /// @throws java.io.UncheckedIOException if the file cannot be written; what was begun of it may be left
    void write(Table table, Path file, Map<String, String> metadata) {
        write(table, Collections.emptyIterator(), file, metadata);
    }

    /// Writes the rows of several tables of the same columns, one after the other.
    ///
    /// The bytes depend on the rows and their order, not on how they are divided: the engine is handed full vectors.
    void write(Table table, Iterator<Table> others, Path file, Map<String, String> metadata) {
        if (table.columns().isEmpty()) {
            throw new IllegalArgumentException("table " + table.name() + " has no column, so Parquet cannot hold it");
        }
        current = table;
        following = others;
        written = 0;
        unread = null;
        try {
            sql.execute("COPY (SELECT " + renamed(table) + " FROM " + ROWS + "()) TO " + SqlText.target(file)
                    + " (FORMAT parquet, COMPRESSION zstd, KV_METADATA {"
                    + metadata(Parquet.metadata(table), metadata) + "})");
        } catch (SQLException e) {
            if (unread != null) {
                throw unread;
            }
            throw Parquet.failure("cannot write table " + table.name() + " to " + file, e);
        } finally {
            current = null;
        }
    }

    static String metadata(String columns, Map<String, String> others) {
        return SqlText.word(Parquet.METADATA) + ": " + SqlText.word(columns)
                + others.entrySet().stream()
                        .map(entry -> ", " + SqlText.word(entry.getKey()) + ": " + SqlText.word(entry.getValue()))
                        .collect(Collectors.joining());
    }

    /// `c0 AS "m", c1 AS "M_2"`
    private static String renamed(Table table) {
        List<String> names = names(table);
        return IntStream.range(0, names.size())
                .mapToObj(i -> "c" + i + " AS " + SqlText.name(names.get(i)))
                .collect(Collectors.joining(", "));
    }

    /// Of the columns in a file: names that SQL takes for equal get a number.
    static List<String> names(Table table) {
        Set<String> taken = new HashSet<>();
        List<String> names = new ArrayList<>();
        for (Column column : table.columns()) {
            String name = column.name();
            for (int n = 2; !taken.add(name.toLowerCase(Locale.ROOT)); n++) {
                name = column.name() + "_" + n;
            }
            names.add(name);
        }
        return names;
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

    /// The current table as a table function of SQL.
    private final class Rows implements DuckDBTableFunction<String, String, Object> {
        @Override
        public String bind(DuckDBTableFunctionBindInfo columns) {
            for (int i = 0; i < current.columns().size(); i++) {
                columns.addResultColumn(
                        "c" + i,
                        switch (current.columns().get(i)) {
                            case Column.Numbers _ -> Double.class;
                            case Column.Integers _ -> Long.class;
                            case Column.Words _ -> String.class;
                        });
            }
            return ROWS;
        }

        @Override
        public String init(DuckDBTableFunctionInitInfo scan) {
            scan.setMaxThreads(1);
            return ROWS;
        }

        @Override
        public long apply(DuckDBTableFunctionCallInfo call, DuckDBDataChunkWriter chunk) {
            int filled = 0;
            while (filled < chunk.capacity() && isMore()) {
                int rows = (int) Math.min(chunk.capacity() - filled, current.rows() - written);
                for (int i = 0; i < current.columns().size(); i++) {
                    fill(chunk.vector(i), filled, current.columns().get(i), rows);
                }
                written += rows;
                filled += rows;
            }
            return filled;
        }

        private boolean isMore() {
            try {
                while (written == current.rows() && following.hasNext()) {
                    current = following.next();
                    written = 0;
                }
            } catch (RuntimeException e) {
                unread = e;
                throw e;
            }
            return written < current.rows();
        }

        private void fill(DuckDBWritableVector vector, int at, Column column, int rows) {
            switch (column) {
                case Column.Numbers(var _, var _, double[] values) -> {
                    for (int row = 0; row < rows; row++) {
                        double value = values[written + row];
                        if (Double.isNaN(value)) {
                            vector.setNull(at + row);
                        } else {
                            vector.setDouble(at + row, value);
                        }
                    }
                }
                case Column.Integers(var _, var _, long[] values) -> {
                    for (int row = 0; row < rows; row++) {
                        vector.setLong(at + row, values[written + row]);
                    }
                }
                case Column.Words(var _, List<String> values) -> {
                    for (int row = 0; row < rows; row++) {
                        vector.setString(at + row, values.get(written + row));
                    }
                }
            }
        }
    }
}
