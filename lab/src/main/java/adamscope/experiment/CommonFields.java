package adamscope.experiment;

import adamscope.shape.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// The key `common` of a series: what its parts share. A part has every field of it that it does not give itself; a
/// mapping that both give, such as `optimizer`, is put together field by field, unless that of the part names another
/// thing.
final class CommonFields {
    static final String COMMON = "common";
    static final String PARTS = "parts";

    /// Fields that say what a mapping is about: with another one of these it begins anew.
    private static final List<String> NAMING = List.of("kind", "name", "rule", "source", "schedule");

    private CommonFields() {}

    /// The same experiment with every part complete; what is no series stays.
    static Node.Mapping expanded(Node.Mapping root) {
        Node common = root.fields().get(COMMON);
        if (!(common instanceof Node.Mapping shared) || !(root.fields().get(PARTS) instanceof Node.Mapping parts)) {
            return root;
        }
        return eachPart(root, parts, part -> together(shared, part)).without(COMMON);
    }

    /// A series with each part changed.
    static Node.Mapping eachPart(Node.Mapping root, Node.Mapping parts, UnaryOperator<Node.Mapping> change) {
        Map<String, Node> changed = new LinkedHashMap<>();
        parts.fields()
                .forEach((name, part) ->
                        changed.put(name, part instanceof Node.Mapping mapping ? change.apply(mapping) : part));
        return root.with(PARTS, new Node.Mapping(parts.label(), changed));
    }

    /// The fields of both; where both have one, that of the second.
    static Node.Mapping together(Node.Mapping shared, Node.Mapping own) {
        Node.Mapping both = new Node.Mapping(own.label(), shared.fields());
        for (Map.Entry<String, Node> field : own.fields().entrySet()) {
            Node before = shared.fields().get(field.getKey());
            both = both.with(
                    field.getKey(),
                    before instanceof Node.Mapping first
                                    && field.getValue() instanceof Node.Mapping second
                                    && NAMING.stream().noneMatch(second.fields()::containsKey)
                            ? together(first, second)
                            : field.getValue());
        }
        return both;
    }
}
