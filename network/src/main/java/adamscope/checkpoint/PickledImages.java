package adamscope.checkpoint;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// A batch of images as Python pickles it: a dictionary of an array of bytes and a list of labels (A. Krizhevsky, "The
/// CIFAR-10 and CIFAR-100 datasets", "Python version").
///
/// @param values one row of pixels for each image
/// @param labels one for each image
public record PickledImages(byte[] values, int[] labels) {
    private static final int PROTOCOL = 0x80;

    /// Whether bytes begin as a pickle does.
    public static boolean begins(byte[] bytes) {
        return bytes.length > 2 && (bytes[0] & 0xff) == PROTOCOL && bytes[1] >= 2 && bytes[1] <= 5;
    }

    /// The images of a pickle.
    ///
    /// @param file   names it in errors
    /// @param pixels bytes of an image
    /// @param labels key of the list of labels
    /// @throws IllegalArgumentException if it is damaged, names code or is no such dictionary
    public static PickledImages read(Path file, byte[] bytes, int pixels, String labels) {
        try {
            Value value = PickleReader.read(MemorySegment.ofArray(bytes), 0, PickleReader::none)
                    .value();
            if (!(value instanceof Value.Entries entries)) {
                throw new IllegalArgumentException("holds no dictionary");
            }
            int[] classes = PickleNames.list(entry(entries, labels)).stream()
                    .mapToInt(label -> Math.toIntExact(PickleNames.whole(label)))
                    .toArray();
            byte[] values = array(entry(entries, "data"), List.of((long) classes.length, (long) pixels));
            return new PickledImages(values, classes);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    private static Value entry(Value.Entries entries, String key) {
        return entries.get(key)
                .orElseThrow(() -> new IllegalArgumentException("the dictionary has no '" + key + "', but "
                        + entries.entries().stream().map(Value.Entry::name).toList()));
    }

    /// The bytes of an array of NumPy: its state is version, shape, type, whether the first index is fastest, bytes.
    private static byte[] array(Value value, List<Long> shape) {
        if (!(value instanceof Value.Built made)
                || !made.name().endsWith("multiarray._reconstruct")
                || !(made.state() instanceof Value.Items state)
                || state.items().size() != 5
                || !(state.items().get(2) instanceof Value.Built type)
                || type.arguments().isEmpty()) {
            throw new IllegalArgumentException("'data' is no array of NumPy");
        }
        List<Long> found = PickleNames.wholes(state.items().get(1));
        String format = PickleNames.text(type.arguments().getFirst());
        if (!found.equals(shape) || !format.equals("u1")) {
            throw new IllegalArgumentException("'data' is an array of " + found + " numbers of type " + format
                    + ", expected " + shape + " of type u1: a row of pixels for each label");
        }
        if (state.items().get(3) instanceof Value.Truth(boolean first) && first) {
            throw new IllegalArgumentException("'data' has its first index fastest (Fortran's order)");
        }
        byte[] values = switch (state.items().get(4)) {
            case Value.Bytes raw -> raw.bytes();
            case Value.Text(String text) -> text.getBytes(StandardCharsets.UTF_8);
            case Value _ -> throw new IllegalArgumentException("'data' has no bytes that are read here");
        };
        if (values.length != shape.get(0) * shape.get(1)) {
            throw new IllegalArgumentException("'data' has " + values.length + " bytes for " + shape);
        }
        return values;
    }
}
