package adamscope.paper;

import adamscope.table.Absent;
import adamscope.table.Table;
import java.util.function.Function;

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
}
