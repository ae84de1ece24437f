package adamscope.log;

import adamscope.log.LoggedSeries.Points;
import adamscope.regime.Quantity;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Series with steps of their own side by side in one table.
final class TableColumns {
    private TableColumns() {}

    /// One row for each step that any quantity has.
    static Table table(String name, Map<String, Points> parts, Limits limits, List<String> remarks) {
        Map<String, Points> kept = new LinkedHashMap<>();
        long[] steps = {};
        List<String> dropped = new ArrayList<>();
        for (Map.Entry<String, Points> part : parts.entrySet()) {
            long[] more = union(steps, part.getValue().steps());
            if (kept.isEmpty() || (long) more.length * (kept.size() + 2) <= limits.cells()) {
                steps = more;
                kept.put(part.getKey(), part.getValue());
            } else {
                dropped.add(part.getKey());
            }
        }
        if (!dropped.isEmpty()) {
            remarks.add("left out, for the memory: " + NameMap.some(dropped));
        }
        List<Column> columns = new ArrayList<>();
        columns.add(new Column.Integers(Quantity.STEP, "steps", steps));
        for (Map.Entry<String, Points> part : kept.entrySet()) {
            boolean loss = part.getKey().equals(Quantity.LOSS);
            columns.add(new Column.Numbers(part.getKey(), "", aligned(part.getValue(), steps, loss)));
        }
        return new Table(name, columns);
    }

    private static long[] union(long[] one, long[] other) {
        if (Arrays.equals(one, other) || other.length == 0) {
            return one;
        }
        if (one.length == 0) {
            return other;
        }
        long[] both = new long[one.length + other.length];
        int size = 0;
        for (int i = 0, j = 0; i < one.length || j < other.length; ) {
            long next = j == other.length || i < one.length && one[i] <= other[j] ? one[i] : other[j];
            i += i < one.length && one[i] == next ? 1 : 0;
            j += j < other.length && other[j] == next ? 1 : 0;
            both[size++] = next;
        }
        return Arrays.copyOf(both, size);
    }

    private static double[] aligned(Points points, long[] steps, boolean loss) {
        double[] values = new double[steps.length];
        for (int row = 0, i = 0; row < steps.length; row++) {
            if (i < points.steps().length && points.steps()[i] == steps[row]) {
                double value = points.values()[i++];
                values[row] = loss && Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
            } else {
                values[row] = Double.NaN;
            }
        }
        return values;
    }
}
