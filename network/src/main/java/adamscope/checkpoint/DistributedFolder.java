package adamscope.checkpoint;

import adamscope.checkpoint.Value.Built;
import adamscope.checkpoint.Value.Entries;
import adamscope.tensor.NumberFormat;
import adamscope.text.Foreign;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// A folder of `torch.distributed.checkpoint`: the pickle `.metadata` says which box of which tensor lies where in the
/// files `*.distcp`; each box, and each value that is no tensor, was written there by `torch.save`.
///
/// `torch/distributed/checkpoint/{metadata,filesystem}.py` of PyTorch 2. A type of the metadata that no later version
/// knows is refused by name.
final class DistributedFolder {
    static final String METADATA = ".metadata";
    private static final int MOST_PIECES = 10_000;
    private static final String TYPES = "torch.distributed.checkpoint.metadata.";

    /// Where a box lies.
    ///
    /// @param offsets of the box; empty for a value that is no tensor
    private record Chunk(Optional<List<Long>> offsets, MemorySegment bytes) {}

    private final Function<Path, MemorySegment> files;
    private final Map<String, List<Chunk>> places = new HashMap<>();

    private DistributedFolder(Function<Path, MemorySegment> files) {
        this.files = files;
    }

    /// The tree that was saved.
    ///
    /// @param files opens one
    static Value read(Path folder, Function<Path, MemorySegment> files) {
        return new DistributedFolder(files).read(folder);
    }

    private Value read(Path folder) {
        Built metadata = made(
                PickleReader.read(files.apply(folder.resolve(METADATA)), 0, PickleReader::none)
                        .value(),
                "Metadata");
        for (Value.Entry entry : entries(metadata, "storage_data").entries()) {
            place(folder, made(entry.key(), "MetadataIndex"), made(entry.value(), "_StorageInfo"));
        }
        Optional<Entries> paths =
                metadata.field("planner_data").filter(Entries.class::isInstance).map(Entries.class::cast);
        Entries root = new Entries();
        for (Value.Entry entry : entries(metadata, "state_dict_metadata").entries()) {
            Value value = value(entry.name(), entry.value());
            Optional<Value> path = paths.flatMap(known -> known.get(entry.name()));
            put(root, path.map(PickleNames::list).orElse(List.of(entry.key())), value);
        }
        return root;
    }

    private void place(Path folder, Built index, Built info) {
        String file = PickleNames.text(field(info, "relative_path"));
        if (info.field("transform_descriptors")
                .filter(Value.Items.class::isInstance)
                .isPresent()) {
            throw new IllegalArgumentException("the values in " + Foreign.line(file) + " are packed or encrypted");
        }
        Path path = folder.resolve(file).normalize();
        if (!path.startsWith(folder.normalize())) {
            throw new IllegalArgumentException("names a file outside of the folder: " + Foreign.line(file));
        }
        MemorySegment bytes = files.apply(path);
        long offset = PickleNames.whole(field(info, "offset"));
        long length = PickleNames.whole(field(info, "length"));
        if (offset < 0 || length < 0 || length > bytes.byteSize() - offset) {
            throw new IllegalArgumentException(Foreign.line(file) + " is cut off: it has " + bytes.byteSize()
                    + " bytes, expected " + length + " from byte " + offset);
        }
        Optional<List<Long>> offsets =
                index.field("offset").filter(Value.Items.class::isInstance).map(PickleNames::wholes);
        places.computeIfAbsent(PickleNames.text(field(index, "fqn")), _ -> new ArrayList<>())
                .add(new Chunk(offsets, bytes.asSlice(offset, length)));
    }

    private Value value(String name, Value described) {
        List<Chunk> found = places.getOrDefault(name, List.of());
        if (!(described instanceof Built made) || found.isEmpty()) {
            throw new IllegalArgumentException("'" + Foreign.line(name) + "' lies in no file of the folder");
        }
        return made.name().equals(TYPES + "TensorStorageMetadata")
                ? tensor(name, made, found)
                : TorchFile.read(found.getFirst().bytes());
    }

