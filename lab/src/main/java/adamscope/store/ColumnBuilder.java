package adamscope.store;

import adamscope.table.Column;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/// A column that grows row by row while a result of SQL is read.
sealed interface ColumnBuilder {

    void add(ResultSet rows, int position) throws SQLException;

    Column column();

    /// A builder for a column of an SQL type.
    static ColumnBuilder of(String name, String unit, String type) {
        return switch (type) {
            case "DOUBLE", "FLOAT" -> new NumberColumn(name, unit, DoubleStream.builder());
            case "BIGINT", "INTEGER", "SMALLINT", "TINYINT", "UINTEGER", "USMALLINT", "UTINYINT" ->
                new IntegerColumn(name, unit, LongStream.builder());
            case "VARCHAR" -> new WordColumn(name, new ArrayList<>());
            default ->
                throw new IllegalArgumentException(
                        "column '" + name + "' has type " + type + "; a table holds real numbers, integers and words");
        };
    }

    /// A missing number is NaN.
    record NumberColumn(String name, String unit, DoubleStream.Builder values) implements ColumnBuilder {
        @Override
        public void add(ResultSet rows, int position) throws SQLException {
            double value = rows.getDouble(position);
            values.add(rows.wasNull() ? Double.NaN : value);
        }

        @Override
        public Column column() {
            return new Column.Numbers(name, unit, values.build().toArray());
        }
    }

    record IntegerColumn(String name, String unit, LongStream.Builder values) implements ColumnBuilder {
        @Override
        public void add(ResultSet rows, int position) throws SQLException {
            values.add(rows.getLong(position));
            if (rows.wasNull()) {
                throw new IllegalArgumentException("column '" + name + "' of integers has a missing value");
            }
        }

        @Override
        public Column column() {
            return new Column.Integers(name, unit, values.build().toArray());
        }
    }

    /// A missing word is empty.
    record WordColumn(String name, List<String> values) implements ColumnBuilder {
        @Override
        public void add(ResultSet rows, int position) throws SQLException {
            String word = rows.getString(position);
            values.add(word == null ? "" : word);
        }

        @Override
        public Column column() {
            return new Column.Words(name, values);
        }
    }
}
