package adamscope.experiment;

import adamscope.shape.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// In what two experiments differ, for a person.
public final class Differences {
    private Differences() {}

    /// `base.optimizer.lr = 0.001 there, 0.002 here`, for each value; both texts are those of [ExperimentText].
    public static String between(String there, String here) {
        Map<String, String> first = values(there);
        Map<String, String> second = values(here);
        Set<String> keys = new LinkedHashSet<>(first.keySet());
        keys.addAll(second.keySet());
        List<String> differences = new ArrayList<>();
        for (String key : keys) {
            String before = first.getOrDefault(key, "nothing");
            String after = second.getOrDefault(key, "nothing");
            if (!before.equals(after)) {
                differences.add(key + " = " + before + " there, " + after + " here");
            }
        }
        return String.join("; ", differences);
    }

    /// The single values of an experiment by their paths.
    static Map<String, String> values(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        collect("", YamlTree.read("experiment", text), values);
        return values;
    }

    private static void collect(String path, Node node, Map<String, String> values) {
        switch (node) {
            case Node.Scalar(var _, String text) -> values.put(path, text.strip());
            case Node.Sequence(var _, List<Node> items) -> {
                for (int i = 0; i < items.size(); i++) {
                    collect(path + "[" + i + "]", items.get(i), values);
                }
            }
            case Node.Mapping(var _, Map<String, Node> fields) ->
                fields.forEach((key, field) -> collect(path.isEmpty() ? key : path + "." + key, field, values));
        }
    }
}
