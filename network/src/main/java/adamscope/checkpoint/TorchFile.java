package adamscope.checkpoint;

import adamscope.text.Foreign;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What `torch.save` writes: since version 1.6 a zip of a pickle `data.pkl` and one entry `data/KEY` for each storage;
/// before, and with `_use_new_zipfile_serialization=False`, five pickles one behind the other (a magic number, the
/// version of the format, facts about the machine, the value, the keys of the storages) and then the storages, each
/// with its number of numbers in front.
///
/// `torch/serialization.py` of PyTorch 1.13.
final class TorchFile {
    /// The opcode PROTO with protocol 2, LONG1 with ten bytes, and the number 0x1950a86a20f9469cfc6c.
    private static final byte[] MAGIC = {
        (byte) 0x80,
        2,
        (byte) 0x8a,
        10,
        0x6c,
        (byte) 0xfc,
        (byte) 0x9c,
        0x46,
        (byte) 0xf9,
        0x20,
        0x6a,
        (byte) 0xa8,
        0x50,
        0x19
    };

    private static final double VERSION = 1001;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment bytes;
    private final Map<String, Storage> storages = new LinkedHashMap<>();

    private TorchFile(MemorySegment bytes) {
        this.bytes = bytes;
    }

    /// Whether the bytes begin as a file of `torch.save` does.
    static boolean begins(MemorySegment bytes) {
        return StoredZip.begins(bytes) || legacy(bytes);
    }

    private static boolean legacy(MemorySegment bytes) {
        return bytes.byteSize() > MAGIC.length
                && MemorySegment.ofArray(MAGIC).mismatch(bytes.asSlice(0, MAGIC.length)) == -1;
    }

    /// The value that was saved.
    ///
    /// @throws IllegalArgumentException if it is damaged or names what is not allowed
    static Value read(MemorySegment bytes) {
        TorchFile file = new TorchFile(bytes);
        return StoredZip.begins(bytes) ? file.zipped() : file.inARow();
    }

    private Value zipped() {
        Map<String, MemorySegment> entries = StoredZip.entries(bytes);
        String pickle = entries.keySet().stream()
                .filter(name -> name.equals("data.pkl") || name.endsWith("/data.pkl"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a zip archive without data.pkl: not of torch.save"));
        String folder = pickle.substring(0, pickle.length() - "data.pkl".length());
        MemorySegment order = entries.get(folder + "byteorder");
        if (order != null && order.byteSize() == 3) {
            throw bigEndian();
        }
        Value value;
        try {
            value = PickleReader.read(entries.get(pickle), 0, this::storage).value();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(pickle + ", " + e.getMessage(), e);
        }
        storages.forEach((key, storage) -> {
            MemorySegment found = entries.get(folder + "data/" + key);
            if (found == null) {
                throw new IllegalArgumentException(
                        "the numbers of the storage '" + Foreign.line(key) + "' are missing");
            }
            storage.place(found);
        });
        return value;
    }

    private static IllegalArgumentException bigEndian() {
        return new IllegalArgumentException("saved on a big-endian machine, which is not read here; save it again");
    }

    /// One storage for each key, however often it is named.
    private Value storage(List<Value> id) {
        Storage named = PickleNames.storage(id);
        Storage known = storages.putIfAbsent(named.key(), named);
        if (known == null) {
            return named;
        }
        if (known.count() != named.count() || !known.format().equals(named.format())) {
            throw new IllegalArgumentException("has the storage '" + Foreign.line(named.key()) + "' twice, as "
                    + known.count() + " and " + named.count() + " numbers");
        }
        return known;
    }

    private Value inARow() {
        long at = MAGIC.length + 1;
        PickleReader.Read version = PickleReader.read(bytes, at, PickleReader::none);
        if (version.value().asNumber().orElse(0.0) != VERSION) {
            throw new IllegalArgumentException("another version of torch's old format than " + (int) VERSION);
        }
        PickleReader.Read machine = PickleReader.read(bytes, version.end(), PickleReader::none);
        if (machine.value() instanceof Value.Entries facts
                && facts.get("little_endian").orElse(null) instanceof Value.Truth(boolean little)
                && !little) {
            throw bigEndian();
        }
        PickleReader.Read value = PickleReader.read(bytes, machine.end(), this::storage);
        PickleReader.Read keys = PickleReader.read(bytes, value.end(), PickleReader::none);
        at = keys.end();
        for (Value key : PickleNames.list(keys.value())) {
            at = place(PickleNames.text(key), at);
        }
        storages.values().stream()
                .filter(storage -> !storage.placed())
                .findFirst()
                .ifPresent(storage -> {
                    throw new IllegalArgumentException(
                            "the numbers of the storage '" + Foreign.line(storage.key()) + "' are missing");
                });
        return value.value();
    }

    private long place(String key, long at) {
        Storage storage = storages.get(key);
        if (storage == null || storage.format().isEmpty()) {
            throw new IllegalArgumentException("the storage '" + Foreign.line(key)
                    + (storage == null ? "' belongs to no tensor" : "' has numbers of a type that is not read here"));
        }
        long length = storage.length();
        if (bytes.byteSize() - at < 8 || bytes.byteSize() - at - 8 < length) {
            throw new IllegalArgumentException("cut off at byte " + bytes.byteSize() + ", within the storage '"
                    + Foreign.line(key) + "' of " + length + " bytes");
        }
        if (bytes.get(LONG, at) != storage.count()) {
            throw new IllegalArgumentException("byte " + at + ": the storage '" + Foreign.line(key) + "' has "
                    + bytes.get(LONG, at) + " numbers, expected " + storage.count());
        }
        storage.place(bytes.asSlice(at + 8, length));
        return at + 8 + length;
    }
}
