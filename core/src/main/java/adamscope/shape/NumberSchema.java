package adamscope.shape;

import adamscope.optimizer.Domain;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// JSON Schema of numbers: what JSON calls a number, or a text as [Decimal] reads it.
final class NumberSchema {
    private static final String DECIMAL = "[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?";
    private static final String INFINITE = "[+-]?\\.?(inf|Inf|INF|infinity|Infinity)";

    private NumberSchema() {}

    static Map<String, Object> whole(long least, long most) {
        Map<String, Object> number = new LinkedHashMap<>(Map.of("type", "integer"));
        if (least != Long.MIN_VALUE) {
            number.put("minimum", least);
        }
        if (most != Long.MAX_VALUE) {
            number.put("maximum", most);
        }
        return orText(number, DECIMAL);
    }

    static Map<String, Object> number() {
        return orText(Map.of("type", "number"), DECIMAL + "|" + INFINITE);
    }

    static Map<String, Object> number(Domain domain) {
        Map<String, Object> number = new LinkedHashMap<>(Map.of("type", "number"));
        if (Double.isFinite(domain.low())) {
            number.put(domain.lowIncluded() ? "minimum" : "exclusiveMinimum", domain.low());
        }
        if (Double.isFinite(domain.high())) {
            number.put(domain.highIncluded() ? "maximum" : "exclusiveMaximum", domain.high());
        }
        boolean infinite = domain.contains(Double.POSITIVE_INFINITY) || domain.contains(Double.NEGATIVE_INFINITY);
        return orText(number, infinite ? DECIMAL + "|" + INFINITE : DECIMAL);
    }

    private static Map<String, Object> orText(Map<String, Object> number, String pattern) {
        return Map.of("anyOf", List.of(number, Map.of("type", "string", "pattern", "^(" + pattern + ")$")));
    }
}
