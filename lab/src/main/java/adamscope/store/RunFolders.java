package adamscope.store;

import adamscope.data.AtomicFile;
import adamscope.experiment.Differences;
import adamscope.experiment.Experiment;
import adamscope.experiment.ExperimentText;
import adamscope.experiment.Reproduction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Places for runs; one that holds results is never given out again.
public final class RunFolders {
    /// Where runs live that were not told where.
    static final Path DEFAULT = Path.of("runs");

    private RunFolders() {}

    /// Refuses a folder that holds anything; nothing is made. For a check before `--out` is used.
    ///
    /// @throws IllegalArgumentException that names the folder
    public static void refuseTaken(Path folder) {
        if (!isEmpty(folder)) {
            throw taken(folder);
        }
    }

    /// Refuses a folder that holds anything but an index and some of these runs, made by an earlier call.
    ///
    /// @throws IllegalArgumentException that names the folder
    public static void refuseTaken(Path folder, List<String> runs) {
        if (isEmpty(folder)) {
            return;
        }
        try (Stream<Path> inside = Files.list(folder)) {
            if (!inside.map(file -> file.getFileName().toString())
                    .allMatch(name -> name.equals("index.html") || runs.contains(name))) {
                throw taken(folder);
            }
        } catch (IOException e) {
            throw ResultStore.unwritable(folder, e);
        }
    }

    /// Refuses a folder that holds anything but a run of this very experiment that was cut off.
    static void refuseOther(Path folder, Experiment experiment) {
        if (isEmpty(folder)) {
            return;
        }
        Path file = folder.resolve(ResultStore.EXPERIMENT);
        if (!Files.isRegularFile(file)) {
            throw taken(folder);
        }
        boolean complete = Files.exists(folder.resolve(ResultStore.PROVENANCE));
        ResultStore run = complete ? ResultStore.open(folder) : ResultStore.resume(folder, List.of());
        String there = ExperimentText.write(run.experiment(), folder);
        String here = ExperimentText.write(experiment, folder);
        if (!there.equals(here)) {
            throw new IllegalArgumentException(
                    "--out " + folder + " holds " + (complete ? "a complete" : "an unfinished")
                            + " run of another experiment, and nothing is ever written over: "
                            + Differences.between(there, here) + "; choose another folder");
        }
        if (complete) {
            tidy(folder);
            throw new IllegalArgumentException(
                    "--out " + folder + " holds this very run, and it is complete; there is nothing to continue");
        }
    }

    /// Refuses a folder that holds anything but an import that was cut off.
    static void refuseUnlessFilling(Path folder) {
        boolean filling = Files.exists(folder.resolve(ResultStore.IMPORT))
                && !Files.exists(folder.resolve(ResultStore.EXPERIMENT));
        if (!isEmpty(folder) && !filling) {
            throw taken(folder);
        }
    }

    /// Takes away what a process left in a folder that was killed after the run was complete: its tiles and its lock.
    public static void tidy(Path folder) {
        boolean complete = Files.exists(folder.resolve(ResultStore.PROVENANCE));
        boolean left = Files.exists(folder.resolve(FolderLock.FILE)) || TileStore.isIn(folder);
        if (complete && left && !FolderLock.isTaken(folder)) {
            try (FolderLock _ = FolderLock.take(folder)) {
                if (Files.exists(folder.resolve(TilePlan.FILE))) {
                    TileStore.removeTiles(folder);
                }
            }
        }
    }

    private static IllegalArgumentException taken(Path folder) {
        String holds = Files.exists(folder.resolve(ResultStore.PROVENANCE))
                ? "holds a run that is complete"
                : Files.exists(folder.resolve(ResultStore.EXPERIMENT)) ? "holds an unfinished run" : "is not empty";
        return new IllegalArgumentException(
                "--out " + folder + " " + holds + ", and nothing is ever written over; choose another folder");
    }

    /// Whether nothing is in a folder, or nothing but what a process left that was killed before it had a run.
    private static boolean isEmpty(Path folder) {
        if (!Files.exists(readable(folder))) {
            return true;
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.allMatch(file -> AtomicFile.isPart(file)
                    || file.getFileName().toString().equals(FolderLock.FILE)
                    || TilePlan.isOne(file));
        } catch (IOException e) {
            throw ResultStore.unwritable(folder, e);
        }
    }

    /// The folder itself.
    ///
    /// @throws IllegalArgumentException if no run can be there
    static Path readable(Path folder) {
        if (folder.toString().isEmpty()) {
            throw new IllegalArgumentException("--out has no value; name a folder");
        }
        SqlText.refuseUnreadable(folder);
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IllegalArgumentException("--out " + folder + " is a file; choose a folder");
        }
        return folder;
    }

    static Path claim(Path folder, Experiment experiment) {
        refuseOther(folder, experiment);
        return made(folder);
    }

    static Path made(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw ResultStore.unwritable(folder, e);
        }
    }

    /// `phase-adam-3f9a2c` below `parent`: command, optimizer, a digest of the experiment.
    static Path name(Path parent, String command, Experiment experiment) {
        return parent.resolve(command + "-" + subject(experiment) + "-" + digest(experiment));
    }

    /// A folder of that name with `-1` or the first number that is free, or at which this experiment was cut off.
    ///
    /// @param taken   whether a folder is not to be gone on in
    /// @param entered what is made of a folder; refuses one that another process has taken meanwhile
    static <T> T fresh(Path name, Predicate<Path> taken, Function<Path, T> entered) {
        SqlText.refuseUnreadable(name);
        for (int number = 1; ; number++) {
            Path folder = name.resolveSibling(name.getFileName() + "-" + number);
            boolean made = !Files.exists(folder);
            if (!made && (Files.exists(folder.resolve(ResultStore.PROVENANCE)) || taken.test(folder))) {
                continue;
            }
            try {
                return entered.apply(made(folder));
            } catch (IllegalArgumentException e) {
                if (made) {
                    throw e;
                }
            } catch (UncheckedIOException e) {
                if (made) {
                    unmake(folder);
                }
                throw e;
            }
        }
    }

    /// Takes a folder away again in which nothing could be written, as on a full disk.
    private static void unmake(Path folder) {
        try {
            Files.deleteIfExists(folder.resolve(FolderLock.FILE));
            Files.deleteIfExists(folder);
        } catch (IOException _) {
            // What is in it was written: it stays, and is listed as what it is.
            return;
        }
    }

    /// `runs/reproduce-1`: a folder for several runs, the first number that is free.
    public static Path freshGroup(String name) {
        try {
            Files.createDirectories(DEFAULT);
            for (int number = 1; ; number++) {
                try {
                    return Files.createDirectory(DEFAULT.resolve(name + "-" + number));
                } catch (FileAlreadyExistsException _) {
                    continue;
                }
            }
        } catch (IOException e) {
            throw ResultStore.unwritable(DEFAULT.resolve(name), e);
        }
    }

    /// What a run is about: its optimizer, or the figure that it reproduces.
    static String subject(Experiment experiment) {
        return experiment instanceof Reproduction reproduction
                ? reproduction.id()
                : experiment.rules().getFirst().name();
    }

    private static String digest(Experiment experiment) {
        try {
            byte[] text = ExperimentText.write(experiment).getBytes(StandardCharsets.UTF_8);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
            return HexFormat.of().formatHex(digest, 0, 3);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
