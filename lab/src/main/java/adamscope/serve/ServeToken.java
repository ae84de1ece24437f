package adamscope.serve;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;

/// The secret in the address: made once for a folder of runs and kept there for its owner alone, so that a page finds
/// the server again that was started anew.
final class ServeToken {
    private static final String FILE = ".serve-token";
    private static final int BYTES = 24;
    private static final int LETTERS = 32;
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private ServeToken() {}

    /// The token of a folder; one for this time where the folder cannot keep any.
    static String of(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            if (isKept(file)) {
                return Files.readString(file).strip();
            }
            Files.deleteIfExists(file);
            String token = fresh();
            FileAttribute<?>[] attributes = isPosix()
                    ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)}
                    : new FileAttribute<?>[0];
            try (var out = Files.newByteChannel(
                    file, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
                out.write(java.nio.ByteBuffer.wrap((token + "\n").getBytes(StandardCharsets.US_ASCII)));
            }
            return token;
        } catch (IOException _) {
            return fresh();
        }
    }

    /// Whether a token lies there that nobody else can read.
    private static boolean isKept(Path file) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && Files.size(file) == LETTERS + 1
                && (!isPosix() || OWNER.containsAll(Files.getPosixFilePermissions(file)))
                && Files.readString(file, StandardCharsets.ISO_8859_1).matches("[A-Za-z0-9_-]{" + LETTERS + "}\n");
    }

    private static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    private static String fresh() {
        byte[] chance = new byte[BYTES];
        new SecureRandom().nextBytes(chance);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(chance);
    }
}
