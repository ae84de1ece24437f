package adamscope.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A piece of an experiment as given, not yet understood.
///
/// The label says where it came from and what it is, for errors: `experiment.yaml:7: optimizer.beta2`, `--set beta2`.
sealed interface Node {
    String label();

    record Scalar(String label, String text) implements Node {}

    record Sequence(String label, List<Node> items) implements Node {}

    record Mapping(String label, Map<String, Node> fields) implements Node {

        /// This mapping with a field replaced in its place, or appended.
        Mapping with(String key, Node value) {
            Map<String, Node> changed = new LinkedHashMap<>(fields);
            changed.put(key, value);
            return new Mapping(label, changed);
        }

        Mapping without(String key) {
            Map<String, Node> changed = new LinkedHashMap<>(fields);
            changed.remove(key);
            return new Mapping(label, changed);
        }
    }
}
