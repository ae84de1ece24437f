package adamscope.training;

import adamscope.data.AtomicFile;
import adamscope.data.Safetensors;
import adamscope.rule.TensorRule;
import adamscope.text.FileReason;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;
import org.bytedeco.pytorch.Tensor;
/// The two files of one checkpoint: `step-N.safetensors` with θ, the states and what probes remember, then
/// `step-N.json` with the rest and the CRC32C of the tensors' file.
///
/// @param folder that they lie in
/// @param step   after which they were taken

record CheckpointPair(Path folder, long step) {
    static final String TENSORS = ".safetensors";
    static final String REST = ".json";
    private static final String THETA = "theta";
    private static final String COMPANIONS = "rows";
    private static final String DAMAGED = ".damaged";
    private static final int FORMAT = 2;
    private static final JsonMapper JSON = new JsonMapper();

    private Path tensors() {
        return folder.resolve(name() + TENSORS);
    }

    private Path rest() {
        return folder.resolve(name() + REST);
    }

    private String name() {
        return String.format(Locale.ROOT, "step-%09d", step);
    }

    /// Makes that there is no such checkpoint, and leaves its tensors.
    void forget() throws IOException {
        AtomicFile.delete(rest());
    }

    void delete() throws IOException {
        forget();
        AtomicFile.delete(tensors());
    }

    void refuseOther(Companions companions) {
        json(rest()).path(COMPANIONS).properties().forEach(file -> {
            if (!companions.has(file.getKey(), file.getValue().asText())) {
                throw new Damage(
                        rest() + " does not fit to " + file.getKey() + ": its rows up to step " + step
                                + " are gone or were changed",
                        null);
            }
        });
    }

    /// Gives both files the ending `.damaged`.
    void setAside() {
        for (Path file : List.of(rest(), tensors())) {
            try {
                if (Files.exists(file)) {
                    Files.move(
                            file,
                            file.resolveSibling(file.getFileName() + DAMAGED),
                            StandardCopyOption.REPLACE_EXISTING);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot rename " + file + ": " + FileReason.of(e), e);
            }
        }
    }

    /// A checkpoint whose files are not what was written.
    static final class Damage extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        Damage(String message, Exception cause) {
            super(message, cause);
        }
    }

    /// The checkpoint; its tensors lie on the processor and belong to the caller's scope.
    ///
    /// @param experiment the digest it must have
    /// @throws IllegalArgumentException if it is damaged or of another experiment
    Checkpoint read(String experiment) {
        Path rest = rest();
        JsonNode json = json(rest);
        if (json.path("format").asInt() != FORMAT) {
            throw new Damage(rest + ": format '" + json.path("format").asText() + "', expected " + FORMAT, null);
        }
        if (!json.path("experiment").asText().equals(experiment)) {
            throw new IllegalArgumentException(rest + " belongs to another experiment (digest "
                    + json.path("experiment").asText() + ", this one has " + experiment
                    + "); a run goes on with the experiment it began with");
        }
        Safetensors tensors = tensors(tensors(), json.path("crc32c").asText());
        TensorRule.Clock clock =
                new TensorRule.Clock(json.path("step").asLong(), numbers(json, "powers"), numbers(json, "bases"));
        return new Checkpoint(
                clock,
                json.path("loss").asDouble(),
                tensors.tensor(THETA),
                named(tensors, "state."),
                named(tensors, "probe."));
    }

    /// Whether its numbers are those that were written.
    boolean isWhole() {
        try {
            return checksum(tensors()).equals(json(rest()).path("crc32c").asText());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder + ": " + FileReason.of(e), e);
        }
    }

    private static JsonNode json(Path rest) {
        try {
            return JSON.readTree(Files.readString(rest));
        } catch (JsonProcessingException e) {
            throw new Damage(rest + " is damaged: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new Damage("cannot read " + rest + ": " + FileReason.of(e), e);
        }
    }

    private static Safetensors tensors(Path file, String expected) {
        Safetensors tensors;
        try {
            tensors = Safetensors.read(file);
            String found = checksum(file);
            if (!found.equals(expected)) {
                throw new Damage(file + " is damaged: its CRC32C is " + found + ", expected " + expected, null);
            }
            tensors.tensor(THETA);
        } catch (IllegalArgumentException e) {
            throw e instanceof Damage ? e : new Damage(e.getMessage(), e);
        } catch (IOException e) {
            throw new Damage("cannot read " + file + ": " + FileReason.of(e), e);
        }
        return tensors;
    }

    private static String checksum(Path file) throws IOException {
        CRC32C crc = new CRC32C();
        ByteBuffer bytes = ByteBuffer.allocateDirect(1 << 20);
        try (FileChannel channel = FileChannel.open(file)) {
            while (channel.read(bytes) >= 0) {
                crc.update(bytes.flip());
                bytes.clear();
            }
        }
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }

    void write(Checkpoint checkpoint, String experiment, Map<String, String> beside) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put(THETA, checkpoint.theta());
        sorted(checkpoint.states())
                .forEach(state ->
                        tensors.put("state." + state, checkpoint.states().get(state)));
        sorted(checkpoint.memory())
                .forEach(
                        name -> tensors.put("probe." + name, checkpoint.memory().get(name)));
        new Safetensors(tensors, Map.of()).write(tensors());
        ObjectNode json = JSON.createObjectNode();
        json.put("format", FORMAT);
        json.put("step", step);
        json.put("loss", checkpoint.loss());
        json.put("experiment", experiment);
        json.put("crc32c", checksum(tensors()));
        ObjectNode files = json.putObject(COMPANIONS);
        sorted(beside).forEach(name -> files.put(name, beside.get(name)));
        put(json.putObject("powers"), checkpoint.clock().powers());
        put(json.putObject("bases"), checkpoint.clock().bases());
        byte[] text = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
        AtomicFile.write(rest(), text);
    }

    private static List<String> sorted(Map<String, ?> map) {
        return map.keySet().stream().sorted().toList();
    }

    private static void put(ObjectNode json, Map<String, Double> numbers) {
        sorted(numbers).forEach(name -> json.put(name, numbers.get(name)));
    }

    private static Map<String, Double> numbers(JsonNode json, String name) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        json.path(name)
                .properties()
                .forEach(field -> numbers.put(field.getKey(), field.getValue().asDouble()));
        return numbers;
    }

    private static Map<String, Tensor> named(Safetensors tensors, String prefix) {
        Map<String, Tensor> named = new LinkedHashMap<>();
        tensors.tensors().forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                named.put(name.substring(prefix.length()), tensor);
            }
        });
        return named;
    }
}
