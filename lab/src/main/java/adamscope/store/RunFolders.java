package adamscope.store;

import adamscope.experiment.Experiment;
import adamscope.experiment.ExperimentText;
import adamscope.experiment.Reproduction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
        if (folder.toString().isEmpty()) {
            throw new IllegalArgumentException("--out has no value; name a folder");
        }
        SqlText.refuseUnreadable(folder);
        if (!Files.exists(folder)) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("--out " + folder + " is a file; choose a folder");
        }
        try (Stream<Path> inside = Files.list(folder)) {
            if (inside.findAny().isPresent()) {
                throw new IllegalArgumentException(
                        "--out " + folder + " is not empty, and nothing is ever written over; choose another folder");
            }
        } catch (IOException e) {
            throw ResultStore.unwritable(folder, e);
        }
    }

    static Path claim(Path folder) {
        refuseTaken(folder);
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw ResultStore.unwritable(folder, e);
        }
    }

    /// `phase-adam-3f9a2c-1` below `parent`: command, optimizer, a digest of the experiment, the first number that is
    // free.
    static Path fresh(Path parent, String command, Experiment experiment) {
        String name = command + "-" + subject(experiment) + "-" + digest(experiment);
        try {
            Files.createDirectories(parent);
            for (int number = 1; ; number++) {
                try {
                    return Files.createDirectory(parent.resolve(name + "-" + number));
                } catch (FileAlreadyExistsException _) {
                    continue;
                }
            }
        } catch (IOException e) {
            throw ResultStore.unwritable(parent.resolve(name), e);
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
