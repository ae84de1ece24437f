package adamscope.checkpoint;

import adamscope.formula.PlainText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a checkpoint holds, as a tree of values without behaviour.
///
/// Two values are equal only if they are the same one: a foreign tree may contain itself, and comparing or printing it
/// would never end. Whoever walks it counts how deep he is.
public sealed interface Value permits Value.Leaf, Value.Items, Value.Entries, Value.Built, StoredTensor, Storage {

    /// A value without parts.
    sealed interface Leaf extends Value {}

    /// A text.
    record Text(String text) implements Leaf {}

    /// A number; one that is whole to Python too is exact up to 2⁵³.
    record Number(double number) implements Leaf {
        @Override
        public String toString() {
            return new PlainText().number(number);
        }
    }

    /// True or false.
    record Truth(boolean truth) implements Leaf {}

    /// Python's `None`.
    record Nothing() implements Leaf {}

    /// Bytes that no reader here understands.
    final class Bytes implements Leaf {
        private final byte[] bytes;

        Bytes(byte[] bytes) {
            this.bytes = bytes;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    /// The name of a type or function, such as `torch.float32`: a text, not what it names.
    record PickledName(String name) implements Leaf {}

    /// A list, tuple or set.
    final class Items implements Value {
        private final List<Value> items;

        Items(List<Value> items) {
            this.items = items;
        }

        /// What it holds, in order.
        public List<Value> items() {
            return Collections.unmodifiableList(items);
        }

        void add(Value item) {
            items.add(item);
        }
    }

    /// A key and its value; the key as text: `0` for the number, `a.b` for the parts of a tuple.
    record Entry(Value key, Value value) {
        /// Keys that are bytes, as of what Python 3 reads of Python 2, are taken for texts up to this length.
        private static final int LONGEST_NAME = 64;

        /// The key as text.
        public String name() {
            return switch (key) {
                case Text(String text) -> text;
                case Number number -> number.toString();
                case Truth(boolean truth) -> truth ? "True" : "False";
                case Nothing _ -> "None";
                case PickledName(String name) -> name;
                case Bytes raw
                when raw.bytes().length <= LONGEST_NAME -> new String(raw.bytes(), StandardCharsets.ISO_8859_1);
                case Value other -> "(" + other.getClass().getSimpleName() + ")";
            };
        }
    }

    /// A dictionary, in the order of the file.
    final class Entries implements Value {
        private final List<Entry> entries = new ArrayList<>();
        private final Map<String, Integer> places = new HashMap<>();

        /// What it holds.
        public List<Entry> entries() {
            return Collections.unmodifiableList(entries);
        }

        /// The value of a key given as text.
        public Optional<Value> get(String name) {
            return Optional.ofNullable(places.get(name))
                    .map(place -> entries.get(place).value());
        }

        void put(Value key, Value value) {
            Entry entry = new Entry(key, value);
            if (!(key instanceof Leaf)) {
                entries.add(entry);
                return;
            }
            Integer place = places.putIfAbsent(entry.name(), entries.size());
            if (place == null) {
                entries.add(entry);
            } else {
                entries.set(place, entry);
            }
        }

        void put(String name, Value value) {
            put(new Text(name), value);
        }
    }

    /// An object of a type that is known by name: what it was made of and the state it was given; nothing was run.
    final class Built implements Value {
        private final String name;
        private final List<Value> arguments;
        private Value state = new Nothing();

        Built(String name, List<Value> arguments) {
            this.name = name;
            this.arguments = arguments;
        }

        /// The type, with its module.
        public String name() {
            return name;
        }

        List<Value> arguments() {
            return arguments;
        }

        Value state() {
            return state;
        }

        void state(Value given) {
            state = given;
        }

        /// A part of its state by name.
        Optional<Value> field(String field) {
            return state instanceof Entries entries ? entries.get(field) : Optional.empty();
        }
    }

    /// A number, if that is what it is.
    default Optional<Double> asNumber() {
        return switch (this) {
            case Number(double number) -> Optional.of(number);
            case StoredTensor tensor when tensor.size() == 1 -> Optional.of(tensor.doubles(0, 1)[0]);
            case Value _ -> Optional.empty();
        };
    }

    /// A text, if that is what it is.
    default Optional<String> asText() {
        return this instanceof Text(String text) ? Optional.of(text) : Optional.empty();
    }
}
