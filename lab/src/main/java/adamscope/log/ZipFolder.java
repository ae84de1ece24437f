package adamscope.log;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A zip as a folder.
final class ZipFolder {
    private ZipFolder() {}

    static boolean is(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Unpacked.begins(in.readNBytes(4), 'P', 'K', 3, 4);
        }
    }

    /// Its root, to be closed by [#close].
    static Path open(Path file) throws IOException {
        try {
            FileSystem zip = FileSystems.newFileSystem(file);
            return zip.getRootDirectories().iterator().next();
        } catch (IOException | RuntimeException e) {
            throw new IOException("as a zip it is damaged: " + e.getMessage(), e);
        }
    }

    /// Closes the zips that sources lie in.
    static void close(List<LogSource> sources) {
        sources.stream()
                .map(source -> source.files().getFirst().getFileSystem())
                .filter(files -> files != FileSystems.getDefault())
                .distinct()
                .forEach(ZipFolder::close);
    }

    private static void close(FileSystem zip) {
        try {
            zip.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
