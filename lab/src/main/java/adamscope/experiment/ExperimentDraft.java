package adamscope.experiment;

import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import adamscope.sweep.Axis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An experiment in the making: a file, or nothing but its kind, and what the options of a command line change in it.
///
/// Nothing is understood before the end, so that every complaint can say which file and line or which option is meant.
public final class ExperimentDraft {
    private final Node.Mapping root;
    private final Path folder;

    private ExperimentDraft(Node.Mapping root, Path folder) {
        this.root = root;
        this.folder = folder;
    }

    /// A draft of which only the kind is known: `simulation`, `phase`, `network` or `series`.
    public static ExperimentDraft of(String kind) {
        return new ExperimentDraft(new Node.Mapping("", Map.of("kind", new Node.Scalar("kind", kind))), Path.of(""));
    }

    /// The draft that a file holds; rule files that it names are looked for beside it.
    ///
    /// @throws IllegalArgumentException if the file cannot be read or is no YAML mapping
    public static ExperimentDraft read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("no experiment file " + file);
        }
        try {
            Path folder = file.toAbsolutePath().getParent();
            return new ExperimentDraft(YamlTree.read(file.toString(), Files.readString(file)), folder);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + file + " as UTF-8 text: " + e.getMessage(), e);
        }
    }

    /// The option `--key text` in place of what the draft had; null: the option was not given.
    public ExperimentDraft with(String key, Object text) {
        return text == null ? this : changed(key, new Node.Scalar("--" + key, text.toString()));
    }

    /// The option `--optimizer`: a name of the catalogue or a file; null: not given.
    public ExperimentDraft optimizer(String nameOrFile) {
        if (nameOrFile == null) {
            return this;
        }
        OptimizerRule rule = Catalogue.find(nameOrFile);
        Node.Mapping optimizer = optimizer().without("name").without("rule");
        boolean shipped = Catalogue.NAMES.contains(nameOrFile);
        return changed(
                "optimizer",
                shipped
                        ? optimizer.with("name", new Node.Scalar("--optimizer", nameOrFile))
                        : optimizer.with("rule", new Node.Scalar(nameOrFile, rule.text())));
    }

    /// The options `--set name=value`.
    public ExperimentDraft set(List<String> settings) {
        Node.Mapping optimizer = optimizer();
        for (String text : settings) {
            Setting setting = Setting.read(text);
            optimizer = optimizer.with(setting.name(), new Node.Scalar("--set " + setting.name(), setting.value()));
        }
        return settings.isEmpty() ? this : changed("optimizer", optimizer);
    }

    /// The options `--x name=from:to:points` and `--y …`, in place of the axes that the draft had; null: not given.
    public ExperimentDraft axes(String x, String y) {
        return axis(0, "--x", x).axis(1, "--y", y);
    }

    /// The experiment.
    ///
    /// @throws IllegalArgumentException if anything in the draft is wrong or missing
    public Experiment experiment() {
        return new ExperimentReader(folder).read(root);
    }

    /// The experiment, which has to be a simulation.
    public Simulation simulation() {
        return experiment() instanceof Simulation simulation ? simulation : otherKind("simulation");
    }

    /// The experiment, which has to be a phase diagram.
    public Phase phase() {
        return experiment() instanceof Phase phase ? phase : otherKind("phase");
    }

    /// The experiment, which has to be the training of a network.
    public NetworkTraining network() {
        return experiment() instanceof NetworkTraining network ? network : otherKind("network");
    }

    private <E> E otherKind(String wanted) {
        Node kind = root.fields().get("kind");
        throw new IllegalArgumentException(
                kind.label() + " = " + Fields.text(kind) + ", but this command runs kind " + wanted);
    }

    private ExperimentDraft axis(int position, String option, String text) {
        if (text == null) {
            return this;
        }
        Axis axis;
        try {
            axis = Axis.read(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
        }
        Node.Mapping optimizer = optimizer();
        if (optimizer.fields().get(axis.name()) instanceof Node.Scalar(String label, var _)
                && label.startsWith("--set")) {
            throw new IllegalArgumentException(
                    option + " " + axis.name() + ": the hyper-parameter has both an axis and a value (" + label + ")");
        }
        List<String> axes = optimizer.fields().entrySet().stream()
                .filter(field -> field.getValue() instanceof Node.Mapping)
                .map(Map.Entry::getKey)
                .toList();
        if (position == 1 && axes.size() == 1 && axes.getFirst().equals(axis.name())) {
            throw new IllegalArgumentException(option + " " + axis.name() + ": both axes have this name");
        }
        Map<String, Node> fields = new LinkedHashMap<>(optimizer.fields());
        axes.forEach(fields::remove);
        for (int place = 0; place < Math.max(axes.size(), position + 1); place++) {
            if (place == position) {
                fields.remove(axis.name());
                fields.put(axis.name(), node(option, axis));
            } else if (place < axes.size()) {
                fields.put(axes.get(place), optimizer.fields().get(axes.get(place)));
            }
        }
        return changed("optimizer", new Node.Mapping(optimizer.label(), fields));
    }

    private static Node node(String option, Axis axis) {
        String label = option + " " + axis.name();
        Map<String, Node> fields = new LinkedHashMap<>();
        fields.put("from", new Node.Scalar(label + ": from", ExperimentReader.written(axis.from())));
        fields.put("to", new Node.Scalar(label + ": to", ExperimentReader.written(axis.to())));
        fields.put("points", new Node.Scalar(label + ": points", Integer.toString(axis.points())));
        fields.put("scale", new Node.Scalar(label + ": scale", axis.scale().word()));
        return new Node.Mapping(label, fields);
    }

    private ExperimentDraft changed(String key, Node value) {
        return new ExperimentDraft(root.with(key, value), folder);
    }

    private Node.Mapping optimizer() {
        return switch (root.fields().get("optimizer")) {
            case null -> new Node.Mapping("--optimizer", Map.of());
            case Node.Mapping mapping -> mapping;
            case Node.Scalar name -> new Node.Mapping(name.label(), Map.of("name", name));
            case Node.Sequence list -> throw new IllegalArgumentException(list.label() + " must be a mapping");
        };
    }
}
