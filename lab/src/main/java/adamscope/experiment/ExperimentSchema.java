package adamscope.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// JSON Schema of experiment files (draft 2020-12), made of the shapes of all kinds: for editors, which complete and
/// check keys by it.
public final class ExperimentSchema {
    private static final String EXPERIMENT = "experiment";
    private static final Map<String, Object> ANY_MAPPING = Map.of("type", "object");

    private ExperimentSchema() {}

    /// The schema as maps, lists, texts and numbers.
    public static Map<String, Object> document() {
        Map<String, Object> experiment = Experiment.Kinds.ALL.allowed().schema().get();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        document.put("title", "Adamscope experiment");
        document.putAll(withSections(experiment));
        document.put("$defs", Map.of(EXPERIMENT, experiment));
        return copied(ordered(document, false));
    }

    /// With what a file may have beside the keys of its kind: `full` and `medium`, other numbers, and `common`, what
    /// the parts of a series share, so that no part is complete by itself.
    private static Map<String, Object> withSections(Map<String, Object> experiment) {
        List<Object> cases = new ArrayList<>();
        for (Object each : (List<?>) experiment.get("allOf")) {
            Map<String, Object> one = copied(each);
            Map<String, Object> shape = copied(one.get("then"));
            Map<String, Object> properties = copied(shape.get("properties"));
            properties.putIfAbsent("full", described("the numbers of a paper, taken by --full"));
            properties.putIfAbsent("medium", described("numbers in between, taken by --size medium"));
            if (properties.containsKey(CommonFields.PARTS)) {
                properties.put(CommonFields.COMMON, described("fields that the parts share"));
                Map<String, Object> parts = copied(properties.get(CommonFields.PARTS));
                parts.put("additionalProperties", ANY_MAPPING);
                properties.put(CommonFields.PARTS, parts);
            }
            shape.put("properties", properties);
            one.put("then", shape);
            cases.add(one);
        }
        Map<String, Object> root = new LinkedHashMap<>(experiment);
        root.put("allOf", cases);
        return root;
    }

    /// The same text at every time: keywords in the order of the alphabet, properties as they are declared.
    private static Object ordered(Object schema, boolean declared) {
        return switch (schema) {
            case Map<?, ?> map -> {
                Map<String, Object> sorted = declared ? new LinkedHashMap<>() : new TreeMap<>();
                map.forEach((key, value) -> sorted.put(key.toString(), ordered(value, key.equals("properties"))));
                yield sorted;
            }
            case List<?> items ->
                items.stream().map(item -> ordered(item, false)).toList();
            default -> schema;
        };
    }

    private static Map<String, Object> described(String meaning) {
        Map<String, Object> property = new LinkedHashMap<>(ANY_MAPPING);
        property.put("description", meaning);
        return property;
    }

    private static Map<String, Object> copied(Object schema) {
        Map<String, Object> copy = new LinkedHashMap<>();
        ((Map<?, ?>) schema).forEach((key, value) -> copy.put(key.toString(), value));
        return copy;
    }
}
