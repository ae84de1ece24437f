package adamscope.text;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// Why a file cannot be read or written, for a message that has named the file: without its path and without the name
/// of a
/// class.
public final class FileReason {
    private FileReason() {}

    /// `permission denied`, `No space left on device`.
    public static String of(IOException failure) {
        return switch (failure) {
            case CharacterCodingException _ -> "it is not UTF-8 text";
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException _ -> "a file of that name is in the way";
            case NoSuchFileException _ -> "the place does not exist";
            case FileSystemException f when f.getReason() != null -> f.getReason();
            default -> failure.getMessage() == null ? failure.toString() : failure.getMessage();
        };
    }
}
