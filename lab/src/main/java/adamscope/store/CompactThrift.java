package adamscope.store;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/// Bytes of Thrift's compact protocol, in which Parquet writes what its files hold.
final class CompactThrift {
    static final int INT = 5;
    static final int TEXT = 8;
    static final int STRUCT = 12;
    private static final int LONG = 6;
    private static final int LIST = 9;
    private static final int SHORT_LIST = 15;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Deque<Integer> outer = new ArrayDeque<>();
    private int last;

    /// Begins the outermost structure, or one in a list.
    CompactThrift begin() {
        outer.push(last);
        last = 0;
        return this;
    }

    /// Begins the structure that is a field.
    CompactThrift begin(int field) {
        header(field, STRUCT);
        return begin();
    }

    /// Ends the innermost structure.
    CompactThrift end() {
        bytes.write(0);
        last = outer.pop();
        return this;
    }

    CompactThrift number(int field, int value) {
        header(field, INT);
        return number(value);
    }

    CompactThrift number(int field, long value) {
        header(field, LONG);
        return varint(value << 1 ^ value >> 63);
    }

    CompactThrift text(int field, String text) {
        header(field, TEXT);
        return text(text);
    }

    /// Begins a list; its elements follow.
    CompactThrift list(int field, int type, int size) {
        header(field, LIST);
        if (size < SHORT_LIST) {
            bytes.write(size << 4 | type);
            return this;
        }
        bytes.write(SHORT_LIST << 4 | type);
        return varint(size);
    }

    /// An element of a list.
    CompactThrift number(int value) {
        return varint(value << 1 ^ value >> 31);
    }

    /// An element of a list.
    CompactThrift text(String text) {
        byte[] coded = text.getBytes(StandardCharsets.UTF_8);
        varint(coded.length);
        bytes.writeBytes(coded);
        return this;
    }

    /// Seven bits a byte, the lowest first.
    CompactThrift varint(long value) {
        long rest = value;
        while (rest >>> 7 != 0) {
            bytes.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
        return this;
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    private void header(int field, int type) {
        bytes.write(field - last << 4 | type);
        last = field;
    }
}
