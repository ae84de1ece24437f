package adamscope.spark;

import adamscope.sweep.Tile;
import adamscope.table.Column;
import adamscope.table.Table;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/// The rows of a tile on their way back from an executor.
///
/// @param vectors whether the executor has the vector module
public record TileRows(Tile tile, String table, ArrayList<ColumnRows> columns, boolean vectors)
        implements Serializable {

    /// One column; `values` is a `double[]`, a `long[]` or a `String[]`.
    public record ColumnRows(String name, String unit, Serializable values) implements Serializable {}

    /// The rows of a tile in a form that travels.
    public static TileRows of(Tile tile, Table rows, boolean vectors) {
        ArrayList<ColumnRows> columns = new ArrayList<>();
        for (Column column : rows.columns()) {
            Serializable values = switch (column) {
                case Column.Numbers(var _, var _, double[] numbers) -> numbers;
                case Column.Integers(var _, var _, long[] integers) -> integers;
                case Column.Words(var _, List<String> words) -> words.toArray(String[]::new);
            };
            columns.add(new ColumnRows(column.name(), column.unit(), values));
        }
        return new TileRows(tile, rows.name(), columns, vectors);
    }

    /// The rows as a table.
    public Table toTable() {
        return new Table(table, columns.stream().map(TileRows::toColumn).toList());
    }

    private static Column toColumn(ColumnRows column) {
        return switch (column.values()) {
            case double[] numbers -> new Column.Numbers(column.name(), column.unit(), numbers);
            case long[] integers -> new Column.Integers(column.name(), column.unit(), integers);
            case String[] words -> new Column.Words(column.name(), List.of(words));
            default -> throw new IllegalStateException("column " + column.name() + " arrived as " + column.values());
        };
    }
}
