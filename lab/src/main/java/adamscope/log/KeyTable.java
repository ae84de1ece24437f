package adamscope.log;

import java.util.Arrays;
import java.util.function.BiFunction;

/// From the bytes of a key to what it means, without making a string of it.
///
/// @param <T> what a key means
final class KeyTable<T> {
    private static final int MOST = 1 << 14;

    private final BiFunction<String, Integer, T> meaning;
    private final T none;
    private byte[][] keys = new byte[256][];
    private int[] places = new int[256];
    private Object[] found = new Object[256];
    private int size;

    /// @param meaning of a key and its place in a list, asked once
    /// @param none    of further keys when there are too many
    KeyTable(BiFunction<String, Integer, T> meaning, T none) {
        this.meaning = meaning;
        this.none = none;
    }

    /// What a key of a line means.
    T of(LineScan scan, int pair) {
        byte[] line = scan.bytes();
        int from = scan.keyFrom(pair);
        int to = scan.keyTo(pair);
        int place = scan.place(pair);
        int hash = place;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + line[i];
        }
        int at = (hash ^ hash >>> 15) & keys.length - 1;
        while (keys[at] != null) {
            if (places[at] == place && Arrays.equals(keys[at], 0, keys[at].length, line, from, to)) {
                return at(at);
            }
            at = at + 1 & keys.length - 1;
        }
        if (size >= MOST) {
            return none;
        }
        keys[at] = Arrays.copyOfRange(line, from, to);
        places[at] = place;
        found[at] = meaning.apply(scan.key(pair), place);
        T made = at(at);
        if (2 * ++size > keys.length) {
            grow();
        }
        return made;
    }

    @SuppressWarnings("unchecked")
    private T at(int index) {
        return (T) found[index];
    }

    private void grow() {
        byte[][] oldKeys = keys;
        int[] oldPlaces = places;
        Object[] oldFound = found;
        keys = new byte[2 * oldKeys.length][];
        places = new int[keys.length];
        found = new Object[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != null) {
                int hash = oldPlaces[i];
                for (byte b : oldKeys[i]) {
                    hash = 31 * hash + b;
                }
                int at = (hash ^ hash >>> 15) & keys.length - 1;
                while (keys[at] != null) {
                    at = at + 1 & keys.length - 1;
                }
                keys[at] = oldKeys[i];
                places[at] = oldPlaces[i];
                found[at] = oldFound[i];
            }
        }
    }
}
