package adamscope.shape;

import adamscope.optimizer.Domain;
import adamscope.text.Nearest;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// The forms that values have in texts.
public final class Forms {
    /// 0 and above.
    public static final Domain NOT_NEGATIVE = new Domain(0, true, Double.POSITIVE_INFINITY, false);

    /// Above 0.
    public static final Domain POSITIVE = new Domain(0, false, Double.POSITIVE_INFINITY, false);

    private Forms() {}

    /// Any single value, as it is written.
    public static Form<String> text() {
        return text("TEXT");
    }

    /// The same.
    ///
    /// @param named what it is, for a person: `STATE`
    public static Form<String> text(String named) {
        return single(
                (node, given) -> node.text(),
                text -> text,
                Form.Allowed.single("text", named, Map.of("type", List.of("string", "number", "boolean"))));
    }

    /// A text that a function understands, and another writes.
    ///
    /// @param named what it is, for a line of usage
    public static <V> Form<V> text(String named, Function<String, V> there, Function<V, String> back) {
        return text(named).map(there, back);
    }

    /// A whole number; a form such as `2e4` is welcome.
    public static Form<Long> whole(long least, long most) {
        String words = "whole number" + (least == Long.MIN_VALUE ? "" : " from " + least)
                + (most >= Integer.MAX_VALUE ? "" : " to " + most);
        return single(
                (node, given) -> Decimal.whole(node.label(), node.text(), least, most),
                value -> value,
                Form.Allowed.single(words, "N", NumberSchema.whole(least, most)));
    }

    /// The same as an `int`.
    public static Form<Integer> count(int least, int most) {
        return whole(least, most).map(Long::intValue, Integer::longValue);
    }

    /// From `least`.
    public static Form<Integer> count(int least) {
        return count(least, Integer.MAX_VALUE);
    }

    /// Any number, also an infinite one.
    public static Form<Double> number() {
        return single(
                (node, given) -> Decimal.read(node.label(), node.text()),
                value -> value,
                Form.Allowed.single("number", "NUMBER", NumberSchema.number()));
    }

    /// A number in a domain.
    public static Form<Double> number(Domain domain) {
        return single(
                (node, given) -> {
                    double value = Decimal.read(node.label(), node.text());
                    if (!domain.contains(value)) {
                        throw new IllegalArgumentException(
                                node.label() + " = " + node.text() + " is outside " + domain);
                    }
                    return value;
                },
                value -> value,
                Form.Allowed.single("number in " + domain, "NUMBER", NumberSchema.number(domain)));
    }

    /// `true` or `false`.
    public static Form<Boolean> truth() {
        return single(
                (node, given) -> switch (node.text()) {
                    case "true" -> true;
                    case "false" -> false;
                    case String word ->
                        throw new IllegalArgumentException(node.label() + " = " + word + " is neither true nor false");
                },
                value -> value,
                Form.Allowed.single(
                        "true or false", "true|false", Map.of("enum", List.of(true, false, "true", "false"))));
    }

    /// One of the values that have these words.
    public static <V> Form<V> word(List<V> values, Function<V, String> word) {
        List<String> words = values.stream().map(word).toList();
        return single(
                (node, given) -> {
                    int place = words.indexOf(node.text());
                    if (place < 0) {
                        throw new IllegalArgumentException(node.label() + " = " + node.text() + " is none of " + words
                                + Nearest.hint(node.text(), words));
                    }
                    return values.get(place);
                },
                word::apply,
                Form.Allowed.single(String.join(", ", words), String.join("|", words), Map.of("enum", words)));
    }

    /// One of the constants, by its name in small letters.
    public static <E extends Enum<E>> Form<E> constant(E[] constants) {
        return word(Arrays.asList(constants), constant -> constant.name().toLowerCase(Locale.ROOT));
    }

    /// A word for one value, another form for the others.
    public static <V> Form<V> wordOr(String word, V meant, Form<V> others) {
        return new Form.Functions<>(
                (node, given) -> node.text().equals(word) ? meant : others.read(node, given),
                (value, folder) -> value.equals(meant) ? word : others.write(value, folder),
                new Form.Allowed(
                        word + ", or " + others.allowed().words(),
                        word + "|" + others.allowed().label(),
                        () -> any(
                                Map.of("const", word), others.allowed().schema().get()),
                        true));
    }

    /// A file or folder, relative to that of the text.
    public static Form<Path> path() {
        return path((text, given) -> given.resolved(text), Path::toString);
    }

