package adamscope.experiment;

import adamscope.shape.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// In what two experiments differ, for a person.
public final class Differences {
    private static final String KIND = "kind";

    private Differences() {}

    /// `base.optimizer.lr = 0.001 there, 0.002 here`, for each value; both texts are those of [ExperimentText]. Of
    /// parts of different kinds only the kinds, as all else in them differs too.
    public static String between(String there, String here) {
        Map<String, String> first = values(there);
        Map<String, String> second = values(here);
        Set<String> keys = new LinkedHashSet<>(first.keySet());
        keys.addAll(second.keySet());
        List<String> differences = new ArrayList<>();
        List<String> otherKinds = keys.stream()
                .filter(key -> key.equals(KIND) || key.endsWith("." + KIND))
                .filter(key -> !Objects.equals(first.get(key), second.get(key)))
                .map(key -> key.substring(0, key.length() - KIND.length()))
                .toList();
        for (String key : keys) {
            boolean within = otherKinds.stream().anyMatch(part -> key.startsWith(part) && !key.equals(part + KIND));
            if (!within && !Objects.equals(first.get(key), second.get(key))) {
                differences.add(key + " = " + shown(first.get(key)) + " there, " + shown(second.get(key)) + " here");
            }
        }
        return String.join("; ", differences);
    }

    private static String shown(String value) {
        return value == null ? "nothing" : ExperimentSettings.plain(value);
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
