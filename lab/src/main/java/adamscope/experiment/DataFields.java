package adamscope.experiment;

import adamscope.data.ArraySource;
import adamscope.data.CifarFormat;
import adamscope.data.DataSource;
import adamscope.data.ImageSource;
import adamscope.data.ImageSource.Format;
import adamscope.data.ParallelText;
import adamscope.data.Scaling;
import adamscope.data.SineSum;
import adamscope.data.Subset;
import adamscope.data.TableSource;
import adamscope.data.TextSource;
import adamscope.data.Tokenizer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Where samples come from, as an experiment says it: `source` and what that source needs.
///
/// Files are looked for beside the experiment.
///
/// @param folder of the experiment
record DataFields(Fields fields, Path folder) {
    private static final List<String> SOURCES = List.of(
            "fashion-mnist",
            "idx",
            "cifar-10",
            "cifar-100",
            "cifar-100-coarse",
            "image-folder",
            "text",
            "translation",
            "table",
            "arrays",
            "sine-sum");

    /// The source that a node describes: its name alone, or a mapping with `source`.
    static DataSource read(Node node, Path folder) {
        Node.Mapping mapping = node instanceof Node.Scalar
                ? new Node.Mapping(node.label(), Map.of("source", node))
                : ExperimentReader.mapping(node);
        Fields fields = new Fields(mapping);
        DataSource source = Fields.at(node, () -> new DataFields(fields, folder).source());
        fields.refuseOthers();
        return source;
    }

