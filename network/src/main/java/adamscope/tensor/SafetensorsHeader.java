package adamscope.tensor;

import adamscope.text.FileReason;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a safetensors file says about itself, checked against the length of the file.
///
/// @param entries  by name, in the order of the numbers
/// @param metadata texts by name
/// @param start    where in the file the numbers begin, in bytes
public record SafetensorsHeader(Map<String, Entry> entries, Map<String, String> metadata, long start) {
    /// The name under which texts stand among the tensors.
    public static final String METADATA = "__metadata__";

    /// As the safetensors library allows.
    private static final long LONGEST = 100_000_000;

    private static final String SAVE_INSTEAD = "is a pickle (torch.save), and reading a pickle runs the code in it;"
            + " save safetensors instead: python/adamscope_export.py writes them from a PyTorch training loop";

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /// One tensor.
    ///
    /// @param from first byte, counted from where the numbers begin
    /// @param to   byte behind the last
    public record Entry(NumberFormat format, List<Long> shape, long from, long to) {}

    /// @throws IllegalArgumentException if the file is missing, damaged or of another format
    public static SafetensorsHeader read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("no file " + file);
        }
        try (FileChannel channel = FileChannel.open(file)) {
            return new HeaderBytes(file, channel.size()).read(channel);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + file + ": " + FileReason.of(e), e);
        }
    }

    private record HeaderBytes(Path file, long size) {

        SafetensorsHeader read(FileChannel channel) throws IOException {
            ByteBuffer first = bytes(channel, 8);
            refusePickle(first);
            if (first.remaining() < 8) {
                throw fault(size, "the file ends here; expected the length of the header in 8 bytes");
            }
            long length = first.order(ByteOrder.LITTLE_ENDIAN).getLong(0);
            if (length < 2 || length > LONGEST) {
                throw fault(
                        0,
                        "the header has " + Long.toUnsignedString(length) + " bytes, expected 2 to " + LONGEST
                                + "; is it a safetensors file?");
            }
            if (length > size - 8) {
                throw fault(size, "the file ends here; expected a header of " + length + " bytes from byte 8");
            }
            JsonNode root = json(bytes(channel, (int) length));
            Map<String, String> metadata = metadata(root.get(METADATA));
            Map<String, Entry> entries = new LinkedHashMap<>();
            for (var field : root.properties()) {
                if (!field.getKey().equals(METADATA)) {
                    entries.put(field.getKey(), entry(field.getKey(), field.getValue()));
                }
            }
            return new SafetensorsHeader(inOrder(entries, 8 + length), metadata, 8 + length);
        }

        private static ByteBuffer bytes(FileChannel channel, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(length);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                continue;
            }
            return buffer.flip();
        }

        /// `torch.save` writes a zip archive, before version 1.6 a pickle that begins with its protocol.
        private void refusePickle(ByteBuffer first) {
            boolean zip = first.remaining() >= 4 && first.getInt(0) == 0x504b0304;
            boolean pickle = first.remaining() >= 3
                    && first.get(0) == (byte) 0x80
                    && first.get(1) >= 2
                    && first.get(1) <= 5
                    && first.get(2) != 0;
            if (zip || pickle) {
                throw new IllegalArgumentException(file + " " + SAVE_INSTEAD);
            }
        }

        private JsonNode json(ByteBuffer header) {
            String text;
            try {
                text = StandardCharsets.UTF_8.newDecoder().decode(header).toString();
                JsonNode root = STRICT.readTree(text);
                if (text.startsWith("{") && root != null && root.isObject()) {
                    return root;
                }
                throw fault(8, "the header is no JSON object");
            } catch (CharacterCodingException e) {
                throw fault(8, "the header is not UTF-8");
            } catch (JsonProcessingException e) {
                throw fault(8, "the header is no proper JSON object: " + e.getOriginalMessage());
            }
        }

        private Map<String, String> metadata(JsonNode node) {
            Map<String, String> texts = new LinkedHashMap<>();
            if (node != null) {
                for (var field : node.properties()) {
                    if (!field.getValue().isTextual()) {
                        throw fault(8, METADATA + " '" + field.getKey() + "' is no text");
                    }
                    texts.put(field.getKey(), field.getValue().textValue());
                }
            }
            return texts;
        }

        private Entry entry(String name, JsonNode node) {
            JsonNode dtype = node.path("dtype");
            NumberFormat format = NumberFormat.named(dtype.asText())
                    .orElseThrow(() -> fault(
                            8,
                            "tensor '" + name + "' has the type " + dtype + ", expected one of "
                                    + Arrays.toString(NumberFormat.values())));
            List<Long> shape = wholes(name, "shape", node.path("shape"));
            List<Long> offsets = wholes(name, "data_offsets", node.path("data_offsets"));
            if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
                throw fault(8, "tensor '" + name + "' has the data_offsets " + offsets + ", expected [from, to]");
            }
            long expected;
            try {
                expected = Math.multiplyExact(shape.stream().reduce(1L, Math::multiplyExact), (long) format.bytes());
            } catch (ArithmeticException e) {
                throw fault(8, "tensor '" + name + "' of shape " + shape + " is too large");
            }
            if (offsets.get(1) - offsets.get(0) != expected) {
                throw fault(
                        8,
                        "tensor '" + name + "' has the data_offsets " + offsets + ", but " + format + " of shape "
                                + shape + " takes " + expected + " bytes");
            }
            return new Entry(format, shape, offsets.get(0), offsets.get(1));
        }

        private List<Long> wholes(String name, String field, JsonNode node) {
            List<Long> wholes = new ArrayList<>();
            for (JsonNode item : node) {
                if (!item.canConvertToLong() || !item.isIntegralNumber() || item.longValue() < 0) {
                    throw fault(8, "tensor '" + name + "': " + item + " in " + field + " is no whole number from 0");
                }
                wholes.add(item.longValue());
            }
            if (!node.isArray()) {
                throw fault(8, "tensor '" + name + "' has no list " + field);
            }
            return wholes;
        }

        /// The numbers must fill the rest of the file, one tensor behind the other.
        private Map<String, Entry> inOrder(Map<String, Entry> entries, long start) {
            Map<String, Entry> ordered = new LinkedHashMap<>();
            long[] end = {0};
            entries.entrySet().stream()
                    .sorted(Comparator.comparingLong(
                                    (Map.Entry<String, Entry> e) -> e.getValue().from())
                            .thenComparingLong(e -> e.getValue().to()))
                    .forEach(e -> {
                        if (e.getValue().from() != end[0]) {
                            throw fault(
                                    start + end[0],
                                    "tensor '" + e.getKey() + "' begins at offset "
                                            + e.getValue().from() + ", expected " + end[0] + ": no gaps, no overlaps");
                        }
                        end[0] = e.getValue().to();
                        ordered.put(e.getKey(), e.getValue());
                    });
            if (start + end[0] != size) {
                throw fault(
                        Math.min(size, start + end[0]),
                        "the file has " + size + " bytes, expected " + (start + end[0]) + " from its header");
            }
            return ordered;
        }

        private IllegalArgumentException fault(long at, String problem) {
            return new IllegalArgumentException(file + ", byte " + at + ": " + problem);
        }
    }
}
