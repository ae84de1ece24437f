package adamscope.log;

import java.nio.file.Path;
import java.util.List;

/// Files that together are one source of runs.
///
/// @param name  for a reader
/// @param files in the order to be read; of a run folder, the folder
/// @param named whether the user named it, or its own name promises a log; else it is no loss if it is none
record LogSource(String name, LogKind kind, List<Path> files, boolean named) {
    LogSource {
        files = List.copyOf(files);
    }

    LogSource(String name, LogKind kind, List<Path> files) {
        this(name, kind, files, true);
    }
}