    private DataSource source() {
        String source = fields.text("source");
        return switch (source) {
            case "fashion-mnist" -> images(new Format.Shipped());
            case "idx" -> images(new Format.Idx(file("images"), file("labels")));
            case "cifar-10" -> cifar(CifarFormat.CIFAR10);
            case "cifar-100" -> cifar(CifarFormat.CIFAR100);
            case "cifar-100-coarse" -> cifar(CifarFormat.CIFAR100_COARSE);
            case "image-folder" ->
                images(new Format.Folder(file("folder"), whole("resize", 1, 256), whole("side", 1, 224)));
            case "text" -> new TextSource(found("file"), tokens(), whole("length", 1, 64), whole("first", 0, 0));
            case "translation" -> translation();
            case "table" ->
                new TableSource(
                        file("file"),
                        fields.words("targets", word -> word, List.of()),
                        fields.truth("standardise", true),
                        whole("first", 0, 0));
            case "arrays" ->
                new ArraySource(stored("inputs"), stored("targets"), whole("classes", 0, 0), whole("first", 0, 0));
            case "sine-sum" ->
                new SineSum(
                        whole("samples", 1, 2000),
                        whole("dimension", 1, 5),
                        fields.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE, 0));
            default -> throw new IllegalArgumentException("source = " + source + " is none of " + SOURCES);
        };
    }

    private ImageSource images(Format format) {
        return new ImageSource(
                format,
                new Subset(fields.wholes("classes", 0, List.of()), whole("per_class", 0, 0), whole("first", 0, 0)),
                fields.choice("scaling", Scaling.STANDARD),
                fields.whole("chance_labels", 0, Long.MAX_VALUE, 0));
    }

    private ImageSource cifar(CifarFormat format) {
        fields.require("batches");
        return images(new Format.Cifar(format, fields.words("batches", this::resolved, List.of())));
    }

    private ParallelText translation() {
        boolean given = fields.find("from").isPresent() || fields.find("into").isPresent();
        return new ParallelText(
                given ? Optional.of(new ParallelText.Aligned(file("from"), file("into"))) : Optional.empty(),
                tokens(),
                whole("source_length", 1, 32),
                whole("target_length", 2, 32),
                whole("first", 0, 0));
    }

    private Tokenizer tokens() {
        return fields.choice("tokens", Tokenizer.BYTES);
    }

    private int whole(String key, int least, int standard) {
        return (int) fields.whole(key, least, Integer.MAX_VALUE, standard);
    }

    private Path file(String key) {
        return resolved(fields.text(key));
    }

    private Optional<Path> found(String key) {
        return fields.find(key).map(node -> resolved(Fields.text(node)));
    }

    private ArraySource.Stored stored(String key) {
        ArraySource.Stored stored = ArraySource.Stored.read(fields.text(key));
        return new ArraySource.Stored(resolved(stored.file().toString()), stored.name());
    }

    private Path resolved(String path) {
        return folder.resolve(path).toAbsolutePath().normalize();
    }

    /// What [#read] would read this source from: texts, and lists of texts, whose items may hold commas.
    static Map<String, Object> words(DataSource source) {
        Map<String, Object> words = new LinkedHashMap<>();
        switch (source) {
            case ImageSource(Format format, Subset subset, Scaling scaling, long chance) -> {
                words.putAll(format(format));
                if (!subset.classes().isEmpty()) {
                    words.put("classes", listed(subset.classes()));
                }
                words.put("per_class", String.valueOf(subset.perClass()));
                words.put("first", String.valueOf(subset.first()));
                words.put("scaling", word(scaling));
                if (chance != 0) {
                    words.put("chance_labels", String.valueOf(chance));
                }
            }
            case TextSource(var file, Tokenizer tokens, int length, int first) -> {
                words.put("source", "text");
                file.ifPresent(path -> words.put("file", path.toString()));
                words.put("tokens", word(tokens));
                words.put("length", String.valueOf(length));
                words.put("first", String.valueOf(first));
            }
            case ParallelText(var files, Tokenizer tokens, int sourceLength, int targetLength, int first) -> {
                words.put("source", "translation");
                files.ifPresent(aligned -> {
                    words.put("from", aligned.source().toString());
                    words.put("into", aligned.target().toString());
                });
                words.put("tokens", word(tokens));
                words.put("source_length", String.valueOf(sourceLength));
                words.put("target_length", String.valueOf(targetLength));
                words.put("first", String.valueOf(first));
            }
            case TableSource(Path file, List<String> targets, boolean standardise, int first) -> {
                words.put("source", "table");
                words.put("file", file.toString());
                words.put("targets", listed(targets));
                words.put("standardise", String.valueOf(standardise));
                words.put("first", String.valueOf(first));
            }
            case ArraySource(var inputs, var targets, int classes, int first) -> {
                words.put("source", "arrays");
                words.put("inputs", inputs.toString());
                words.put("targets", targets.toString());
                words.put("classes", String.valueOf(classes));
                words.put("first", String.valueOf(first));
            }
            case SineSum(int samples, int dimension, long seed) -> {
                words.put("source", "sine-sum");
                words.put("samples", String.valueOf(samples));
                words.put("dimension", String.valueOf(dimension));
                words.put("seed", String.valueOf(seed));
            }
        }
        return words;
    }

    private static Map<String, Object> format(Format format) {
        Map<String, Object> words = new LinkedHashMap<>();
        switch (format) {
            case Format.Shipped _ -> words.put("source", "fashion-mnist");
            case Format.Idx(Path images, Path labels) -> {
                words.put("source", "idx");
                words.put("images", images.toString());
                words.put("labels", labels.toString());
            }
            case Format.Cifar(CifarFormat labels, List<Path> batches) -> {
                words.put(
                        "source",
                        switch (labels) {
                            case CIFAR10 -> "cifar-10";
                            case CIFAR100 -> "cifar-100";
                            case CIFAR100_COARSE -> "cifar-100-coarse";
                        });
                words.put("batches", listed(batches));
            }
            case Format.Folder(Path images, int resize, int side) -> {
                words.put("source", "image-folder");
                words.put("folder", images.toString());
                words.put("resize", String.valueOf(resize));
                words.put("side", String.valueOf(side));
            }
        }
        return words;
    }

    private static List<String> listed(List<?> items) {
        return items.stream().map(String::valueOf).toList();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
