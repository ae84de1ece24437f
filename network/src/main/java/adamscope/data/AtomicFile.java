package adamscope.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// A file that is there whole or not at all, also after a crash or a power cut.
///
/// The content goes into a sibling `.NAME.part`, is forced to the disk and takes the name in one step; then the folder
/// is forced too. Whoever reads `NAME` sees the old content or the new one.
public final class AtomicFile {
    /// Hears of every file that took its name or lost it, where it is bound: the states of a folder at which a process
    /// may be killed.
    public static final ScopedValue<Consumer<Path>> CHANGED = ScopedValue.newInstance();

    private static final String PART = ".part";

    /// Writes the content of a file.
    public interface Content {
        void writeTo(FileChannel channel) throws IOException;
    }

    /// Writes a file that is not yet at its place.
    public interface Writing {
        void to(Path part) throws IOException;
    }

    private AtomicFile() {}

    /// Writes these bytes as the file, in place of an older one.
    public static void write(Path file, byte[] content) throws IOException {
        write(file, channel -> {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        });
    }

    /// Writes `content` as the file, in place of an older one.
    public static void write(Path file, Content content) throws IOException {
        place(file, part -> {
            try (FileChannel channel = FileChannel.open(
                    part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                content.writeTo(channel);
            }
        });
    }

    /// Lets `writing` make the file beside its place, and puts it there in place of an older one.
    ///
    /// @throws FileSystemException if a folder or a device has the name, or there is no folder for the file
    public static void place(Path file, Writing writing) throws IOException {
        Path target = target(file);
        Path part = target.resolveSibling("." + target.getFileName() + PART);
        try {
            writing.to(part);
            force(part, StandardOpenOption.WRITE);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | RuntimeException | Error e) {
            try {
                Files.deleteIfExists(part);
            } catch (IOException also) {
                e.addSuppressed(also);
            }
            throw e;
        }
        force(target.getParent(), StandardOpenOption.READ);
        changed(file);
    }

    /// Where the file lies, behind links. What is no file, such as /dev/null, is never replaced by one.
    private static Path target(Path file) throws IOException {
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            throw new FileSystemException(
                    file.toString(), null, Files.isDirectory(target) ? "it is a folder" : "it is a device, not a file");
        }
        if (!Files.isDirectory(target.getParent())) {
            throw new FileSystemException(file.toString(), null, "there is no folder " + target.getParent());
        }
        return target;
    }

    /// Deletes a file, if it is there.
    public static void delete(Path file) throws IOException {
        if (Files.deleteIfExists(file)) {
            changed(file);
        }
    }

    /// Deletes what a process that was killed had begun to write in a folder.
    public static void deleteParts(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> parts = files.filter(AtomicFile::isPart).toList();
            for (Path part : parts) {
                Files.deleteIfExists(part);
            }
        }
    }

    /// Whether a file is one that was begun to be written, and no more.
    public static boolean isPart(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(".") && name.endsWith(PART);
    }

    /// Waits until what was written is on the disk; of a folder, the names in it.
    public static void force(Path place, StandardOpenOption mode) throws IOException {
        try (FileChannel channel = FileChannel.open(place, mode)) {
            channel.force(true);
        }
    }

    private static void changed(Path file) {
        if (CHANGED.isBound()) {
            CHANGED.get().accept(file);
        }
    }
}
