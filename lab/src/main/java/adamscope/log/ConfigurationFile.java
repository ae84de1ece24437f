package adamscope.log;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Hyper-parameters from a configuration beside a log: JSON or YAML, as Lightning, Hydra and W&B leave it.
final class ConfigurationFile {
    private static final long LARGEST = 1 << 20;
    private static final int DEPTH = 20;
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private ConfigurationFile() {}

    static void read(Path file, RunPoints run) throws IOException {
        read(file, "", run);
    }

    /// @param part the part of a series, empty for the whole file
    static void read(Path file, String part, RunPoints run) throws IOException {
        if (Files.size(file) > LARGEST) {
            return;
        }
        try {
            JsonNode all = YAML.readTree(Files.readString(file));
            entries(name(file), part.isEmpty() ? all : all.path("parts").path(part), "", DEPTH, run);
        } catch (JacksonException | CharacterCodingException _) {
            run.remark(file.getFileName() + " beside the log is damaged; no hyper-parameters were read from it");
        }
    }

    /// Takes an entry whose value is JSON; nothing if it is none.
    static void entry(String key, String json, RunPoints run) {
        try {
            entries("W&B's configuration", YAML.readTree(json), key, DEPTH, run);
        } catch (IOException _) {
            run.lost("entries of the configuration are damaged", 1);
        }
    }

    /// `config.yaml`, or `.hydra/config.yaml` where the folder says more than the name.
    private static String name(Path file) {
        Path folder = file.getParent();
        String name = file.getFileName().toString();
        return folder != null && folder.endsWith(".hydra") ? ".hydra/" + name : name;
    }

    private static void entries(String file, JsonNode node, String path, int depth, RunPoints run) {
        if (depth == 0) {
            return;
        }
        if (node.isArray()) {
            for (int i = 0; i < Math.min(node.size(), 16); i++) {
                entries(file, node.get(i), path + "/" + i, depth - 1, run);
            }
        } else if (node.isObject()) {
            node.properties()
                    .forEach(entry -> entries(
                            file,
                            entry.getValue(),
                            // W&B wraps each value: {"lr": {"value": 0.001}}
                            entry.getKey().equals("value") ? path : path + "/" + entry.getKey(),
                            depth - 1,
                            run));
        } else if (node.isValueNode() && !node.isNull()) {
            run.configure(file, path, node.asText());
        }
    }
}
