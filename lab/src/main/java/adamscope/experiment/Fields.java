package adamscope.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The fields of a mapping as they are asked for, one by one; at the end none may be left.
final class Fields {
    private final Node.Mapping mapping;
    private final Set<String> known = new LinkedHashSet<>();

    Fields(Node.Mapping mapping) {
        this.mapping = mapping;
    }

    Optional<Node> find(String key) {
        known.add(key);
        return Optional.ofNullable(mapping.fields().get(key));
    }

    Node require(String key) {
        return find(key)
                .orElseThrow(() -> new IllegalArgumentException(
                        mapping.label().isEmpty()
                                ? "--" + key + " is missing"
                                : mapping.label() + ": '" + key + "' is missing"));
    }

    String text(String key) {
        return text(require(key));
    }

    String text(String key, String standard) {
        return find(key).map(Fields::text).orElse(standard);
    }

    long whole(String key, long least, long most) {
        Node node = require(key);
        return Decimal.whole(node.label(), text(node), least, most);
    }

    long whole(String key, long least, long most, long standard) {
        return find(key).isEmpty() ? standard : whole(key, least, most);
    }

    /// `true` or `false`.
    boolean truth(String key, boolean standard) {
        Optional<Node> node = find(key);
        if (node.isEmpty()) {
            return standard;
        }
        return switch (text(node.get())) {
            case "true" -> true;
            case "false" -> false;
            case String word ->
                throw new IllegalArgumentException(node.get().label() + " = " + word + " is neither true nor false");
        };
    }

    double number(String key) {
        return number(require(key));
    }

    /// A sequence of numbers, or a text with commas between them.
    List<Double> numbers(String key) {
        Node node = require(key);
        List<Double> numbers = new ArrayList<>();
        items(node).forEach(item -> numbers.add(number(item)));
        return numbers;
    }

    List<Integer> wholes(String key, int least, List<Integer> standard) {
        Optional<Node> node = find(key);
        if (node.isEmpty()) {
            return standard;
        }
        List<Integer> wholes = new ArrayList<>();
        items(node.get())
                .forEach(item -> wholes.add((int) Decimal.whole(item.label(), text(item), least, Integer.MAX_VALUE)));
        return wholes;
    }

    /// What a sequence of words means, or a text with commas between them.
    <T> List<T> words(String key, Function<String, T> meaning, List<T> standard) {
        Optional<Node> node = find(key);
        return node.isEmpty()
                ? standard
                : items(node.get()).stream()
                        .map(item -> at(item, () -> meaning.apply(text(item))))
                        .toList();
    }

    /// The constant whose name in small letters the field holds.
    <E extends Enum<E>> E choice(String key, E standard) {
        Optional<Node> node = find(key);
        if (node.isEmpty()) {
            return standard;
        }
        String word = text(node.get());
        List<String> allowed = new ArrayList<>();
        for (E constant : standard.getDeclaringClass().getEnumConstants()) {
            String name = constant.name().toLowerCase(java.util.Locale.ROOT);
            if (name.equals(word)) {
                return constant;
            }
            allowed.add(name);
        }
        throw new IllegalArgumentException(node.get().label() + " = " + word + " is none of " + allowed);
    }

    /// The fields that were not asked for yet; now they were.
    Map<String, Node> others() {
        Map<String, Node> others = new LinkedHashMap<>(mapping.fields());
        others.keySet().removeAll(known);
        known.addAll(others.keySet());
        return others;
    }

    /// Refuses what was not asked for.
    void refuseOthers() {
        for (var field : mapping.fields().entrySet()) {
            if (!known.contains(field.getKey())) {
                throw new IllegalArgumentException(field.getValue().label() + ": no key '" + field.getKey()
                        + "' is known here; there are " + known);
            }
        }
    }

    /// What the action returns; its complaints begin with where the node came from.
    static <T> T at(Node node, Supplier<T> action) {
        try {
            return action.get();
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            if (message.startsWith(node.label()) || message.startsWith(source(node.label()))) {
                throw e;
            }
            String inFormula = "objective:";
            throw new IllegalArgumentException(
                    node.label()
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

    static String text(Node node) {
        return switch (node) {
            case Node.Scalar(var _, String text) -> text;
            case Node.Sequence _, Node.Mapping _ ->
                throw new IllegalArgumentException(node.label() + " must be a single value");
        };
    }

    /// A single value, or a sequence of them as a text with commas between them.
    static String words(Node node) {
        return items(node).stream().map(Fields::text).collect(Collectors.joining(","));
    }

    static double number(Node node) {
        return Decimal.read(node.label(), text(node));
    }

    private static List<Node> items(Node node) {
        return switch (node) {
            case Node.Sequence(var _, List<Node> items) -> items;
            case Node.Scalar(String label, String text) -> {
                List<Node> items = new ArrayList<>();
                for (String item : text.split(",", -1)) {
                    items.add(new Node.Scalar(label, item.strip()));
                }
                yield items;
            }
            case Node.Mapping _ -> throw new IllegalArgumentException(node.label() + " must be a list of numbers");
        };
    }
}
