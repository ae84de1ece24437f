package adamscope.shape;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A key of a mapping, declared once: from it come reading, writing, options, tables and the schema.
///
/// @param form    what may stand there
/// @param meaning one phrase for a person
/// @param absent  what holds where the key is not given; empty: it has to be
/// @param check   refuses a value that does not fit the rest
public record Key<V>(String name, Form<V> form, String meaning, Optional<Default<V>> absent, BiConsumer<V, Given> check)
        implements Reading<V> {

    /// What holds where a key is not given.
    ///
    /// @param value may ask for other keys
    /// @param shown for a person
    /// @param quiet whether this value is left out in writing
    public record Default<V>(Function<Given, V> value, String shown, boolean quiet) {}

    /// A key that has to be given.
    public static <V> Key<V> of(String name, Form<V> form, String meaning) {
        return new Key<>(name, form, meaning, Optional.empty(), (value, given) -> {});
    }

    /// A key that may be left out.
    public static <V> Key<Optional<V>> optional(String name, Form<V> form, String meaning) {
        return of(name, form.map(Optional::of, Optional::orElseThrow), meaning)
                .orElse(given -> Optional.empty(), "none")
                .quiet();
    }

    /// With a default.
    public Key<V> orElse(V value) {
        return orElse(given -> value, shown(form.write(value, Optional.empty())));
    }

    /// With a default that follows from other keys, and how a person would say it.
    public Key<V> orElse(Function<Given, V> value, String shown) {
        return new Key<>(name, form, meaning, Optional.of(new Default<>(value, shown, false)), check);
    }

    /// Written in another way that reads the same.
    public Key<V> writing(Function<V, Object> written) {
        return new Key<>(name, form.writing(written), meaning, absent, check);
    }

    /// Left out in writing where it has its default, which then may depend on nothing.
    public Key<V> quiet() {
        return new Key<>(
                name, form, meaning, absent.map(value -> new Default<>(value.value(), value.shown(), true)), check);
    }

    /// With a check that may ask for other keys.
    public Key<V> checked(BiConsumer<V, Given> refuse) {
        return new Key<>(name, form, meaning, absent, refuse);
    }

    /// A written value as it stands in a file, in one line.
    private static String shown(Object written) {
        return switch (written) {
            case Map<?, ?> fields ->
                fields.entrySet().stream()
                        .map(field -> field.getKey() + ": " + shown(field.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case List<?> items -> items.stream().map(Key::shown).collect(Collectors.joining(", ", "[", "]"));
            case Double number -> Decimal.written(number);
            default -> written.toString();
        };
    }

    /// Meaning and default, in a phrase.
    public String described() {
        return meaning + absent.map(value -> "; default " + value.shown()).orElse("");
    }

    V checked(V value, Given given) {
        check.accept(value, given);
        return value;
    }

    @Override
    public V in(Given given) {
        return given.value(this);
    }
}
