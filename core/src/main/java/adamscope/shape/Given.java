package adamscope.shape;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The mapping that is being read, its values understood one by one as they are asked for, each once.
///
/// Keys may ask for other keys of the same mapping, whatever the order, and of those around it: a default may follow
/// from them.
public final class Given {
    private final Node.Mapping mapping;
    private final Optional<Given> around;
    private final Places places;
    private final List<String> missing;
    private final Map<Key<?>, Object> understood = new IdentityHashMap<>();

    private Given(Node.Mapping mapping, Optional<Given> around, Places places, List<String> missing) {
        this.mapping = mapping;
        this.around = around;
        this.places = places;
        this.missing = missing;
    }

    /// @param folder where files are looked for
    /// @param bounds the folder that they have to lie in; empty: anywhere
    private record Places(Path folder, Optional<Path> bounds) {}

    /// What is around the outermost mapping.
    ///
    /// @param folder where files that are named in it are looked for
    public static Given in(Path folder) {
        return outermost(new Places(folder, Optional.empty()));
    }

    /// The same for a text of somebody who may use no file outside a folder, whatever links lead there.
    ///
    /// @param bounds that folder, without links in its path
    public static Given within(Path bounds, Path folder) {
        return outermost(new Places(folder, Optional.of(bounds)));
    }

    private static Given outermost(Places places) {
        return new Given(new Node.Mapping("", Map.of()), Optional.empty(), places, List.of());
    }

    /// @param needed keys that have to be given and are not
    Given inside(Node.Mapping inner, List<String> needed) {
        return new Given(inner, Optional.of(this), places, needed);
    }

    /// The value; a key that is not given has its default.
    ///
    /// @throws IllegalArgumentException if it is wrong, or missing; the message says where
    public <V> V get(Reading<V> reading) {
        return reading.in(this);
    }

    /// The nearest mapping around this one in which the key is given.
    public Optional<Given> around(Key<?> key) {
        return around.flatMap(outer -> outer.has(key) ? around : outer.around(key));
    }

    /// Whether the key is given.
    public boolean has(Key<?> key) {
        return mapping.fields().containsKey(key.name());
    }

    /// What the action returns; its complaints begin with where the key stands, or this mapping if it is not given.
    public <T> T at(Key<?> key, Supplier<T> action) {
        return mapping.fields().getOrDefault(key.name(), mapping).at(action);
    }

    /// A path as written in the text: relative to its folder, or whole.
    ///
    /// @throws IllegalArgumentException if it may not be used
    public Path resolved(String path) {
        return allowed(places.folder().resolve(path)).toAbsolutePath().normalize();
    }

    /// A path that the text may use.
    ///
    /// @throws IllegalArgumentException if it leads out of the folder that all files have to lie in
    Path allowed(Path path) {
        if (isBounded()) {
            if (!followed(path.toAbsolutePath()).startsWith(places.bounds().get())) {
                throw new IllegalArgumentException(
                        path + " lies outside " + places.bounds().get() + "; only files in that folder are used here");
            }
            if (!Files.exists(path)) {
                throw new IllegalArgumentException("there is no file " + path);
            }
        }
        return path;
    }

    /// Whether all files have to lie in one folder, and to be there.
    boolean isBounded() {
        return places.bounds().isPresent();
    }

    /// Where a path leads; of what is not there yet, where its folder leads.
    private static Path followed(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException _) {
            Path plain = path.normalize();
            Path above = plain.getParent();
            return above == null ? plain : followed(above).resolve(plain.getFileName());
        }
    }

    /// Where files are looked for.
    public Path folder() {
        return places.folder();
    }

    // What was put under a key is of the type of that key: it is put here alone.
    @SuppressWarnings("unchecked")
    <V> V value(Key<V> key) {
        if (!understood.containsKey(key)) {
            Node node = mapping.fields().get(key.name());
            V value = node == null
                    ? key.absent()
                            .orElseThrow(() -> Shape.missing(mapping, missing))
                            .value()
                            .apply(this)
                    : node.at(() -> key.checked(key.form().read(node, this), this));
            understood.put(key, value);
        }
        return (V) understood.get(key);
    }
}
