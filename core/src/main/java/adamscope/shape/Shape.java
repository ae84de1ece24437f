package adamscope.shape;

import adamscope.text.Nearest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A record as a mapping: its keys in order, each with what takes it from the record, and what makes the record of
/// them.
///
/// ```java
/// record Limit(int steps, double loss) {}
/// Shape<Limit> shape = Shape.of(keys -> {
///     var steps = keys.add(Key.of("steps", Forms.count(1), "at most so many"), Limit::steps);
///     var loss = keys.add(Key.of("stop_loss", Forms.number(), "ends at or below").orElse(0.0), Limit::loss);
///     return given -> new Limit(given.get(steps), given.get(loss));
/// });
/// ```
public final class Shape<T> implements Form<T> {

    /// A key and what it has in a record.
    private record Field<T, V>(Key<V> key, Function<T, V> of) {
        void write(T value, Optional<Path> folder, Map<String, Object> written) {
            V part = of.apply(value);
            boolean left = key.absent()
                    .filter(absent ->
                            absent.quiet() && absent.value().apply(null).equals(part))
                    .isPresent();
            if (!left) {
                written.put(key.name(), key.form().write(part, folder));
            }
        }

        <U> Field<U, V> inside(Function<U, T> part) {
            return new Field<>(key, part.andThen(of));
        }
    }

    /// The keys of a shape as they are declared, in the order of writing.
    public static final class Keys<T> {
        private final List<Field<T, ?>> fields = new ArrayList<>();

        private Keys() {}

        /// A key, and what it has in a record.
        public <V> Key<V> add(Key<V> key, Function<T, V> of) {
            fields.add(new Field<>(key, of));
            return key;
        }

        /// All keys of another shape, for a part of the record that has no mapping of its own.
        public <P> Reading<P> inline(Shape<P> shape, Function<T, P> part) {
            shape.fields().forEach(field -> fields.add(field.inside(part)));
            return given -> shape.declared().maker().apply(given);
        }
    }

    private record Declared<T>(List<Field<T, ?>> fields, Function<Given, T> maker) {}

    private final Function<Keys<T>, Function<Given, T>> description;
    private Declared<T> declared;

    private Shape(Function<Keys<T>, Function<Given, T>> description) {
        this.description = description;
    }

    /// The shape that the description declares; it returns what makes the record.
    ///
    /// The description is asked at the first use: shapes are constants of their records and name each other, and which
    /// of these classes is loaded first must not matter.
    public static <T> Shape<T> of(Function<Keys<T>, Function<Given, T>> description) {
        return new Shape<>(description);
    }

    /// Once only: what is read is known by the keys themselves, so that two declarations must not mix.
    private synchronized Declared<T> declared() {
        if (declared == null) {
            Keys<T> keys = new Keys<>();
            Function<Given, T> maker = description.apply(keys);
            declared = new Declared<>(List.copyOf(keys.fields), maker);
        }
        return declared;
    }

    private List<Field<T, ?>> fields() {
        return declared().fields();
    }

    /// The keys in order.
    public List<Key<?>> keys() {
        return fields().stream().<Key<?>>map(Field::key).toList();
    }

    /// The key of that name.
    public Key<?> key(String name) {
        return keys().stream()
                .filter(key -> key.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no key '" + name + "'"));
    }

    @Override
    public T read(Node node, Given given) {
        return read(node.mapping(), given, Set.of());
    }

    /// Reads a mapping that has further keys, which somebody else understands.
    T read(Node.Mapping mapping, Given given, Set<String> others) {
        Set<String> known = new LinkedHashSet<>(others);
        fields().forEach(field -> known.add(field.key().name()));
        refuseUnknown(mapping, known);
        Given inner = given.inside(mapping, missing(mapping));
        return mapping.at(() -> {
            // What is given first, so that a wrong value is named before one that is missing.
            fields().stream().filter(field -> inner.has(field.key())).forEach(field -> inner.value(field.key()));
            fields().forEach(field -> inner.value(field.key()));
            return declared().maker().apply(inner);
        });
    }

    static void refuseUnknown(Node.Mapping mapping, Collection<String> known) {
        mapping.fields().forEach((key, node) -> {
            if (!known.contains(key)) {
                throw new IllegalArgumentException(node.label() + ": no key '" + key + "' is known here; there are "
                        + known + Nearest.hint(key, known));
            }
        });
    }

    private List<String> missing(Node.Mapping mapping) {
        return keys().stream()
                .filter(key -> key.absent().isEmpty() && !mapping.fields().containsKey(key.name()))
                .map(Key::name)
                .toList();
    }

    /// Of what options say alone, the names are those of options.
    static IllegalArgumentException missing(Node.Mapping mapping, List<String> names) {
        boolean options = mapping.label().isEmpty();
        List<String> shown = names.stream()
                .map(name -> options ? "--" + name : "'" + name + "'")
                .toList();
        return new IllegalArgumentException(options ? missing(shown) : mapping.label() + ": " + missing(shown));
    }

    /// `--x0 and --steps are missing`.
    public static String missing(List<String> names) {
        return names.size() == 1
                ? names.getFirst() + " is missing"
                : names.stream().limit(names.size() - 1).collect(Collectors.joining(", ")) + " and " + names.getLast()
                        + " are missing";
    }

    @Override
    public Map<String, Object> write(T value, Optional<Path> folder) {
        Map<String, Object> written = new LinkedHashMap<>();
        fields().forEach(field -> field.write(value, folder, written));
        return written;
    }

    @Override
    public Allowed allowed() {
        return Allowed.structure(
                keys().stream().map(Key::name).collect(Collectors.joining(", ", "{", "}")), () -> schema(Map.of()));
    }

    /// The schema with further properties, which are needed.
    Map<String, Object> schema(Map<String, Object> others) {
        Map<String, Object> properties = new LinkedHashMap<>(others);
        List<String> required = new ArrayList<>(others.keySet());
        for (Key<?> key : keys()) {
            Map<String, Object> described = new LinkedHashMap<>();
            described.put("description", key.described());
            described.putAll(key.form().allowed().schema().get());
            properties.put(key.name(), described);
            if (key.absent().isEmpty()) {
                required.add(key.name());
            }
        }
        return new LinkedHashMap<>(Map.of(
                "type", "object", "properties", properties, "required", required, "additionalProperties", false));
    }
}
