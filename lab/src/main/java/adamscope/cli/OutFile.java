package adamscope.cli;

import adamscope.data.AtomicFile;
import adamscope.text.FileReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// The one file that an `--out` names: whole or not there.
final class OutFile {
    private OutFile() {}

    /// Writes a text.
    ///
    /// @throws IllegalArgumentException if the file cannot be written; the message says why
    static void write(Path file, String text) {
        try {
            AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot write --out " + file + ": " + FileReason.of(e), e);
        }
    }
}
