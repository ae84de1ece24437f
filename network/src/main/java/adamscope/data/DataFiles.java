package adamscope.data;

import adamscope.text.FileReason;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Whole files in memory, with complaints that name them.
final class DataFiles {
    private static final int LARGEST = 1 << 30;

    private DataFiles() {}

    static byte[] bytes(Path file) {
        refuseMissing(file);
        try {
            if (Files.size(file) > LARGEST) {
                throw new IllegalArgumentException(
                        file + " has " + Files.size(file) + " bytes, allowed are " + LARGEST + "; take a part of it");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + file + ": " + FileReason.of(e), e);
        }
    }

    /// The first lines of a file with their ends.
    ///
    /// @param most so many; 0: all
    static byte[] lines(Path file, int most) {
        if (most == 0) {
            return bytes(file);
        }
        refuseMissing(file);
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            int lines = 0;
            for (int next = in.read(); next >= 0 && lines < most && read.size() < LARGEST; next = in.read()) {
                read.write(next);
                lines += next == '\n' ? 1 : 0;
            }
            return read.toByteArray();
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + file + ": " + FileReason.of(e), e);
        }
    }

    static void refuseMissing(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("no data file " + file);
        }
    }

    /// @throws IllegalArgumentException at the first byte that is no UTF-8
    static String text(String source, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        if (result.isError()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s, byte %d: 0x%02x, expected text in UTF-8",
                    source,
                    in.position(),
                    bytes[in.position()]));
        }
        return out.flip().toString();
    }
}
