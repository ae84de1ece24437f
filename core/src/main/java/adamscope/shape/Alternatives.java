package adamscope.shape;

import adamscope.text.Nearest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// One of several shapes: the one whose word stands under a key, such as `kind`; or the one whose word *is* a key.
///
/// @param key   where the word stands; empty: the word is itself a key of its shape
/// @param alone whether the word alone stands for the mapping
/// @param words all there are
public record Alternatives<T>(Optional<String> key, boolean alone, List<Word<? extends T>> words) implements Form<T> {

    /// A word and what it stands for.
    ///
    /// @param type which of the values
    /// @param of   which of the values of this type
    public record Word<S>(String word, Class<S> type, Predicate<S> of, Shape<S> shape) {
        /// The word for all values of a type.
        public static <S> Word<S> of(String word, Class<S> type, Shape<S> shape) {
            return new Word<>(word, type, value -> true, shape);
        }

        private boolean means(Object value) {
            return type.isInstance(value) && of.test(type.cast(value));
        }

        private Map<String, Object> written(Object value, Optional<Path> folder) {
            return shape.write(type.cast(value), folder);
        }
    }

    /// The choice by the word under a key.
    public static <T> Alternatives<T> by(String key, List<Word<? extends T>> words) {
        return new Alternatives<>(Optional.of(key), false, List.copyOf(words));
    }

    /// The choice by the key that is given.
    public static <T> Alternatives<T> byKey(List<Word<? extends T>> words) {
        return new Alternatives<>(Optional.empty(), false, List.copyOf(words));
    }

    /// The same, and a word alone stands for the mapping with nothing else.
    public Alternatives<T> orAlone() {
        return new Alternatives<>(key, true, words);
    }

    /// The words in order.
    public List<String> all() {
        return words.stream().<String>map(Word::word).toList();
    }

    /// The word for a value.
    public String word(T value) {
        return found(value).word();
    }

    /// The shape of a word.
    public Optional<Shape<? extends T>> shape(String word) {
        return words.stream()
                .filter(known -> known.word().equals(word))
                .<Shape<? extends T>>map(Word::shape)
                .findFirst();
    }

    private Word<? extends T> found(T value) {
        for (Word<? extends T> word : words) {
            if (word.means(value)) {
                return word;
            }
        }
        throw new IllegalStateException("no word of " + all() + " stands for " + value);
    }

    @Override
    public T read(Node node, Given given) {
        Node.Mapping mapping = alone ? node.mapping(key.orElseThrow()) : node.mapping();
        Word<? extends T> word = key.isPresent() ? named(mapping, key.get()) : present(mapping);
        return word.shape().read(mapping, given, key.map(Set::of).orElse(Set.of()));
    }

    private Word<? extends T> named(Node.Mapping mapping, String kind) {
        Node node = mapping.fields().get(kind);
        if (node == null) {
            Set<String> known = new LinkedHashSet<>(Set.of(kind));
            words.forEach(word -> word.shape().keys().forEach(other -> known.add(other.name())));
            Shape.refuseUnknown(mapping, known);
            throw Shape.missing(mapping, List.of(kind));
        }
        for (Word<? extends T> word : words) {
            if (word.word().equals(node.text())) {
                return word;
            }
        }
        throw new IllegalArgumentException(
                node.label() + " = " + node.text() + " is none of " + all() + Nearest.hint(node.text(), all()));
    }

    private Word<? extends T> present(Node.Mapping mapping) {
        List<Word<? extends T>> present = words.stream()
                .filter(word -> mapping.fields().containsKey(word.word()))
                .toList();
        if (present.size() == 1) {
            return present.getFirst();
        }
        Set<String> known = new LinkedHashSet<>();
        words.forEach(word -> word.shape().keys().forEach(other -> known.add(other.name())));
        Shape.refuseUnknown(mapping, known);
        String examples = words.stream()
                .map(word -> "'" + word.word() + ": "
                        + word.shape().key(word.word()).form().allowed().label() + "'")
                .collect(Collectors.joining(", "));
        throw new IllegalArgumentException(mapping.label() + ": one of " + examples + " is needed");
    }

    @Override
    public Map<String, Object> write(T value, Optional<Path> folder) {
        Word<? extends T> word = found(value);
        Map<String, Object> written = new LinkedHashMap<>();
        key.ifPresent(name -> written.put(name, word.word()));
        written.putAll(word.written(value, folder));
        return written;
    }

    @Override
    public Allowed allowed() {
        return Allowed.structure(
                "mapping with " + key.map(name -> "`" + name + "` one of ").orElse("one of the keys ")
                        + String.join(", ", all()),
                this::schema);
    }

    private Map<String, Object> schema() {
        Map<String, Object> mapping = key.isPresent()
                ? named(key.get(), word -> word.shape().schema(named(key.get(), word)))
                : Map.of(
                        "oneOf",
                        words.stream()
                                .map(word -> word.shape().schema(Map.of()))
                                .toList());
        return alone ? Map.of("anyOf", List.of(Map.of("enum", all()), mapping)) : mapping;
    }

    private static Map<String, Object> named(String key, Word<?> word) {
        return Map.of(key, Map.of("const", word.word()));
    }

    /// A schema that first asks for the word, and then for what the shape of this word has, so that a mistake is told
    /// by its key.
    ///
    /// @param shape the schema of a word
    private Map<String, Object> named(String kind, Function<Word<? extends T>, Object> shape) {
        List<Map<String, Object>> cases = new ArrayList<>();
        for (Word<? extends T> word : words) {
            Map<String, Object> asked = new LinkedHashMap<>();
            asked.put("if", Map.of("properties", named(kind, word)));
            asked.put("then", shape.apply(word));
            cases.add(asked);
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("required", List.of(kind));
        schema.put("properties", Map.of(kind, Map.of("enum", all())));
        schema.put("allOf", cases);
        return schema;
    }
}
