package adamscope.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/// A zip as a folder.
final class ZipFolder {
    private ZipFolder() {}

    static boolean is(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Unpacked.begins(in.readNBytes(4), 'P', 'K', 3, 4);
        }
    }

    /// Its root; open until the program ends, for the files in it are read later.
    static Path open(Path file) throws IOException {
        try {
            FileSystem zip = FileSystems.newFileSystem(file);
            return zip.getRootDirectories().iterator().next();
        } catch (IOException | RuntimeException e) {
            throw new IOException("as a zip it is damaged: " + e.getMessage(), e);
        }
    }
}
