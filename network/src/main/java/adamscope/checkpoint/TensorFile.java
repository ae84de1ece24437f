package adamscope.checkpoint;

import adamscope.tensor.SafetensorsHeader;
import adamscope.text.FileReason;
import adamscope.text.Foreign;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// A checkpoint opened for reading: safetensors, what `torch.save` wrote (`.pt`, `.bin`, `.ckpt`, either layout), or a
/// folder of `torch.distributed.checkpoint`.
///
/// No code of it runs, and its tensors stay in the file: the file is mapped, so a heap of any size will do.
public final class TensorFile implements AutoCloseable {
    private static final int MOST_NODES = 3_000_000;
    private static final int DEEPEST = 100;
    private static final long MOST_TEXT = 1 << 27;

    private final Path path;
    private final Arena arena;
    private final Map<Path, MemorySegment> mapped = new HashMap<>();
    private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    private final Map<String, Value.Leaf> plain = new LinkedHashMap<>();
    private Value root;
    private int nodes;
    private long text;
    private double largest;

    private TensorFile(Path path) {
        this.path = path;
        this.arena = Arena.ofShared();
    }

    /// Opens a file or folder; which kind it is is seen by its content.
    ///
    /// @throws IllegalArgumentException if it is missing, damaged, of another kind or not safe to read; the message
    ///                                  names the file, the place and what is allowed
    public static TensorFile open(Path path) {
        TensorFile file = new TensorFile(path);
        try {
            file.read();
            file.walk("", file.root, 0);
            return file;
        } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
            file.close();
            String problem = e.getMessage();
            throw new IllegalArgumentException(
                    problem.startsWith(path.toString()) ? problem : path + ": " + problem, e);
        }
    }

    /// Where it lies.
    public Path path() {
        return path;
    }

    /// Every tensor by its place in the tree, `optimizer.state.0.exp_avg`, in the order of the file.
    public Map<String, StoredTensor> tensors() {
        return Collections.unmodifiableMap(tensors);
    }

    /// Everything that is no tensor, by its place in the tree; metadata of safetensors as `__metadata__.NAME`.
    public Map<String, Value.Leaf> plain() {
        return Collections.unmodifiableMap(plain);
    }

    /// After this its tensors may not be read.
    @Override
    public void close() {
        arena.close();
    }

    private void read() {
        if (Files.isDirectory(path)) {
            if (!Files.isRegularFile(path.resolve(DistributedFolder.METADATA))) {
                throw new IllegalArgumentException("a folder without " + DistributedFolder.METADATA
                        + ", so none of torch.distributed.checkpoint; name a file in it");
            }
            root = DistributedFolder.read(path, this::map);
            return;
        }
        if (!Files.isRegularFile(path)) {
            throw new IllegalArgumentException("no such file");
        }
        MemorySegment bytes = map(path);
        boolean torch = TorchFile.begins(bytes);
        if (!torch && !path.toString().endsWith(".safetensors")) {
            requireSafetensors(bytes);
        }
        root = torch ? TorchFile.read(bytes) : safetensors(bytes);
    }

    /// A file of another name is safetensors if the header in it begins.
    private static void requireSafetensors(MemorySegment bytes) {
        long size = bytes.byteSize();
        if (size > Long.BYTES && bytes.get(ValueLayout.JAVA_BYTE, Long.BYTES) == '{') {
            return;
        }
        byte[] start = bytes.asSlice(0, Math.min(size, 40)).toArray(ValueLayout.JAVA_BYTE);
        boolean text = size > 0 && IntStream.range(0, start.length).allMatch(i -> start[i] >= 7);
        String begins = text
                ? "'" + new String(start, StandardCharsets.US_ASCII) + "'"
                : HexFormat.ofDelimiter(" ").formatHex(start, 0, Math.min(start.length, 8));
        throw new IllegalArgumentException("neither of torch.save (a zip archive, or a pickle after its magic number)"
                + " nor safetensors: "
                + (size == 0 ? "the file is empty" : "it begins with " + Foreign.line(begins))
                + (begins.contains("git-lfs") ? ", a pointer of Git LFS; 'git lfs pull' fetches the file" : ""));
    }

    private MemorySegment map(Path file) {
        return mapped.computeIfAbsent(file, _ -> {
            try (FileChannel channel = FileChannel.open(file)) {
                return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            } catch (IOException e) {
                throw new IllegalArgumentException("cannot read " + file + ": " + FileReason.of(e), e);
            }
        });
    }

    private Value safetensors(MemorySegment bytes) {
        SafetensorsHeader header = SafetensorsHeader.read(path);
        Value.Entries entries = new Value.Entries();
        header.entries().forEach((name, entry) -> {
            List<Long> shape = entry.shape();
            long count = shape.stream().reduce(1L, Math::multiplyExact);
            Storage storage = new Storage(name, Optional.of(entry.format()), count);
            storage.place(bytes.asSlice(header.start() + entry.from(), entry.to() - entry.from()));
            entries.put(name, Views.of(storage, entry.format(), 0, shape, Views.contiguous(shape)));
        });
        if (!header.metadata().isEmpty()) {
            Value.Entries metadata = new Value.Entries();
            header.metadata().forEach((name, value) -> metadata.put(name, new Value.Text(value)));
            entries.put("__metadata__", metadata);
        }
        return entries;
    }

    /// Names everything; a tree that contains itself ends by its depth, one that repeats itself by its size.
    private void walk(String name, Value value, int depth) {
        text += name.length();
        if (depth > DEEPEST || ++nodes > MOST_NODES || text > MOST_TEXT) {
            throw new IllegalArgumentException("values are nested more than " + DEEPEST + " deep, or more than "
                    + MOST_NODES + ": '" + Foreign.line(name.substring(0, Math.min(80, name.length()))) + "'");
        }
        switch (value) {
            case StoredTensor tensor -> tensor(name, tensor);
            case Value.Leaf leaf -> plain.put(name, leaf);
            case Value.Entries entries -> {
                for (Value.Entry entry : entries.entries()) {
                    walk(join(name, entry.name()), entry.value(), depth + 1);
                }
            }
            case Value.Items items -> {
                for (int i = 0; i < items.items().size(); i++) {
                    walk(join(name, Integer.toString(i)), items.items().get(i), depth + 1);
                }
            }
            case Value.Built made -> walk(name, made.state(), depth + 1);
            case Storage storage -> {
                // Bytes without a shape: random states of generators and the like.
            }
        }
    }

    /// Tensors that repeat few numbers of a file may be long, but not without end.
    private void tensor(String name, StoredTensor tensor) {
        long stored =
                mapped.values().stream().mapToLong(MemorySegment::byteSize).sum();
        largest += (double) tensor.size() * tensor.format().bytes();
        if (largest > 64.0 * stored + (1 << 28)) {
            throw new IllegalArgumentException("the tensors up to '" + Foreign.line(name) + "' have " + (long) largest
                    + " bytes, but the file has " + stored);
        }
        tensors.put(name, tensor);
    }

    private static String join(String before, String name) {
        return before.isEmpty() ? name : before + "." + name;
    }
}
