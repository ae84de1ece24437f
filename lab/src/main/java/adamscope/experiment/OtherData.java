package adamscope.experiment;

import adamscope.data.DataFolder;
import adamscope.data.DataSource;
import adamscope.shape.Given;
import adamscope.shape.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the option `--data` puts in the place of the samples of a training: a file with the fields of the section
/// `data`, or a folder as public data come ([DataFolder]), from which each source takes what it asks for.
final class OtherData {
    private final List<DataFolder> folders = new ArrayList<>();
    private final Set<DataFolder> used = new LinkedHashSet<>();
    private Optional<Node> source = Optional.empty();
    private boolean trains;

    /// @param written of each `--data`
    OtherData(List<String> written) {
        for (String text : written) {
            if (DataFolder.isOne(text)) {
                folders.add(DataFolder.of(text));
            } else if (source.isPresent()) {
                throw new IllegalArgumentException("--data " + text + ": one file is enough");
            } else {
                ExperimentDraft file = ExperimentDraft.read(Path.of(text));
                source = Optional.of(written(DataSource.WORDS.read(file.root(), Given.in(file.folder()))));
            }
        }
    }

    /// A training with other samples.
    Node.Mapping in(Node.Mapping training, Path folder) {
        Node.Mapping changed = training;
        trains = true;
        if (source.isPresent()) {
            changed = changed.with("data", source.get());
        }
        Node data = changed.fields().get("data");
        if (data != null) {
            changed = changed.with("data", replaced(data, folder, false));
        }
        if (changed.fields().get("validation") instanceof Node.Mapping validation
                && validation.fields().get("data") instanceof Node held) {
            changed = changed.with("validation", validation.with("data", replaced(held, folder, true)));
        }
        return changed;
    }

    /// Complains of what found no use.
    ///
    /// @throws IllegalArgumentException for a folder from which no training takes samples
    void refuseUnused() {
        for (DataFolder one : folders) {
            if (!used.contains(one)) {
                throw new IllegalArgumentException("--data " + one.kind().word() + "=" + one.place() + ": "
                        + (trains
                                ? "no training of this experiment asks for such samples"
                                : "nothing is trained here"));
            }
        }
    }

    private Node replaced(Node data, Path folder, boolean held) {
        DataSource asked = DataSource.WORDS.read(data, Given.in(folder));
        for (DataFolder one : folders) {
            Optional<DataSource> found = one.instead(asked, held);
            if (found.isPresent()) {
                used.add(one);
                return written(found.get());
            }
        }
        return data;
    }

    private static Node written(DataSource source) {
        return Node.of("--data", DataSource.WORDS.write(source, Optional.empty()));
    }
}
