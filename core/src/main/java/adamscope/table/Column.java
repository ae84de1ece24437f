package adamscope.table;

import java.util.Arrays;
import java.util.List;

/// One named column of a [Table]: the same name in the store, on an axis and in JSON.
public sealed interface Column {

    /// The quantity, as named in the rule or the probe: `beta2`, `minLog10Loss`.
    String name();

    /// The unit for a reader, empty when the quantity is a pure number.
    String unit();

    /// The number of rows.
    int rows();

    /// The rows of several columns of one kind, one after the other, under the name and unit of the first.
    static Column concatenated(List<Column> parts) {
        return switch (parts.getFirst()) {
            case Numbers(String name, String unit, var _) -> {
                double[] whole = new double[rows(parts)];
                int begin = 0;
                for (Column part : parts) {
                    System.arraycopy(((Numbers) part).values(), 0, whole, begin, part.rows());
                    begin += part.rows();
                }
                yield new Numbers(name, unit, whole);
            }
            case Integers(String name, String unit, var _) -> {
                long[] whole = new long[rows(parts)];
                int begin = 0;
                for (Column part : parts) {
                    System.arraycopy(((Integers) part).values(), 0, whole, begin, part.rows());
                    begin += part.rows();
                }
                yield new Integers(name, unit, whole);
            }
            case Words(String name, var _) ->
                new Words(
                        name,
                        parts.stream()
                                .flatMap(part -> ((Words) part).values().stream())
                                .toList());
        };
    }

    private static int rows(List<Column> parts) {
        return parts.stream().mapToInt(Column::rows).sum();
    }

    /// These rows of it, in this order.
    default Column rows(int... chosen) {
        return switch (this) {
            case Numbers(String name, String unit, double[] values) ->
                new Numbers(
                        name,
                        unit,
                        Arrays.stream(chosen).mapToDouble(row -> values[row]).toArray());
            case Integers(String name, String unit, long[] values) ->
                new Integers(
                        name,
                        unit,
                        Arrays.stream(chosen).mapToLong(row -> values[row]).toArray());
            case Words(String name, List<String> values) ->
                new Words(name, Arrays.stream(chosen).mapToObj(values::get).toList());
        };
    }

    /// Real numbers; a missing value is NaN.
    record Numbers(String name, String unit, double[] values) implements Column {
        @Override
        public int rows() {
            return values.length;
        }
    }

    /// Integers, such as steps and counts.
    record Integers(String name, String unit, long[] values) implements Column {
        @Override
        public int rows() {
            return values.length;
        }
    }

    /// Words, such as outcomes.
    record Words(String name, List<String> values) implements Column {
        public Words {
            values = List.copyOf(values);
        }

        @Override
        public String unit() {
            return "";
        }

        @Override
        public int rows() {
            return values.size();
        }
    }
}
