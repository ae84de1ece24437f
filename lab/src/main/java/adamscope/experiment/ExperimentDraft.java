package adamscope.experiment;

import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import adamscope.shape.Given;
import adamscope.shape.Key;
import adamscope.shape.Node;
import adamscope.shape.Shape;
import adamscope.text.FileReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// An experiment in the making: a file, or nothing but its kind, and what the options of a command line change in it.
///
/// Nothing is understood before the end, so that every complaint can say which file and line or which option is meant.
public final class ExperimentDraft {
    /// Where an optimizer comes from that no file gives.
    private static final String NO_OPTIMIZER = "--optimizer";

    private final Node.Mapping root;
    private final Given files;

    private ExperimentDraft(Node.Mapping root, Given files) {
        this.root = root;
        this.files = files;
    }

    /// A draft of which only the kind is known: `simulation`, `phase`, `bifurcation`, ….
    public static ExperimentDraft of(String kind) {
        return new ExperimentDraft(
                new Node.Mapping("", Map.of("kind", new Node.Scalar("kind", kind))), Given.in(Path.of("")));
    }

    /// The draft that a file holds; rule files that it names are looked for beside it.
    ///
    /// @throws IllegalArgumentException if the file cannot be read or is no YAML mapping
    public static ExperimentDraft read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(
                    Files.isDirectory(file)
                            ? file + " is a folder, not an experiment file"
                            : "no experiment file " + file);
        }
        try {
            Path folder = file.toAbsolutePath().getParent();
            return new ExperimentDraft(YamlTree.read(file.toString(), Files.readString(file)), Given.in(folder));
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + file + ": " + FileReason.of(e), e);
        }
    }

    /// The draft that a text holds; `source` names it in errors.
    public static ExperimentDraft parse(String source, String text) {
        return new ExperimentDraft(YamlTree.read(source, text), Given.in(Path.of("")));
    }

    /// The same with files looked for in a folder, none of them outside another.
    ///
    /// @param bounds the folder that all of them have to lie in, without links in its path
    public static ExperimentDraft within(Path bounds, Path folder, String source, String text) {
        return new ExperimentDraft(YamlTree.read(source, text), Given.within(bounds, folder));
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
        if (isSeries()) {
            OptimizerRule other = Catalogue.find(nameOrFile);
            return eachTraining(part -> part.keeping(other.hyperNames()).optimizer(nameOrFile));
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

    /// The options `--set name=value`: a hyper-parameter, which may be written `optimizer.name`; of a training also a
    /// key of the experiment with a single value.
    ///
    /// @throws IllegalArgumentException if rule and training both have the name, as Adafactor's `decay`
    public ExperimentDraft set(List<String> settings) {
        if (settings.isEmpty()) {
            return this;
        }
        return isSeries()
                ? eachTraining(part -> part.set(settings))
                : new ExperimentDraft(DraftSettings.in(root, optimizer(), settings), files);
    }

    /// With the fields of the section of a size, such as `full`, in place of those outside it; without the sections of
    /// other sizes.
    ///
    /// @throws IllegalArgumentException if there is no such section
    public ExperimentDraft size(Size wanted) {
        Node section = root.fields().get(wanted.word());
        Node.Mapping changed = root;
        for (Size size : Size.SECTIONS) {
            changed = changed.without(size.word());
        }
        if (wanted == Size.DEFAULT) {
            return new ExperimentDraft(changed, files);
        }
        if (section == null) {
            throw new IllegalArgumentException(
                    "--size " + wanted.word() + ": this experiment has no section '" + wanted.word() + "'");
        }
        for (var field : section.mapping().fields().entrySet()) {
            Node before = changed.fields().get(field.getKey());
            boolean shared = field.getKey().equals(CommonFields.COMMON)
                    && before instanceof Node.Mapping
                    && field.getValue() instanceof Node.Mapping;
            changed = changed.with(
                    field.getKey(),
                    shared
                            ? CommonFields.together((Node.Mapping) before, (Node.Mapping) field.getValue())
                            : field.getValue());
        }
        return new ExperimentDraft(changed, files);
    }

    /// The experiment, which has to be of that kind.
    public Experiment ofKind(String kind) {
        Experiment experiment = experiment();
        return experiment.kind().equals(kind) ? experiment : otherKind(kind);
    }

    /// Keys of that shape that have to be given and are not.
    public List<String> missing(Shape<?> shape) {
        Node.Mapping given = complete();
        return shape.keys().stream()
                .filter(key -> key.absent().isEmpty() && !given.fields().containsKey(key.name()))
                .map(Key::name)
                .toList();
    }

    /// The experiment, which has to be a training.
    public Train train() {
        return experiment() instanceof Train train ? train : otherKind("train");
    }

    /// The experiment, which has to be a training or a series.
    public Experiment trainings() {
        Experiment experiment = experiment();
        return experiment instanceof Train || experiment instanceof Series ? experiment : otherKind("train or series");
    }

    /// The options `--data`: a file with the source of the samples, in place of that of every training, or
    /// `cifar=DIR` and its like; empty: not given.
    ///
    /// @throws IllegalArgumentException if there is no such source, or no training asks for it
    public ExperimentDraft data(List<String> written) {
        if (written.isEmpty()) {
            return this;
        }
        OtherData other = new OtherData(written);
        ExperimentDraft changed = isSeries()
                ? eachTraining(part -> new ExperimentDraft(other.in(part.root, folder()), files))
                : new ExperimentDraft(other.in(root, folder()), files);
        other.refuseUnused();
        return changed;
    }

    Node.Mapping root() {
        return root;
    }

    Path folder() {
        return files.folder();
    }

    /// The option `--part`: one experiment of a series alone; null: not given.
    ///
    /// @throws IllegalArgumentException if there is none of that name; the message lists them
    public ExperimentDraft part(String name) {
        if (name == null) {
            return this;
        }
        Map<String, Node> parts =
                isSeries() && CommonFields.expanded(root).fields().get(CommonFields.PARTS) instanceof Node.Mapping all
                        ? all.fields()
                        : Map.of();
        if (!(parts.get(name) instanceof Node.Mapping part)) {
            throw new IllegalArgumentException("--part " + name + ": this experiment has "
                    + (parts.isEmpty() ? "no parts" : "the parts " + parts.keySet()));
        }
        return new ExperimentDraft(part, files);
    }

    static boolean isOfKind(Node.Mapping root, String wanted) {
        return root.fields().get("kind") instanceof Node.Scalar(var _, String kind) && kind.equals(wanted);
    }

    /// Whether it says that it is a sweep.
    public boolean isSweep() {
        return isOfKind(root, "sweep");
    }

    private boolean isSeries() {
        return isOfKind(root, "series");
    }

    /// A series with each of its trainings changed.
    private ExperimentDraft eachTraining(UnaryOperator<ExperimentDraft> change) {
        Node.Mapping whole = CommonFields.expanded(root);
        return whole.fields().get(CommonFields.PARTS) instanceof Node.Mapping parts
                ? new ExperimentDraft(
                        CommonFields.eachPart(whole, parts, part -> {
                            ExperimentDraft draft = new ExperimentDraft(part, files);
                            return draft.isTraining() ? change.apply(draft).root : part;
                        }),
                        files)
                : this;
    }

    /// With those values of the optimizer alone that another rule has too.
    private ExperimentDraft keeping(List<String> names) {
        Node.Mapping kept = optimizer();
        for (String name : optimizer().fields().keySet()) {
            kept = names.contains(name) ? kept : kept.without(name);
        }
        return changed("optimizer", kept);
    }

    private boolean isTraining() {
        return isOfKind(root, "train");
    }

    /// The options `--x name=from:to:points` and `--y …`, in place of the axes that the draft had; null: not given.
    public ExperimentDraft axes(String x, String y) {
        return x == null && y == null ? this : changed("optimizer", DraftAxes.of(optimizer(), x, y));
    }

    /// The experiment.
    ///
    /// @throws IllegalArgumentException if anything in the draft is wrong or missing
    public Experiment experiment() {
        return Experiment.FORM.read(complete(), files);
    }

    /// Without an optimizer of which nothing but values is known.
    private Node.Mapping complete() {
        boolean valuesAlone = root.fields().get("optimizer") instanceof Node.Mapping(String label, var fields)
                && label.equals(NO_OPTIMIZER)
                && !fields.containsKey("name")
                && !fields.containsKey("rule");
        return valuesAlone ? root.without("optimizer") : root;
    }

    /// The experiment, which has to be a reproduction.
    public Reproduction reproduction() {
        return experiment() instanceof Reproduction reproduction ? reproduction : otherKind("reproduction");
    }

    /// The experiment, which has to be a sweep.
    public Sweep sweep() {
        return experiment() instanceof Sweep sweep ? sweep : otherKind("sweep");
    }

    /// The option `--key text` of what a sweep repeats; null: not given.
    public ExperimentDraft inBase(String key, Object text) {
        if (text == null || !(root.fields().get("base") instanceof Node.Mapping base)) {
            return this;
        }
        return changed("base", base.with(key, new Node.Scalar("--" + key, text.toString())));
    }

    /// The draft of a sweep with the experiment that it repeats changed: a hyper-parameter, or a key that the file
    /// gives a single value; or with a key of the sweep itself.
    ///
    /// @throws IllegalArgumentException if a value is set that an axis gives
    public ExperimentDraft setInBase(String optimizer, List<String> settings) {
        if (optimizer == null && settings.isEmpty() || !(root.fields().get("base") instanceof Node.Mapping base)) {
            return this;
        }
        DraftSettings.OfSweep set = DraftSettings.ofSweep(root, base, settings);
        ExperimentDraft changed =
                new ExperimentDraft(set.base(), files).optimizer(optimizer).set(set.others());
        return new ExperimentDraft(set.sweep().with("base", changed.root), files);
    }

    private <E> E otherKind(String wanted) {
        Node kind = root.fields().get("kind");
        throw new IllegalArgumentException(
                kind.label() + " = " + kind.text() + ", but this command runs kind " + wanted);
    }

    private ExperimentDraft changed(String key, Node value) {
        return new ExperimentDraft(root.with(key, value), files);
    }

    private Node.Mapping optimizer() {
        return switch (root.fields().get("optimizer")) {
            case null -> new Node.Mapping(NO_OPTIMIZER, Map.of());
            case Node.Mapping mapping -> mapping;
            case Node.Scalar name -> new Node.Mapping(name.label(), Map.of("name", name));
            case Node.Sequence list -> throw new IllegalArgumentException(list.label() + " must be a mapping");
        };
    }
}
