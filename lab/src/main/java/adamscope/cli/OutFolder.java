package adamscope.cli;

import adamscope.data.AtomicFile;
import adamscope.store.RunFolders;
import adamscope.text.FileReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/// The folder of several files that an `--out` names: there with all of them, or not there.
///
/// The files go into a folder `.NAME.part` beside it, which takes the name in one step; into one inside where the
/// folder is there already, from which they are moved one by one. What a process left of it that was killed meanwhile
/// is taken away by the next one.
final class OutFolder {
    /// Writes the files.
    interface Content {
        void writeTo(Path folder) throws IOException;
    }

    private OutFolder() {}

    /// Writes the folder.
    ///
    /// @throws IllegalArgumentException if it is there and holds something
    /// @throws UncheckedIOException     if it cannot be written; nothing of it is left
    static void write(Path folder, Content content) {
        RunFolders.refuseTaken(folder);
        Path place = folder.toAbsolutePath().normalize();
        Path part = (Files.isDirectory(place) ? place : place.getParent()).resolve("." + place.getFileName() + ".part");
        try {
            remove(part);
            Files.createDirectories(part);
            content.writeTo(part);
            if (part.getParent().equals(place)) {
                for (Path file : inside(part)) {
                    Files.move(file, place.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
                }
                remove(part);
            } else {
                Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            try {
                remove(part);
            } catch (IOException also) {
                e.addSuppressed(also);
            }
            throw new UncheckedIOException("cannot write " + folder + ": " + FileReason.of(e), e);
        }
    }

    /// Writes a text in such a folder.
    static void write(Path folder, String name, String text) throws IOException {
        AtomicFile.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }

    private static void remove(Path part) throws IOException {
        if (Files.exists(part)) {
            for (Path file : inside(part)) {
                Files.delete(file);
            }
            Files.delete(part);
        }
    }

    private static List<Path> inside(Path part) throws IOException {
        try (Stream<Path> files = Files.list(part)) {
            return files.toList();
        }
    }
}
