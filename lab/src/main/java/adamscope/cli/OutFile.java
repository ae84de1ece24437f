package adamscope.cli;

import adamscope.data.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
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
            String reason = switch (e) {
                case AccessDeniedException _ -> "permission denied";
                case FileSystemException f when f.getReason() != null -> f.getReason();
                default -> e.getMessage();
            };
            throw new IllegalArgumentException("cannot write --out " + file + ": " + reason, e);
        }
    }
}
