package adamscope.experiment;

import adamscope.sweep.Axis;
import adamscope.sweep.Coordinate;
import adamscope.sweep.FormulaSweep;
import adamscope.sweep.Listed;
import adamscope.sweep.Sampled;
import adamscope.sweep.Space;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The fields of a [Sweep] in YAML, read and written.
final class SweepFields {
    private SweepFields() {}

    /// Reads a sweep; `inner` reads the experiment that it repeats.
    static Sweep read(Fields fields, Function<Node.Mapping, Experiment> inner) {
        Experiment base = inner.apply(mapping(fields.require("base")));
        int samples = (int) fields.whole("samples", 2, Integer.MAX_VALUE, 0);
        Node axes = fields.require("axes");
        Space space = Fields.at(axes, () -> new Space(coordinates(mapping(axes)), samples));
        List<String> standard = base instanceof Train train ? Sweep.columns(train) : FormulaSweep.COLUMNS;
        Map<String, String> derive = new LinkedHashMap<>();
        fields.find("derive")
                .ifPresent(node ->
                        mapping(node).fields().forEach((name, formula) -> derive.put(name, Fields.text(formula))));
        return new Sweep(
                base,
                space,
                fields.words("parameters", word -> word, List.of()),
                derive,
                fields.words("keep", word -> word, standard),
                fields.text("refine", Sweep.EVERYWHERE),
                fields.truth("fullLength", false));
    }

    private static List<Coordinate> coordinates(Node.Mapping axes) {
        List<Coordinate> coordinates = new ArrayList<>();
        axes.fields().forEach((name, node) -> coordinates.add(coordinate(name, node)));
        return coordinates;
    }

    /// A list of values; or from, to and scale, with points or, sampled, without.
    private static Coordinate coordinate(String name, Node node) {
        if (!(node instanceof Node.Mapping mapping)) {
            Fields list = new Fields(new Node.Mapping(node.label(), Map.of(name, node)));
            List<Double> values = list.numbers(name);
            return Fields.at(node, () -> new Listed(name, values));
        }
        Fields fields = new Fields(mapping);
        Coordinate coordinate =
                fields.find("values").isPresent() ? listed(name, fields) : ranged(name, mapping, fields);
        fields.refuseOthers();
        return coordinate;
    }

    private static Coordinate listed(String name, Fields fields) {
        List<Double> values = fields.numbers("values");
        return Fields.at(fields.require("values"), () -> new Listed(name, values));
    }

    private static Coordinate ranged(String name, Node.Mapping mapping, Fields fields) {
        double from = fields.number("from");
        double to = fields.number("to");
        boolean sampled = fields.find("points").isEmpty();
        int points = (int) fields.whole("points", Integer.MIN_VALUE, Integer.MAX_VALUE, 2);
        return Fields.at(mapping, () -> {
            Axis.Scale scale = Axis.Scale.read(fields.text("scale", Axis.Scale.LINEAR.word()));
            return sampled ? new Sampled(name, from, to, scale) : new Axis(name, from, to, points, scale);
        });
    }

    private static Node.Mapping mapping(Node node) {
        return switch (node) {
            case Node.Mapping mapping -> mapping;
            case Node.Scalar _, Node.Sequence _ ->
                throw new IllegalArgumentException(node.label() + " must be a mapping of keys to values");
        };
    }

    /// Writes what [#read] reads, without the base.
    static void write(YAMLGenerator yaml, Sweep sweep) throws IOException {
        yaml.writeObjectFieldStart("axes");
        for (Coordinate coordinate : sweep.space().coordinates()) {
            yaml.writeObjectFieldStart(coordinate.name());
            switch (coordinate) {
                case Axis axis -> {
                    ends(yaml, axis.from(), axis.to());
                    yaml.writeNumberField("points", axis.points());
                    yaml.writeStringField("scale", axis.scale().word());
                }
                case Sampled sampled -> {
                    ends(yaml, sampled.from(), sampled.to());
                    yaml.writeStringField("scale", sampled.scale().word());
                }
                case Listed list -> {
                    yaml.writeArrayFieldStart("values");
                    for (double value : list.values()) {
                        yaml.writeNumber(ExperimentReader.written(value));
                    }
                    yaml.writeEndArray();
                }
            }
            yaml.writeEndObject();
        }
        yaml.writeEndObject();
        if (sweep.space().samples() > 0) {
            yaml.writeNumberField("samples", sweep.space().samples());
        }
        words(yaml, "parameters", sweep.parameters());
        if (!sweep.derive().isEmpty()) {
            yaml.writeObjectFieldStart("derive");
            for (Map.Entry<String, String> formula : sweep.derive().entrySet()) {
                yaml.writeStringField(formula.getKey(), formula.getValue());
            }
            yaml.writeEndObject();
        }
        words(yaml, "keep", sweep.keep());
        if (sweep.fullLength()) {
            yaml.writeBooleanField("fullLength", true);
        }
        if (!sweep.refine().equals(Sweep.EVERYWHERE)) {
            yaml.writeStringField("refine", sweep.refine());
        }
    }

    private static void ends(YAMLGenerator yaml, double from, double to) throws IOException {
        yaml.writeFieldName("from");
        yaml.writeNumber(ExperimentReader.written(from));
        yaml.writeFieldName("to");
        yaml.writeNumber(ExperimentReader.written(to));
    }

    private static void words(YAMLGenerator yaml, String key, List<String> words) throws IOException {
        if (words.isEmpty()) {
            return;
        }
        yaml.writeArrayFieldStart(key);
        for (String word : words) {
            yaml.writeString(word);
        }
        yaml.writeEndArray();
    }
}
