package adamscope.store;

import adamscope.data.AtomicFile;
import adamscope.text.FileReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A file that says in its name what it holds and which bytes it has: `000000016384-16384.SHA256.parquet`.
///
/// @param tile   the name of the tile
/// @param sha256 of the bytes, 64 hexadecimal digits
record TileFile(Path path, String tile, String sha256) {
    /// The end of the name of a file that is being written.
    static final String PART = ".part";

    private static final Pattern NAME = Pattern.compile("([a-z0-9-]+)\\.([0-9a-f]{64})\\.parquet");

    private static final Pattern FROM = Pattern.compile("([0-9]{12,18})-[0-9]+[.](?:[0-9a-f]{64}[.]parquet|part)");

    /// The tile that a file claims to be.
    static Optional<TileFile> of(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        return name.matches() ? Optional.of(new TileFile(file, name.group(1), name.group(2))) : Optional.empty();
    }

    /// The first point of the tile that a file claims to be, or to become; empty of a tile of chosen points and of
    /// anything else.
    static OptionalLong from(Path file) {
        Matcher name = FROM.matcher(file.getFileName().toString());
        return name.matches() ? OptionalLong.of(Long.parseLong(name.group(1))) : OptionalLong.empty();
    }

    /// The files of a folder in order of their names; none where there is no folder.
    static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    /// Whether the bytes are those that the name promises.
    boolean isSound() {
        return sha256(path).equals(sha256);
    }

    /// Writes a file onto the disk.
    interface Writing {
        /// @return SHA-256 of its bytes
        String to(Path part) throws IOException;
    }

    /// Writes a tile: first beside its place, onto the disk, then under its name.
    static Path write(Path folder, String tile, Writing writing) {
        Path part = folder.resolve(tile + PART);
        try {
            try {
                Path whole = folder.resolve(tile + "." + writing.to(part) + ".parquet");
                Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
                AtomicFile.force(folder, StandardOpenOption.READ);
                return whole;
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw ResultStore.unwritable(part, e);
        }
    }

    static String sha256(Path file) {
        try (InputStream bytes = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + FileReason.of(e), e);
        }
    }
}
