package adamscope.experiment;

import adamscope.shape.Decimal;
import adamscope.shape.Given;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator.Feature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Experiments as YAML: complete, so that a file runs again as it is, wherever it lies.
public final class ExperimentText {
    private static final YAMLFactory YAML = YAMLFactory.builder()
            .disable(Feature.WRITE_DOC_START_MARKER)
            .disable(Feature.SPLIT_LINES)
            .enable(Feature.MINIMIZE_QUOTES)
            .enable(Feature.LITERAL_BLOCK_STYLE)
            .build();

    private ExperimentText() {}

    /// The experiment that a text holds; `source` names the text in errors.
    ///
    /// @throws IllegalArgumentException if it holds none; the message names the line
    public static Experiment read(String source, String text) {
        return read(source, text, Path.of(""));
    }

    /// The same with files that are looked for in a folder.
    public static Experiment read(String source, String text, Path folder) {
        return Experiment.FORM.read(YamlTree.read(source, text), Given.in(folder));
    }

    /// The experiment as YAML, every hyper-parameter written out; a rule that does not ship is written in full.
    public static String write(Experiment experiment) {
        return write(experiment, Optional.empty());
    }

    /// The same for a file in a folder: the paths of what lies in the folder are relative to it, so that it may be
    /// moved.
    public static String write(Experiment experiment, Path folder) {
        return write(experiment, Optional.of(folder));
    }

    /// The same as a file of its own, which is refused when it is read cut short.
    public static String file(Experiment experiment, Path folder) {
        return WholeText.of(write(experiment, folder));
    }

    private static String write(Experiment experiment, Optional<Path> folder) {
        StringWriter text = new StringWriter();
        try (YAMLGenerator yaml = YAML.createGenerator(text)) {
            put(yaml, Experiment.Kinds.ALL.write(experiment, folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void put(YAMLGenerator yaml, Object value) throws IOException {
        switch (value) {
            case Map<?, ?> fields -> {
                yaml.writeStartObject();
                for (Map.Entry<?, ?> field : fields.entrySet()) {
                    yaml.writeFieldName(field.getKey().toString());
                    put(yaml, field.getValue());
                }
                yaml.writeEndObject();
            }
            case List<?> items -> {
                yaml.writeStartArray();
                for (Object item : items) {
                    put(yaml, item);
                }
                yaml.writeEndArray();
            }
            case Double number -> yaml.writeNumber(Decimal.written(number));
            case Integer number -> yaml.writeNumber(number);
            case Long number -> yaml.writeNumber(number);
            case Boolean truth -> yaml.writeBoolean(truth);
            default -> yaml.writeString(value.toString());
        }
    }
}
