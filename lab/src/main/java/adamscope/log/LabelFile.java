package adamscope.log;

import adamscope.corpus.RunLabel;
import adamscope.diagnosis.Cause;
import adamscope.experiment.YamlTree;
import adamscope.shape.Node;
import adamscope.text.FileReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What is known of the runs in a folder, written beside them as `labels.yaml`.
///
/// ```yaml
/// runs:
///   - {file: adam.csv, rises: [919, 947], cause: bad-batch, strength: A}
///   - {file: resumed, rises: [80000], cause: restart, strength: B, within: 200}
///   - {file: calm.csv, quiet: true}
/// ```
public final class LabelFile {
    /// Its name in the folder.
    public static final String NAME = "labels.yaml";

    private static final Set<String> KEYS = Set.of("file", "rises", "cause", "strength", "within", "quiet");
    private static final List<String> STRENGTHS = List.of("A", "B", "C", "Q");

    private LabelFile() {}

    /// The labels of a folder, in order.
    public static List<RunLabel> read(Path folder) {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(
                    folder + " holds no " + NAME + ", a list of runs with their rises: see docs/diagnosis.md");
        }
        try {
            Node.Mapping all = YamlTree.read(file.toString(), Files.readString(file));
            Node runs = all.fields().get("runs");
            if (runs == null || all.fields().size() != 1) {
                throw new IllegalArgumentException(
                        file + " has one key, runs; it holds " + all.fields().keySet());
            }
            return runs.items("runs").stream()
                    .map(run -> label(folder, run.mapping()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + FileReason.of(e), e);
        }
    }

    private static RunLabel label(Path folder, Node.Mapping run) {
        Map<String, Node> fields = run.fields();
        fields.forEach((key, node) -> {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException(node.label() + " is no key of a run; it has "
                        + KEYS.stream().sorted().toList());
            }
        });
        if (!fields.containsKey("file")) {
            throw new IllegalArgumentException(run.label() + " has no file");
        }
        String name = fields.get("file").text();
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder.normalize()) || !Files.exists(file)) {
            throw new IllegalArgumentException(
                    fields.get("file").label() + " = " + name + " is no file or folder in " + folder);
        }
        boolean quiet = fields.containsKey("quiet") && truth(fields.get("quiet"));
        List<Long> rises = fields.containsKey("rises")
                ? fields.get("rises").items("steps").stream()
                        .map(LabelFile::whole)
                        .toList()
                : List.of();
        if (quiet == !rises.isEmpty()) {
            throw new IllegalArgumentException(
                    run.label() + ": " + name + " needs either rises, a list of steps, or quiet: true");
        }
        return new RunLabel(
                name,
                rises,
                Optional.ofNullable(fields.get("cause")).map(LabelFile::cause),
                strength(fields.get("strength"), quiet),
                fields.containsKey("within") ? whole(fields.get("within")) : -1);
    }

    private static String strength(Node node, boolean quiet) {
        String strength = node == null ? quiet ? "Q" : "C" : node.text();
        if (!STRENGTHS.contains(strength)) {
            throw new IllegalArgumentException(node.label() + " = " + strength + " is none of " + STRENGTHS);
        }
        return strength;
    }

    private static Cause cause(Node node) {
        return Arrays.stream(Cause.values())
                .filter(cause -> cause.key().equals(node.text()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(node.label() + " = " + node.text() + " is none of "
                        + Arrays.stream(Cause.values()).map(Cause::key).collect(Collectors.joining(", "))));
    }

    private static boolean truth(Node node) {
        return switch (node.text()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(node.label() + " = " + node.text() + " is not true or false");
        };
    }

    private static long whole(Node node) {
        try {
            return Long.parseLong(node.text().replace("_", ""));
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException(node.label() + " = " + node.text() + " is no whole number");
        }
    }
}
