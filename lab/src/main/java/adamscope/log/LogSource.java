package adamscope.log;

import java.nio.file.Path;
import java.util.List;

/// Files that together are one source of runs.
///
/// @param name  for a reader
/// @param files in the order to be read; of a run folder, the folder
record LogSource(String name, LogKind kind, List<Path> files) {
    LogSource {
        files = List.copyOf(files);
    }
}
