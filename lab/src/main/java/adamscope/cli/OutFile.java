package adamscope.cli;

import adamscope.data.AtomicFile;
import adamscope.text.FileReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The one file that an `--out` names: whole or not there.
final class OutFile {
    private OutFile() {}

    /// Writes a text into a new file.
    ///
    /// @throws IllegalArgumentException if the file is there, or cannot be written; the message says why
    static void write(Path file, String text) {
        if (Files.exists(file)) {
            throw new IllegalArgumentException("--out " + file + (Files.isDirectory(file) ? " is a folder" : " exists")
                    + ", and nothing is ever written over; choose another file");
        }
        try {
            AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot write --out " + file + ": " + FileReason.of(e), e);
        }
    }
}
