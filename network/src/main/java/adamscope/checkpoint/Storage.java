package adamscope.checkpoint;

import adamscope.tensor.NumberFormat;
import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.Optional;

/// Bytes of a file that tensors are views of; where they lie may be known only after the tensors.
public final class Storage implements Value {
    private final String key;
    private final Optional<NumberFormat> format;
    private final long count;
    private MemorySegment bytes;

    /// @param format of one number, as the file says; empty for one that is not read here
    /// @param count  of numbers
    Storage(String key, Optional<NumberFormat> format, long count) {
        this.key = key;
        this.format = format;
        this.count = count;
    }

    String key() {
        return key;
    }

    Optional<NumberFormat> format() {
        return format;
    }

    long count() {
        return count;
    }

    /// How many bytes the file must have for it.
    ///
    /// @throws ArithmeticException if no file can have so many
    long length() {
        return Math.multiplyExact(count, (long) format.map(NumberFormat::bytes).orElse(1));
    }

    /// @throws IllegalArgumentException if these are fewer or more than it has numbers
    void place(MemorySegment found) {
        if (format.isPresent() && found.byteSize() != length()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "the storage '%s' has %d bytes, expected %d for %d numbers of %s",
                    key,
                    found.byteSize(),
                    length(),
                    count,
                    format.get()));
        }
        bytes = found;
    }

    boolean placed() {
        return bytes != null;
    }

    MemorySegment bytes() {
        if (bytes == null) {
            throw new IllegalStateException("the storage '" + key + "' has no place");
        }
        return bytes;
    }
}
