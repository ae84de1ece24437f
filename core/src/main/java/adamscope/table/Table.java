package adamscope.table;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// The one shape of results: named columns of equal length.
public record Table(String name, List<Column> columns) {

    public Table {
        columns = List.copyOf(columns);
        Set<String> names = new HashSet<>();
        for (Column column : columns) {
            if (!names.add(column.name())) {
                throw new IllegalArgumentException("table " + name + " has two columns '" + column.name() + "'");
            }
            if (column.rows() != columns.getFirst().rows()) {
                throw new IllegalArgumentException("column '" + column.name() + "' has " + column.rows()
                        + " rows, column '" + columns.getFirst().name() + "' has "
                        + columns.getFirst().rows());
            }
        }
    }

    /// The rows of several tables of the same columns, one after the other, under the name of the first.
    ///
    /// @throws IllegalArgumentException if a table has other columns than the first
    public static Table concatenated(List<Table> parts) {
        Table first = parts.getFirst();
        return new Table(
                first.name(),
                first.columns().stream()
                        .map(column -> Column.concatenated(parts.stream()
                                .map(part -> part.column(column.name()))
                                .toList()))
                        .toList());
    }

    /// The rows that have a number in a column; others measured something else.
    public Table measured(String column) {
        double[] values = numbers(column);
        int[] rows = IntStream.range(0, values.length)
                .filter(row -> !Double.isNaN(values[row]))
                .toArray();
        return rows.length == values.length
                ? this
                : new Table(name, columns.stream().map(each -> each.rows(rows)).toList());
    }

    /// The number of rows.
    public int rows() {
        return columns.isEmpty() ? 0 : columns.getFirst().rows();
    }

    /// The column of that name.
    ///
    /// @throws Absent if there is none; the message lists what there is
    public Column column(String column) {
        return columns.stream()
                .filter(c -> c.name().equals(column))
                .findFirst()
                .orElseThrow(() -> new Absent(
                        name,
                        column,
                        "table " + name + " has no column '" + column + "'; it has "
                                + columns.stream().map(Column::name).toList()));
    }

    /// The values of a column of real numbers.
    public double[] numbers(String column) {
        return switch (column(column)) {
            case Column.Numbers(var _, var _, double[] values) -> values;
            case Column.Integers(var _, var _, long[] values) -> {
                double[] numbers = new double[values.length];
                for (int row = 0; row < values.length; row++) {
                    numbers[row] = values[row];
                }
                yield numbers;
            }
            case Column.Words(var _, var _) ->
                throw new IllegalArgumentException("column '" + column + "' holds words");
        };
    }

    /// The values of a column of words.
    public List<String> words(String column) {
        return switch (column(column)) {
            case Column.Words(var _, List<String> values) -> values;
            case Column.Numbers _, Column.Integers _ ->
                throw new IllegalArgumentException("column '" + column + "' holds numbers");
        };
    }
}