    /// A file with something that belongs to it.
    public static <V> Form<V> path(BiFunction<String, Given, V> there, Function<V, String> back) {
        return new Form.Functions<>(
                (node, given) -> node.at(() -> there.apply(node.text(), given)),
                (value, folder) -> {
                    String whole = back.apply(value);
                    return folder.map(inside -> inside.toAbsolutePath().normalize() + "/")
                            .filter(whole::startsWith)
                            .map(inside -> whole.substring(inside.length()))
                            .orElse(whole);
                },
                Form.Allowed.single("path", "FILE", Map.of("type", "string")));
    }

    /// A list, also as one text with commas.
    ///
    /// @param items what they are: `numbers`
    public static <V> Form<List<V>> list(Form<V> item, String items) {
        Map<String, Object> inline = Map.of("type", List.of("string", "number"));
        return list(
                item,
                node -> node.items(items),
                new Form.Allowed(
                        "list of " + items, item.allowed().label() + "[,…]", () -> any(array(item), inline), false));
    }

    /// A list of mappings.
    ///
    /// @param example of an item
    public static <V> Form<List<V>> mappings(Form<V> item, String example) {
        return list(
                item,
                node -> {
                    if (node instanceof Node.Sequence(var _, List<Node> parts)) {
                        return parts;
                    }
                    throw new IllegalArgumentException(node.label() + " must be a list, such as - " + example);
                },
                Form.Allowed.structure("list, such as `- " + example + "`", () -> array(item)));
    }

    private static <V> Form<List<V>> list(Form<V> item, Function<Node, List<Node>> parts, Form.Allowed allowed) {
        return new Form.Functions<>(
                (node, given) -> parts.apply(node).stream()
                        .map(part -> part.at(() -> item.read(part, given)))
                        .toList(),
                (values, folder) ->
                        values.stream().map(value -> item.write(value, folder)).toList(),
                allowed);
    }

    /// Values by names that are free.
    ///
    /// @param value the form of the value of that name
    public static <V> Form<Map<String, V>> named(Function<String, Form<V>> value) {
        return new Form.Functions<>(
                (node, given) -> {
                    Map<String, V> values = new LinkedHashMap<>();
                    node.mapping()
                            .fields()
                            .forEach((name, part) -> values.put(
                                    name, part.at(() -> value.apply(name).read(part, given))));
                    return Collections.unmodifiableMap(values);
                },
                (values, folder) -> {
                    Map<String, Object> written = new LinkedHashMap<>();
                    values.forEach(
                            (name, part) -> written.put(name, value.apply(name).write(part, folder)));
                    return written;
                },
                Form.Allowed.structure(
                        "NAME: " + value.apply("NAME").allowed().words(),
                        () -> Map.of(
                                "type",
                                "object",
                                "additionalProperties",
                                value.apply("NAME").allowed().schema().get())));
    }

    /// A single value, or a mapping.
    ///
    /// @param asSingle whether a value is written as a single one
    public static <V> Form<V> either(Form<V> single, Form<V> mapping, Predicate<V> asSingle) {
        return new Form.Functions<>(
                (node, given) -> (node instanceof Node.Scalar ? single : mapping).read(node, given),
                (value, folder) -> (asSingle.test(value) ? single : mapping).write(value, folder),
                new Form.Allowed(
                        single.allowed().words() + ", or " + mapping.allowed().words(),
                        single.allowed().label(),
                        () -> any(
                                single.allowed().schema().get(),
                                mapping.allowed().schema().get()),
                        true));
    }

    /// A form that may hold itself.
    ///
    /// @param name of its definition in a schema
    public static <V> Form<V> later(String name, Supplier<Form<V>> form) {
        return new Form.Functions<>(
                (node, given) -> form.get().read(node, given),
                (value, folder) -> form.get().write(value, folder),
                Form.Allowed.structure("mapping, as of an " + name, () -> Map.of("$ref", "#/$defs/" + name)));
    }

    private static <V> Form<V> single(
            BiFunction<Node, Given, V> reading, Function<V, Object> written, Form.Allowed allowed) {
        return new Form.Functions<>(reading, (value, folder) -> written.apply(value), allowed);
    }

    private static Map<String, Object> any(Map<String, Object> one, Map<String, Object> other) {
        return Map.of("anyOf", List.of(one, other));
    }

    private static Map<String, Object> array(Form<?> item) {
        return Map.of("type", "array", "items", item.allowed().schema().get());
    }
}
