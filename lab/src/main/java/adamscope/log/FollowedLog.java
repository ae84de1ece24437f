package adamscope.log;

import adamscope.regime.RunLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Logs of runs that still go on: each advance reads what was added since the last, not the file anew.
///
/// Event files, CSV, JSONL and what a trainer prints can be followed, single or in a folder, where new files are found
/// too. A record or line that is not yet whole waits. A file that has become shorter was written anew, and so is read
/// anew.
///
/// ```java
/// FollowedLog log = FollowedLog.open(Path.of("runs/gpt"), NameMap.byDefault());
/// while (running()) {
///     if (log.advance() > 0) {
///         show(log.runs());
///     }
/// }
/// ```
public final class FollowedLog {
    private final Path path;
    private final NameMap names;
    private final Map<String, CollectedRuns> sources = new LinkedHashMap<>();
    private final Map<Path, ReadSoFar> places = new HashMap<>();

    private FollowedLog(Path path, NameMap names) {
        this.path = path;
        this.names = names;
    }

    /// Where the reading of a file has come to.
    private static final class ReadSoFar {
        private long position;
        private SourceReader.Pieces pieces;
    }

    /// A log to follow; nothing is read yet.
    ///
    /// @throws IllegalArgumentException if there is no log, or one of a kind that is not written piece by piece
    public static FollowedLog open(Path path, NameMap names) {
        List<LogSource> sources = LogFolder.sources(path);
        boolean none = sources.stream().noneMatch(FollowedLog::grows);
        ZipFolder.close(sources);
        if (none) {
            throw new IllegalArgumentException(
                    path + " cannot be followed; event files, CSV, JSONL and printed text can, unpacked");
        }
        return new FollowedLog(path, names);
    }

    private static boolean grows(LogSource source) {
        return source.kind().format().reader() instanceof SourceReader.Growing
                && source.files().stream().allMatch(FollowedLog::plain);
    }

    private static boolean plain(Path file) {
        try {
            return file.getFileSystem() == FileSystems.getDefault() && Unpacked.plain(file);
        } catch (IOException _) {
            return false;
        }
    }

    /// Reads what was added; the number of values that came.
    ///
    /// @throws UncheckedIOException if a file cannot be read
    public long advance() {
        long before = received();
        long forgotten = 0;
        for (LogSource source : LogFolder.sources(path)) {
            if (!grows(source)) {
                continue;
            }
            try {
                forgotten += forgetShortened(source);
                for (Path file : source.files()) {
                    advance(source, file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot follow " + source.name() + ": " + e.getMessage(), e);
            }
        }
        return received() - before + forgotten;
    }

    private long received() {
        return sources.values().stream().mapToLong(CollectedRuns::received).sum();
    }

    /// Forgets all of a source of which a file has become shorter; the values it had given.
    private long forgetShortened(LogSource source) throws IOException {
        for (Path file : source.files()) {
            if (places.containsKey(file) && Files.size(file) < places.get(file).position) {
                source.files().forEach(places::remove);
                return sources.remove(source.name()).received();
            }
        }
        return 0;
    }

    private void advance(LogSource source, Path file) throws IOException {
        CollectedRuns runs =
                sources.computeIfAbsent(source.name(), name -> new CollectedRuns(name, names, Limits.DEFAULT));
        ReadSoFar place = places.computeIfAbsent(file, _ -> new ReadSoFar());
        if (place.pieces == null && source.kind().format().reader() instanceof SourceReader.Growing growing) {
            place.pieces = growing.of(file, runs);
        }
        place.position = place.pieces.read(place.position, true);
    }

    /// The runs as far as they were read, see [LogReader#read].
    ///
    /// @throws IllegalArgumentException if it is open which tag is the loss
    public List<RunLog> runs() {
        List<RunLog> logs = new ArrayList<>();
        for (CollectedRuns runs : sources.values()) {
            LogReader.logs(runs).stream().filter(log -> log.rows() > 0).forEach(logs::add);
        }
        return logs;
    }
}
