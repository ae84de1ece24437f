package adamscope.data;

import adamscope.tensor.NumberFormat;
import adamscope.tensor.SafetensorsHeader;
import adamscope.tensor.Scopes;
import adamscope.text.FileReason;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// Named tensors in the format of the safetensors library.
///
/// The length of the header as a little-endian 64-bit integer; the header, JSON of name → type, shape and the two
/// offsets into what follows, and `__metadata__` of texts; the numbers of each tensor, little-endian, row by row,
/// without gaps (safetensors, README, "Format").
///
/// @param tensors  by name, in the order of the file
/// @param metadata texts by name
public record Safetensors(Map<String, Tensor> tensors, Map<String, String> metadata) {
    private static final JsonMapper JSON = new JsonMapper();

    public Safetensors {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        if (tensors.containsKey(SafetensorsHeader.METADATA)) {
            throw new IllegalArgumentException("a tensor may not be called " + SafetensorsHeader.METADATA);
        }
    }

    /// All tensors of a file, on the processor, in the types of the file.
    ///
    /// @throws IllegalArgumentException if the file is missing, damaged or of another format; the message names file,
    ///                                  offset and what was expected there
    public static Safetensors read(Path file) {
        SafetensorsHeader header = SafetensorsHeader.read(file);
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope();
                FileChannel channel = FileChannel.open(file)) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            for (var entry : header.entries().entrySet()) {
                SafetensorsHeader.Entry tensor = entry.getValue();
                channel.position(header.start() + tensor.from());
                tensors.put(entry.getKey(), TensorBytes.read(channel, tensor.format(), tensor.shape()));
            }
            tensors.values().forEach(tensor -> Scopes.kept(outer, tensor));
            return new Safetensors(tensors, header.metadata());
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + file + ": " + FileReason.of(e), e);
        }
    }

    /// The tensor of that name.
    ///
    /// @throws IllegalArgumentException if there is none; the message lists the names
    public Tensor tensor(String name) {
        if (!tensors.containsKey(name)) {
            throw new IllegalArgumentException("there is no tensor '" + name + "'; there are " + tensors.keySet());
        }
        return tensors.get(name);
    }

    /// Writes a file that is whole or not there, see [AtomicFile].
    public void write(Path file) throws IOException {
        byte[] header = header();
        AtomicFile.write(file, channel -> {
            ByteBuffer start = ByteBuffer.allocate(8 + header.length)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(header.length)
                    .put(header)
                    .flip();
            while (start.hasRemaining()) {
                channel.write(start);
            }
            for (Tensor tensor : tensors.values()) {
                TensorBytes.write(channel, tensor);
            }
        });
    }

    /// Padded by spaces so that the numbers begin at a multiple of 8 bytes.
    private byte[] header() throws JsonProcessingException {
        ObjectNode root = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode texts = root.putObject(SafetensorsHeader.METADATA);
            metadata.forEach(texts::put);
        }
        long offset = 0;
        for (var entry : tensors.entrySet()) {
            Tensor tensor = entry.getValue();
            NumberFormat format = NumberFormat.of(tensor.scalar_type().intern());
            ObjectNode described = root.putObject(entry.getKey()).put("dtype", format.name());
            ArrayNode shape = described.putArray("shape");
            for (long axis = 0; axis < tensor.dim(); axis++) {
                shape.add(tensor.size(axis));
            }
            long size = tensor.numel() * format.bytes();
            described.putArray("data_offsets").add(offset).add(offset + size);
            offset += size;
        }
        String text = JSON.writeValueAsString(root);
        int padding = Math.floorMod(-text.getBytes(StandardCharsets.UTF_8).length, 8);
        return (text + " ".repeat(padding)).getBytes(StandardCharsets.UTF_8);
    }
}
