package adamscope.experiment;

import adamscope.optimizer.Catalogue;
import adamscope.optimizer.RuleReader;
import adamscope.shape.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What the options `--set name=value` change in a draft: whose each name is.
final class DraftSettings {
    private static final List<String> SWEEP_KEYS = List.of("samples", "refine", "fullLength");
    /// Behind `--set` its share of the data.
    private static final String VALIDATION = "validation";

    private static final List<String> STRUCTURE = List.of("kind", "optimizer");

    private DraftSettings() {}

    /// The draft of one experiment with the settings.
    ///
    /// @param optimizer of it
    static Node.Mapping in(Node.Mapping root, Node.Mapping optimizer, List<String> settings) {
        Node.Mapping changedRule = optimizer;
        boolean training = ExperimentDraft.isOfKind(root, "train");
        Node.Mapping changed = root;
        for (Setting setting : Setting.readAll(settings)) {
            String name = setting.name();
            Node value = new Node.Scalar("--set " + name, setting.value());
            if (!training) {
                changedRule = changedRule.with(name, value);
            } else if (name.startsWith(Train.HYPER)) {
                changedRule = changedRule.with(name.substring(Train.HYPER.length()), value);
            } else if (name.equals(VALIDATION) && !hyperNames(optimizer).contains(name)) {
                changed = changed.with(name, new Node.Mapping("--set " + name, Map.of("share", value)));
            } else if (!isSingle(name)) {
                refuseNested(optimizer, name);
                changedRule = changedRule.with(name, value);
            } else {
                refuseBoth(optimizer, name);
                changed = changed.with(name, value);
            }
        }
        return changed.with("optimizer", changedRule);
    }

    private static void refuseNested(Node.Mapping optimizer, String name) {
        if (Train.SHAPE.keys().stream().anyMatch(key -> key.name().equals(name))
                && !hyperNames(optimizer).contains(name)) {
            throw new IllegalArgumentException(
                    "--set " + name + ": it has keys of its own and is set in the experiment file");
        }
    }

    private static void refuseBoth(Node.Mapping optimizer, String name) {
        if (hyperNames(optimizer).contains(name)) {
            throw new IllegalArgumentException("--set " + name + ": the optimizer and the training both have it; write"
                    + " --set " + Train.HYPER + name + " for the hyper-parameter; the training's " + name
                    + " is set in its file");
        }
    }

    /// Of the optimizer; none where it is missing or wrong, which is told where it is read.
    private static List<String> hyperNames(Node.Mapping optimizer) {
        Map<String, Node> fields = optimizer.fields();
        try {
            if (fields.get("rule") instanceof Node.Scalar(String source, String text)) {
                return RuleReader.read(source, text).hyperNames();
            }
            return fields.get("name") instanceof Node.Scalar(var _, String name)
                    ? Catalogue.find(name).hyperNames()
                    : List.of();
        } catch (IllegalArgumentException _) {
            return List.of();
        }
    }

    /// Whether a key of a training takes a single value, and so stands behind `--set`.
    private static boolean isSingle(String name) {
        return Train.SHAPE.keys().stream()
                .anyMatch(key -> key.name().equals(name) && key.form().allowed().single());
    }

    /// A sweep with settings of its own, the experiment that it repeats with keys of its, and what is left: its
    /// hyper-parameters.
    record OfSweep(Node.Mapping sweep, Node.Mapping base, List<String> others) {}

    /// @throws IllegalArgumentException if a value is set that an axis gives
    static OfSweep ofSweep(Node.Mapping root, Node.Mapping base, List<String> settings) {
        if (root.fields().get("axes") instanceof Node.Mapping axes) {
            Setting.readAll(settings).forEach(setting -> {
                if (axes.fields().containsKey(setting.name())) {
                    throw new IllegalArgumentException(
                            "--set " + setting.name() + ": the sweep has an axis of this name");
                }
            });
        }
        Node.Mapping repeated = base;
        Node.Mapping sweep = root;
        List<String> others = new ArrayList<>();
        for (Setting setting : Setting.readAll(settings)) {
            Node value = new Node.Scalar("--set " + setting.name(), setting.value());
            if (SWEEP_KEYS.contains(setting.name())) {
                sweep = sweep.with(setting.name(), value);
            } else if (base.fields().get(setting.name()) instanceof Node.Scalar
                    && !STRUCTURE.contains(setting.name())) {
                repeated = repeated.with(setting.name(), value);
            } else {
                others.add(setting.name() + "=" + setting.value());
            }
        }
        return new OfSweep(sweep, repeated, others);
    }
}
