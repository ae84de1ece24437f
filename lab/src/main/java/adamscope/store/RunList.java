package adamscope.store;

import adamscope.experiment.Experiment;
import adamscope.experiment.ExperimentText;
import adamscope.experiment.Sweep;
import adamscope.text.FileReason;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// The runs below a results folder.
public final class RunList {
    /// Folders of folders of runs are looked into, deeper ones are not.
    private static final int DEEPEST = 4;

    private RunList() {}

    /// How far a run came.
    public enum State {
        /// It came to its end.
        COMPLETE,
        /// It began and did not end; a sweep can be continued.
        UNFINISHED,
        /// Another process is at work in it.
        RUNNING,
        /// Its experiment is none.
        DAMAGED,
        /// The disk, or a permission, keeps its files from being read.
        UNREADABLE
    }

    /// One run.
    ///
    /// @param kind      of the experiment; empty if it cannot be read
    /// @param optimizer or what else it is about
    /// @param start     when it began
    /// @param shards    of an unfinished sweep: which are complete, in words; empty: none, or it has none
    /// @param bytes     of all its files; empty where one cannot be looked at
    public record Entry(
            Path folder, String kind, String optimizer, Instant start, State state, String shards, OptionalLong bytes) {
        /// Whether its experiment is known.
        public boolean isRead() {
            return state != State.DAMAGED && state != State.UNREADABLE;
        }

        /// How far it came, in a word.
        public String word() {
            return state.name().toLowerCase(Locale.ROOT);
        }

        /// The same, of a sweep with shards which are complete.
        public String stateWords() {
            return shards.isEmpty() ? word() : shards;
        }

        /// `831 B`, `4.2 MB`
        public String size() {
            if (bytes.isEmpty()) {
                return "?";
            }
            double shown = bytes.getAsLong();
            if (shown < 1000) {
                return bytes.getAsLong() + " B";
            }
            int unit = 0;
            while (shown >= 999.5 && unit < 4) {
                shown /= 1000;
                unit++;
            }
            return String.format(Locale.ROOT, "%.3g %sB", shown, " kMGT".charAt(unit));
        }
    }

    /// Every run below a folder, or the folder itself, in order of their paths.
    ///
    /// @throws IllegalArgumentException if there is no such folder
    public static List<Entry> of(Path folder) {
        return folders(folder).stream().map(RunList::entry).toList();
    }

    /// The folders of the runs.
    public static List<Path> folders(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("no folder " + folder);
        }
        List<Path> found = new ArrayList<>();
        collect(folder, 0, found);
        return found;
    }

    /// Whether a folder is that of a run.
    public static boolean isRun(Path folder) {
        return Files.isRegularFile(folder.resolve(ResultStore.EXPERIMENT));
    }

    private static void collect(Path folder, int depth, List<Path> found) {
        if (isRun(folder)) {
            found.add(folder);
        } else if (depth < DEEPEST && (depth == 0 || Files.isReadable(folder))) {
            try (Stream<Path> inside = Files.list(folder)) {
                inside.filter(Files::isDirectory).sorted().forEach(inner -> collect(inner, depth + 1, found));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot list " + folder + ": " + FileReason.of(e), e);
            }
        }
    }

    /// One that cannot be read is listed as such beside the others.
    static Entry entry(Path folder) {
        Instant start = Instant.EPOCH;
        try {
            Path file = folder.resolve(ResultStore.EXPERIMENT);
            Path provenance = folder.resolve(ResultStore.PROVENANCE);
            boolean complete = Files.isRegularFile(provenance);
            start = Files.getLastModifiedTime(file).toInstant();
            Experiment experiment = ExperimentText.read(file.toString(), Files.readString(file), file.getParent());
            if (complete) {
                start = Provenance.fromJson(new ObjectMapper().readTree(Files.readString(provenance)))
                        .start();
            }
            State state = state(folder);
            String shards = state == State.UNFINISHED && experiment instanceof Sweep sweep
                    ? ShardTiles.complete(folder, sweep.space().points())
                    : "";
            return new Entry(
                    folder, experiment.kind(), RunFolders.subject(experiment), start, state, shards, bytes(folder));
        } catch (IOException | RuntimeException e) {
            State state = isKeptFromReading(e) ? State.UNREADABLE : State.DAMAGED;
            return new Entry(folder, "", "", start, state, "", bytes(folder));
        }
    }

    private static boolean isKeptFromReading(Exception e) {
        return FileReason.isOfTheMachine(e)
                || Stream.iterate((Throwable) e, Objects::nonNull, Throwable::getCause)
                        .anyMatch(cause -> cause instanceof AccessDeniedException
                                || "Permission denied".equals(cause.getMessage()));
    }

    /// How far the run of a folder came whose experiment can be read.
    public static State state(Path folder) {
        return Files.isRegularFile(folder.resolve(ResultStore.PROVENANCE))
                ? State.COMPLETE
                : FolderLock.isTaken(folder) ? State.RUNNING : State.UNFINISHED;
    }

    private static OptionalLong bytes(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            // a file that another process takes away meanwhile counts as nothing
            return OptionalLong.of(files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum());
        } catch (IOException | UncheckedIOException _) {
            return OptionalLong.empty();
        }
    }
}
