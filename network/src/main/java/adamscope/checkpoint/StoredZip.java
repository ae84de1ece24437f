package adamscope.checkpoint;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// Where the entries of a zip archive lie that packs nothing, as `torch.save` writes it, also within another file.
///
/// Sizes are taken from the central directory (PKWARE APPNOTE 4.3.12, zip64 4.5.3) and held against the bytes that are
/// there. Packed entries are refused, so that what is read is never larger than what is on the disk.
final class StoredZip {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int ENTRY = 0x02014b50;
    private static final int LOCAL = 0x04034b50;
    private static final int END = 0x06054b50;
    private static final int END64 = 0x06064b50;
    private static final int LOCATOR64 = 0x07064b50;
    private static final long ESCAPED = 0xffffffffL;
    private static final int END_BYTES = 22;
    private static final int MOST_ENTRIES = 1_000_000;

    private final MemorySegment bytes;
    private final Map<String, MemorySegment> entries = new LinkedHashMap<>();

    private StoredZip(MemorySegment bytes) {
        this.bytes = bytes;
    }

    /// Whether the bytes begin as a zip archive does.
    static boolean begins(MemorySegment bytes) {
        return bytes.byteSize() >= 4 && bytes.get(INT, 0) == LOCAL;
    }

    /// The bytes of each entry, by name.
    ///
    /// @throws IllegalArgumentException if the archive is cut off, damaged or packed
    static Map<String, MemorySegment> entries(MemorySegment bytes) {
        StoredZip zip = new StoredZip(bytes);
        try {
            zip.read();
        } catch (IndexOutOfBoundsException | ArithmeticException e) {
            throw new IllegalArgumentException("the zip archive is damaged: it points outside of the file", e);
        }
        return zip.entries;
    }

    private void read() {
        long end = end();
        long count = unsigned(SHORT, end + 10);
        long at = unsigned(INT, end + 16);
        if (end >= 20 && bytes.get(INT, end - 20) == LOCATOR64) {
            long end64 = bytes.get(LONG, end - 12);
            if (bytes.get(INT, end64) != END64) {
                throw new IllegalArgumentException("the zip archive is damaged: no end of its directory");
            }
            count = bytes.get(LONG, end64 + 32);
            at = bytes.get(LONG, end64 + 48);
        }
        if (count < 0 || count > MOST_ENTRIES) {
            throw new IllegalArgumentException(
                    "the zip archive has " + Long.toUnsignedString(count) + " entries, allowed are " + MOST_ENTRIES);
        }
        for (long entry = 0; entry < count; entry++) {
            at = entry(at);
        }
    }

    /// The last place that looks like the end of the directory; a comment may stand behind it.
    private long end() {
        long last = bytes.byteSize() - END_BYTES;
        for (long at = last; at >= Math.max(0, last - 0xffff); at--) {
            if (bytes.get(INT, at) == END && at + END_BYTES + unsigned(SHORT, at + 20) == bytes.byteSize()) {
                return at;
            }
        }
        throw new IllegalArgumentException("the zip archive is cut off: its directory, which stands last, is missing");
    }

    private long entry(long at) {
        if (bytes.get(INT, at) != ENTRY) {
            throw new IllegalArgumentException("the zip archive is damaged: byte " + at + " is no entry");
        }
        long nameLength = unsigned(SHORT, at + 28);
        long extraLength = unsigned(SHORT, at + 30);
        String name = text(at + 46, nameLength);
        if (name.contains("/code/")) {
            throw new IllegalArgumentException("a TorchScript module, which is a program; give it as --torchscript, and"
                    + " here what torch.save made of a state_dict");
        }
        if (unsigned(SHORT, at + 10) != 0 || (unsigned(SHORT, at + 8) & 1) != 0) {
            throw new IllegalArgumentException("the zip archive is packed or encrypted ('" + name
                    + "'); torch.save packs nothing: unpack it, or save it again");
        }
        long size = unsigned(INT, at + 24);
        long packed = unsigned(INT, at + 20);
        long local = unsigned(INT, at + 42);
        long extra = at + 46 + nameLength;
        long extraEnd = extra + extraLength;
        while (extra + 4 <= extraEnd) {
            long length = unsigned(SHORT, extra + 2);
            if (unsigned(SHORT, extra) == 1) {
                long field = extra + 4;
                if (size == ESCAPED) {
                    size = bytes.get(LONG, field);
                    field += 8;
                }
                if (packed == ESCAPED) {
                    field += 8;
                }
                if (local == ESCAPED) {
                    local = bytes.get(LONG, field);
                }
            }
            extra += 4 + length;
        }
        put(name, local, size);
        return extraEnd + unsigned(SHORT, at + 32);
    }

    private void put(String name, long local, long size) {
        if (bytes.get(INT, local) != LOCAL) {
            throw new IllegalArgumentException("the zip archive is damaged: '" + name + "' is not where it should be");
        }
        long from = local + 30 + unsigned(SHORT, local + 26) + unsigned(SHORT, local + 28);
        if (entries.put(name, bytes.asSlice(from, size)) != null) {
            throw new IllegalArgumentException("the zip archive has '" + name + "' twice");
        }
    }

    private String text(long from, long length) {
        return new String(bytes.asSlice(from, length).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }

    private long unsigned(ValueLayout.OfShort layout, long at) {
        return bytes.get(layout, at) & 0xffff;
    }

    private long unsigned(ValueLayout.OfInt layout, long at) {
        return bytes.get(layout, at) & 0xffffffffL;
    }
}
