package adamscope.checkpoint;

import adamscope.text.FileReason;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The files that make one checkpoint together: one of [TensorFile], several, or a folder of Hugging Face's Trainer
/// (`optimizer.pt`, `scheduler.pt`, `model.safetensors` or `pytorch_model.bin`, whole or in parts,
/// `trainer_state.json`).
///
/// Of several files each name begins with that of its file, without the ending: `optimizer.state.0.exp_avg`.
public final class CheckpointFiles implements AutoCloseable {
    private static final String PROGRESS = "trainer_state.json";
    private static final List<Predicate<String>> PARTS = List.of(
            name -> name.matches("(model|pytorch_model|adapter_model)(-\\d+-of-\\d+)?\\.(safetensors|bin)"),
            name -> name.matches("(optimizer|scheduler)\\.(pt|bin)"));
    private static final JsonMapper JSON = new JsonMapper();

    private final List<TensorFile> files = new ArrayList<>();
    private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    private final Map<String, Value.Leaf> plain = new LinkedHashMap<>();

    private CheckpointFiles() {}

    /// Opens them.
    ///
    /// @throws IllegalArgumentException if one is missing, damaged or not safe to read
    public static CheckpointFiles open(List<Path> paths) {
        CheckpointFiles files = new CheckpointFiles();
        try {
            List<Path> parts =
                    paths.stream().flatMap(path -> parts(path).stream()).toList();
            parts.forEach(part -> files.add(part, parts.size() > 1));
            return files;
        } catch (IllegalArgumentException e) {
            files.close();
            throw e;
        }
    }

    private static List<Path> parts(Path path) {
        if (!Files.isDirectory(path) || Files.exists(path.resolve(DistributedFolder.METADATA))) {
            return List.of(path);
        }
        try (Stream<Path> all = Files.list(path)) {
            List<Path> parts = all.filter(file -> {
                        String name = file.getFileName().toString();
                        return name.equals(PROGRESS) || PARTS.stream().anyMatch(part -> part.test(name));
                    })
                    .sorted()
                    .toList();
            if (parts.stream().allMatch(part -> part.endsWith(PROGRESS))) {
                throw new IllegalArgumentException(path + " holds no checkpoint that is read: neither "
                        + DistributedFolder.METADATA + " nor optimizer.pt, model.safetensors or pytorch_model.bin");
            }
            return parts;
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot list " + path + ": " + FileReason.of(e), e);
        }
    }

    private void add(Path part, boolean several) {
        String name = part.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String before = several ? (dot > 0 ? name.substring(0, dot) : name) + "." : "";
        if (name.equals(PROGRESS)) {
            progress(part, before);
            return;
        }
        TensorFile file = TensorFile.open(part);
        files.add(file);
        file.tensors().forEach((own, tensor) -> tensors.put(before + own, tensor));
        file.plain().forEach((own, leaf) -> plain.put(before + own, leaf));
    }

    private void progress(Path file, String before) {
        try {
            JsonNode step = JSON.readTree(file.toFile()).path("global_step");
            if (step.isNumber()) {
                plain.put(before + "global_step", new Value.Number(step.asDouble()));
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + file + ": " + FileReason.of(e), e);
        }
    }

    /// Every tensor by name.
    public Map<String, StoredTensor> tensors() {
        return Collections.unmodifiableMap(tensors);
    }

    /// Everything else by name.
    public Map<String, Value.Leaf> plain() {
        return Collections.unmodifiableMap(plain);
    }

    /// After this the tensors may not be read.
    @Override
    public void close() {
        files.forEach(TensorFile::close);
    }
}
