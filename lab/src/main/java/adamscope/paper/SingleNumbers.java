package adamscope.paper;

import adamscope.table.Column;
import adamscope.table.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Single numbers that a figure measured, collected by name into one table.
final class SingleNumbers {
    static final String TABLE = "measured";

    private final Map<String, Double> values = new LinkedHashMap<>();

    SingleNumbers put(String name, double value) {
        if (values.put(name, value) != null) {
            throw new IllegalStateException("'" + name + "' was measured twice");
        }
        return this;
    }

    Table table() {
        return new Table(
                TABLE,
                List.of(
                        new Column.Words("quantity", List.copyOf(values.keySet())),
                        new Column.Numbers(
                                "value",
                                "",
                                values.values().stream()
                                        .mapToDouble(Double::doubleValue)
                                        .toArray())));
    }
}
