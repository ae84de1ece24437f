package adamscope.experiment;

import adamscope.flow.FlowKind;
import adamscope.sweep.Axis;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator.Feature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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

    private final YAMLGenerator yaml;
    private final Optional<Path> folder;

    private ExperimentText(YAMLGenerator yaml, Optional<Path> folder) {
        this.yaml = yaml;
        this.folder = folder;
    }

    /// The experiment that a text holds; `source` names the text in errors.
    ///
    /// @throws IllegalArgumentException if it holds none; the message names the line
    public static Experiment read(String source, String text) {
        return read(source, text, Path.of(""));
    }

    /// The same with files that are looked for in a folder.
    public static Experiment read(String source, String text, Path folder) {
        return new ExperimentReader(folder).read(YamlTree.read(source, text));
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

    private static String write(Experiment experiment, Optional<Path> folder) {
        StringWriter text = new StringWriter();
        try (YAMLGenerator yaml = YAML.createGenerator(text)) {
            yaml.writeStartObject();
            new ExperimentText(yaml, folder).put(experiment);
            yaml.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void put(Experiment experiment) throws IOException {
        yaml.writeStringField("kind", experiment.kind());
        switch (experiment) {
            case Simulation run -> {
                optimizer(yaml, run.optimizer(), List.of());
                yaml.writeStringField("objective", run.objective());
                x0(yaml, run.x0());
                yaml.writeNumberField("steps", run.steps());
                word(yaml, "init", run.init());
                word(yaml, "arithmetic", run.arithmetic());
                yaml.writeNumberField("every", run.every());
            }
            case Phase phase -> {
                optimizer(yaml, phase.optimizer(), List.of(phase.x(), phase.y()));
                yaml.writeStringField("objective", phase.objective());
                x0(yaml, phase.x0());
                yaml.writeNumberField("steps", phase.steps());
                word(yaml, "init", phase.init());
                word(yaml, "arithmetic", phase.arithmetic());
            }
            case Bifurcation diagram -> {
                optimizer(yaml, diagram.optimizer(), List.of(diagram.x()));
                yaml.writeStringField("objective", diagram.objective());
                word(yaml, "variables", diagram.variables());
                yaml.writeStringField("show", diagram.show());
                x0(yaml, diagram.x0());
                yaml.writeNumberField("transient", diagram.length().discarded());
                yaml.writeNumberField("steps", diagram.length().steps());
                yaml.writeNumberField("keep", diagram.length().kept());
            }
            case Basin basin -> {
                optimizer(yaml, basin.optimizer(), List.of());
                yaml.writeStringField("objective", basin.objective());
                yaml.writeStringField("x", basin.x().toString());
                yaml.writeStringField("y", basin.y().toString());
                x0(yaml, basin.x0());
                yaml.writeNumberField("steps", basin.steps());
                word(yaml, "init", basin.init());
                word(yaml, "arithmetic", basin.arithmetic());
            }
            case Stability map -> {
                optimizer(yaml, map.optimizer(), List.of(map.x(), map.y()));
                yaml.writeStringField("objective", map.objective());
                x0(yaml, map.x0());
            }
            case Flows flows -> {
                optimizer(yaml, flows.optimizer(), List.of());
                yaml.writeStringField("objective", flows.objective());
                x0(yaml, flows.x0());
                word(yaml, "init", flows.init());
                number(yaml, "time", flows.time());
                yaml.writeNumberField("rows", flows.rows());
                yaml.writeArrayFieldStart("flows");
                for (FlowKind flow : flows.flows()) {
                    yaml.writeString(flow.word());
                }
                yaml.writeEndArray();
            }
            case Train train -> new TrainText(yaml, folder).write(train);
            case Reproduction reproduction -> {
                yaml.writeStringField("id", reproduction.id());
                yaml.writeBooleanField("full", reproduction.full());
                if (reproduction.experiment().isPresent()) {
                    yaml.writeObjectFieldStart("experiment");
                    put(reproduction.experiment().get());
                    yaml.writeEndObject();
                }
            }
            case Sweep sweep -> {
                yaml.writeObjectFieldStart("base");
                put(sweep.base());
                yaml.writeEndObject();
                SweepFields.write(yaml, sweep);
            }
            case Series series -> {
                yaml.writeObjectFieldStart("parts");
                for (Map.Entry<String, Experiment> part : series.parts().entrySet()) {
                    yaml.writeObjectFieldStart(part.getKey());
                    put(part.getValue());
                    yaml.writeEndObject();
                }
                yaml.writeEndObject();
            }
        }
    }

    /// Values as numbers; what a sweep varies as axes in place of a value, x before y.
    private static void optimizer(YAMLGenerator yaml, TunedRule optimizer, List<Axis> axes) throws IOException {
        yaml.writeObjectFieldStart("optimizer");
        if (optimizer.shipped()) {
            yaml.writeStringField("name", optimizer.rule().name());
        } else {
            yaml.writeStringField("rule", optimizer.rule().text());
        }
        for (Map.Entry<String, Double> value : optimizer.values().entrySet()) {
            number(yaml, value.getKey(), value.getValue());
        }
        for (Axis axis : axes) {
            yaml.writeObjectFieldStart(axis.name());
            number(yaml, "from", axis.from());
            number(yaml, "to", axis.to());
            yaml.writeNumberField("points", axis.points());
            yaml.writeStringField("scale", axis.scale().word());
            yaml.writeEndObject();
        }
        yaml.writeEndObject();
    }

    private static void x0(YAMLGenerator yaml, List<Double> x0) throws IOException {
        yaml.writeArrayFieldStart("x0");
        for (double coordinate : x0) {
            yaml.writeNumber(ExperimentReader.written(coordinate));
        }
        yaml.writeEndArray();
    }

    private static void number(YAMLGenerator yaml, String key, double value) throws IOException {
        yaml.writeFieldName(key);
        yaml.writeNumber(ExperimentReader.written(value));
    }

    private static void word(YAMLGenerator yaml, String key, Enum<?> value) throws IOException {
        yaml.writeStringField(key, value.name().toLowerCase(Locale.ROOT));
    }
}
