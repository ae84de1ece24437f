package adamscope.paper;

import adamscope.table.Absent;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// The tables of a figure, by name; the table `measured` holds single numbers by name.
public record Tables(Function<String, Table> source) {

    /// The table of that name.
    public Table table(String name) {
        return source.apply(name);
    }

    /// A column of a table.
    public double[] numbers(String table, String column) {
        return table(table).numbers(column);
    }

    /// A single measured number.
    public double value(String name) {
        Table measured = table(SingleNumbers.TABLE);
        return measured.numbers("value")[row(measured, name)];
    }

    private static int row(Table measured, String name) {
        int row = measured.words("quantity").indexOf(name);
        if (row < 0) {
            throw new Absent(
                    SingleNumbers.TABLE,
                    name,
                    "nothing measured is called '" + name + "'; there is " + measured.words("quantity"));
        }
        return row;
    }

    /// The same with every number of a column changed, in whichever tables have it.
    Tables changed(String column, DoubleUnaryOperator change) {
        return turned(column, values -> Arrays.stream(values).map(change).toArray());
    }

    /// The same with the numbers of a column turned into others, in whichever tables have it.
    Tables turned(String column, UnaryOperator<double[]> turn) {
        return new Tables(name -> {
            Table table = table(name);
            return new Table(
                    table.name(),
                    table.columns().stream()
                            .map(own -> own.name().equals(column)
                                    ? new Column.Numbers(column, "", turn.apply(table.numbers(column)))
                                    : own)
                            .toList());
        });
    }

    /// The same numbers, the last first.
    static double[] backwards(double[] values) {
        double[] turned = new double[values.length];
        Arrays.setAll(turned, i -> values[values.length - 1 - i]);
        return turned;
    }

    /// The same with two columns in each other's place.
    Tables exchanged(String one, String other) {
        return new Tables(name -> {
            Table table = table(name);
            return new Table(
                    table.name(),
                    table.columns().stream()
                            .map(own -> own.name().equals(one)
                                    ? new Column.Numbers(one, "", table.numbers(other))
                                    : own.name().equals(other)
                                            ? new Column.Numbers(other, "", table.numbers(one))
                                            : own)
                            .toList());
        });
    }

    /// The same with single measured numbers changed.
    Tables changedValue(String name, DoubleUnaryOperator change) {
        return new Tables(table -> {
            Table measured = table(table);
            if (!table.equals(SingleNumbers.TABLE)) {
                return measured;
            }
            double[] values = measured.numbers("value").clone();
            int row = row(measured, name);
            values[row] = change.applyAsDouble(values[row]);
            return new Table(
                    table, java.util.List.of(measured.column("quantity"), new Column.Numbers("value", "", values)));
        });
    }
}