    private Value tensor(String name, Built described, List<Chunk> found) {
        NumberFormat format = PickleNames.format(first(field(described, "properties")))
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + Foreign.line(name) + "' has numbers of a type that is not read here"));
        List<Long> shape = PickleNames.wholes(field(described, "size"));
        List<StoredTensor.Piece> pieces = new ArrayList<>();
        long covered = 0;
        for (Chunk place : found) {
            if (!(TorchFile.read(place.bytes()) instanceof StoredTensor part) || part.format() != format) {
                throw new IllegalArgumentException(
                        "'" + Foreign.line(name) + "' has a part that is no tensor of " + format);
            }
            StoredTensor.Piece own = part.pieces().getFirst();
            List<Long> offsets = place.offsets().orElse(own.offsets());
            refuseOutside(name, shape, offsets, part.shape());
            covered = Math.addExact(covered, part.size());
            pieces.add(new StoredTensor.Piece(offsets, part.shape(), own.storage(), own.from(), own.strides()));
        }
        refuseOverlaps(name, pieces);
        StoredTensor tensor = new StoredTensor(format, shape, pieces);
        if (covered != tensor.size()) {
            throw new IllegalArgumentException("'" + Foreign.line(name) + "' of shape " + shape + " has " + covered
                    + " numbers in the files, expected " + tensor.size());
        }
        return tensor;
    }

    /// Boxes inside the shape that share no number and have as many as the shape fill it.
    private static void refuseOverlaps(String name, List<StoredTensor.Piece> pieces) {
        if (pieces.size() > MOST_PIECES) {
            throw new IllegalArgumentException(
                    "'" + Foreign.line(name) + "' has " + pieces.size() + " parts, allowed are " + MOST_PIECES);
        }
        for (int i = 0; i < pieces.size(); i++) {
            for (int k = 0; k < i; k++) {
                if (overlap(pieces.get(i), pieces.get(k))) {
                    throw new IllegalArgumentException("'" + Foreign.line(name) + "' has two parts that overlap, at "
                            + pieces.get(k).offsets() + " and " + pieces.get(i).offsets());
                }
            }
        }
    }

    private static boolean overlap(StoredTensor.Piece a, StoredTensor.Piece b) {
        for (int axis = 0; axis < a.offsets().size(); axis++) {
            long behindA = a.offsets().get(axis) + a.extents().get(axis);
            long behindB = b.offsets().get(axis) + b.extents().get(axis);
            if (a.offsets().get(axis) >= behindB || b.offsets().get(axis) >= behindA) {
                return false;
            }
        }
        return true;
    }

    private static void refuseOutside(String name, List<Long> shape, List<Long> offsets, List<Long> extents) {
        boolean inside = offsets.size() == shape.size() && extents.size() == shape.size();
        for (int axis = 0; axis < shape.size() && inside; axis++) {
            inside = offsets.get(axis) >= 0 && extents.get(axis) <= shape.get(axis) - offsets.get(axis);
        }
        if (!inside) {
            throw new IllegalArgumentException("'" + Foreign.line(name) + "' of shape " + shape
                    + " has a part of shape " + extents + " at " + offsets);
        }
    }

    /// Properties keep their type first, as a tuple or by name.
    private static Value first(Value properties) {
        if (!(properties instanceof Built made)) {
            throw new IllegalArgumentException("has a tensor without properties");
        }
        return made.state() instanceof Value.Items tuple
                ? PickleNames.argument(tuple.items(), 0)
                : field(made, "dtype");
    }

    private static void put(Entries root, List<Value> path, Value value) {
        Entries at = root;
        for (Value part : path.subList(0, path.size() - 1)) {
            String name = new Value.Entry(part, part).name();
            Optional<Value> there = at.get(name);
            if (there.isEmpty()) {
                Entries made = new Entries();
                at.put(part, made);
                at = made;
            } else if (there.get() instanceof Entries entries) {
                at = entries;
            } else {
                throw new IllegalArgumentException("'" + Foreign.line(name) + "' is a value and holds values");
            }
        }
        at.put(path.getLast(), value);
    }

    private static Built made(Value value, String type) {
        if (value instanceof Built made && made.name().endsWith("." + type)) {
            return made;
        }
        throw new IllegalArgumentException("has no " + type + " where one belongs");
    }

    private static Entries entries(Built made, String field) {
        if (field(made, field) instanceof Entries entries) {
            return entries;
        }
        throw new IllegalArgumentException(made.name() + " has no dictionary " + field);
    }

    private static Value field(Built made, String field) {
        return made.field(field).orElseThrow(() -> new IllegalArgumentException(made.name() + " has no " + field));
    }
}
