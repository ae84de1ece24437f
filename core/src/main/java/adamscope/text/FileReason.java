package adamscope.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/// Why a file cannot be read or written, for a message that has named the file: without its path and without the name
/// of a class.
public final class FileReason {
    /// What the system says (`strerror`) where no other file and no other place would have been right.
    private static final Set<String> OF_THE_MACHINE = Set.of(
            "Input/output error",
            "Remote I/O error",
            "No space left on device",
            "Disk quota exceeded",
            "Read-only file system",
            "Too many open files",
            "Cannot allocate memory",
            "Stale file handle",
            "No locks available",
            "Transport endpoint is not connected",
            "Connection timed out",
            "Device or resource busy",
            "No such device");

    private FileReason() {}

    /// Whether the machine failed, not the name of a file or what is in it: a full disk, an error of the device, no
    /// descriptor left.
    public static boolean isOfTheMachine(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .map(Throwable::getMessage)
                .filter(Objects::nonNull)
                .anyMatch(message -> OF_THE_MACHINE.stream().anyMatch(message::contains));
    }

    /// What to say of a failure: the message it was given, which names the file, or the file and the reason where it
    /// has none but that of its cause, as what comes of a listing.
    public static String sentence(UncheckedIOException failure) {
        return sentence(failure.getCause(), failure.getMessage());
    }

    /// The same of a failure with that message.
    public static String sentence(IOException cause, String message) {
        boolean own = message != null
                && !message.isBlank()
                && !message.equals(cause.toString())
                && !message.equals(cause.getMessage());
        if (own) {
            return message;
        }
        String place = cause instanceof FileSystemException file && file.getFile() != null ? file.getFile() + ": " : "";
        return place + of(cause);
    }

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
