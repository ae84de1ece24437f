package adamscope.shape;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// A piece of a text as given, not yet understood.
///
/// The label says where it came from and what it is, for errors: `experiment.yaml:7: optimizer.beta2`, `--set beta2`.
public sealed interface Node {
    String label();

    /// A single value.
    record Scalar(String label, String text) implements Node {}

    /// A list.
    record Sequence(String label, List<Node> items) implements Node {}

    /// Values by key.
    record Mapping(String label, Map<String, Node> fields) implements Node {

        /// This mapping with a field replaced in its place, or appended.
        public Mapping with(String key, Node value) {
            Map<String, Node> changed = new LinkedHashMap<>(fields);
            changed.put(key, value);
            return new Mapping(label, changed);
        }

        /// This mapping without a field.
        public Mapping without(String key) {
            Map<String, Node> changed = new LinkedHashMap<>(fields);
            changed.remove(key);
            return new Mapping(label, changed);
        }
    }

    /// What a form wrote, as a node again.
    static Node of(String label, Object written) {
        return switch (written) {
            case Map<?, ?> fields -> {
                Map<String, Node> nodes = new LinkedHashMap<>();
                fields.forEach((key, value) -> nodes.put(key.toString(), of(label + ": " + key, value)));
                yield new Mapping(label, nodes);
            }
            case List<?> items ->
                new Sequence(label, items.stream().map(item -> of(label, item)).toList());
            case Double number -> new Scalar(label, Decimal.written(number));
            default -> new Scalar(label, written.toString());
        };
    }

    /// What the action returns; its complaints begin with where this node came from.
    default <T> T at(Supplier<T> action) {
        try {
            return action.get();
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            if (message.startsWith(label()) || message.startsWith(source(label()))) {
                throw e;
            }
            // Errors of a formula begin with its name and place: objective:1:3.
            String inFormula = "objective:";
            throw new IllegalArgumentException(
                    label()
                            + (message.startsWith(inFormula)
                                    ? message.substring(inFormula.length() - 1)
                                    : ": " + message),
                    e);
        }
    }

    /// `e.yaml:` of the label `e.yaml:3: optimizer`, which no message holds twice; of other labels the whole.
    private static String source(String label) {
        return label.replaceFirst(":[0-9]+: .*", ":");
    }

    /// The text of a single value.
    ///
    /// @throws IllegalArgumentException if this is none
    default String text() {
        return switch (this) {
            case Scalar(var _, String text) -> text;
            case Sequence _, Mapping _ -> throw new IllegalArgumentException(label() + " must be a single value");
        };
    }

    /// The mapping that this is.
    ///
    /// @throws IllegalArgumentException if it is none
    default Mapping mapping() {
        return switch (this) {
            case Mapping mapping -> mapping;
            case Scalar _, Sequence _ ->
                throw new IllegalArgumentException(label() + " must be a mapping of keys to values");
        };
    }

    /// The mapping that this is, or the one that a single value stands for: itself as the value of `key`.
    default Mapping mapping(String key) {
        return this instanceof Scalar ? new Mapping(label(), Map.of(key, this)) : mapping();
    }

    /// The items of a list, or of a text with commas between them.
    ///
    /// @param items what they are, for errors: `numbers`
    default List<Node> items(String items) {
        return switch (this) {
            case Sequence(var _, List<Node> list) -> list;
            case Scalar(var _, String text) when text.isBlank() -> List.of();
            case Scalar(String label, String text) -> {
                List<Node> parts = new ArrayList<>();
                for (String item : text.split(",", -1)) {
                    parts.add(new Scalar(label, item.strip()));
                }
                yield parts;
            }
            case Mapping _ -> throw new IllegalArgumentException(label() + " must be a list of " + items);
        };
    }
}
