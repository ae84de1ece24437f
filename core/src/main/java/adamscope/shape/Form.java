package adamscope.shape;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/// What may stand in one place of a text, both ways.
public interface Form<V> {

    /// What is allowed.
    ///
    /// @param words  for a person: `whole number from 1`
    /// @param label  for a line of usage: `N`
    /// @param schema as JSON Schema
    /// @param single whether a single value says everything, so that an option can give it
    record Allowed(String words, String label, Supplier<Map<String, Object>> schema, boolean single) {
        /// Of single values.
        static Allowed single(String words, String label, Map<String, Object> schema) {
            return new Allowed(words, label, () -> schema, true);
        }

        /// Of mappings and lists.
        public static Allowed structure(String words, Supplier<Map<String, Object>> schema) {
            return new Allowed(words, "…", schema, false);
        }
    }

    /// A form by its two directions.
    record Functions<V>(
            BiFunction<Node, Given, V> reading, BiFunction<V, Optional<Path>, Object> writing, Allowed allowed)
            implements Form<V> {
        @Override
        public V read(Node node, Given given) {
            return reading.apply(node, given);
        }

        @Override
        public Object write(V value, Optional<Path> folder) {
            return writing.apply(value, folder);
        }
    }

    /// The value that a node means.
    ///
    /// @param given the mapping in which the node stands
    /// @throws IllegalArgumentException if it means none
    V read(Node node, Given given);

    /// The value as a text, a number, a truth, or a list or a map of such, from which [#read] reads it again.
    ///
    /// @param folder paths of what lies in it are written relative to it; empty: all paths whole
    Object write(V value, Optional<Path> folder);

    Allowed allowed();

    /// Another type for the same text.
    default <W> Form<W> map(Function<V, W> there, Function<W, V> back) {
        return new Functions<>(
                (node, given) -> {
                    V value = read(node, given);
                    return node.at(() -> there.apply(value));
                },
                (value, folder) -> write(back.apply(value), folder),
                allowed());
    }

    /// Another way of writing what is read the same.
    default Form<V> writing(Function<V, Object> written) {
        return new Functions<>(this::read, (value, folder) -> written.apply(value), allowed());
    }
}
