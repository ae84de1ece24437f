package adamscope.log;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.tukaani.xz.XZInputStream;

/// The bytes of a file as its writer meant them: unpacked, and UTF-8 where it is UTF-16.
///
/// | first bytes | what is undone |
/// | --- | --- |
/// | `1f 8b` | gzip |
/// | `28 b5 2f fd` | zstd |
/// | `42 5a 68` | bzip2 |
/// | `fd 37 7a 58 5a 00` | xz |
/// | `ff fe`, `fe ff`, or every second byte 0 | UTF-16, as Excel and PowerShell write it |
final class Unpacked {
    private static final int HEAD = 64;
    private static final int BUFFER = 1 << 16;

    /// Memory that an xz file may ask for.
    private static final int XZ_KIBIBYTES = 1 << 17;

    private Unpacked() {}

    private enum Packing {
        NONE,
        GZIP,
        ZSTD,
        BZIP2,
        XZ
    }

    /// Whether the bytes of the file are what is to be read, so that a reading can go on from a place in it.
    static boolean plain(Path file) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(HEAD);
        }
        return packing(head) == Packing.NONE && utf16(head).isEmpty();
    }

    /// The unpacked bytes.
    static InputStream open(Path file) throws IOException {
        InputStream packed = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        try {
            InputStream in = new BufferedInputStream(
                    switch (packing(head(packed))) {
                        case NONE -> packed;
                        case GZIP -> new GZIPInputStream(packed, BUFFER);
                        case ZSTD -> new ZstdInputStream(packed).setContinuous(true);
                        case BZIP2 -> new BZip2CompressorInputStream(packed, true);
                        case XZ -> new XZInputStream(packed, XZ_KIBIBYTES);
                    },
                    BUFFER);
            Optional<Charset> wide = utf16(head(in));
            return wide.isPresent() ? new Utf8Stream(in, wide.get()) : in;
        } catch (IOException | RuntimeException e) {
            packed.close();
            throw e instanceof IOException known ? known : new IOException("its compression is damaged", e);
        }
    }

    /// Up to so many of the first unpacked bytes; fewer if the file ends or is damaged before.
    static byte[] head(Path file, int most) throws IOException {
        byte[] head = new byte[most];
        int held = 0;
        try (InputStream in = open(file)) {
            while (held < most) {
                int read = in.read(head, held, most - held);
                if (read < 0) {
                    break;
                }
                held += read;
            }
        } catch (IOException e) {
            if (held == 0) {
                throw e;
            }
        }
        return java.util.Arrays.copyOf(head, held);
    }

    private static byte[] head(InputStream in) throws IOException {
        in.mark(HEAD);
        byte[] head = in.readNBytes(HEAD);
        in.reset();
        return head;
    }

    private static Packing packing(byte[] head) {
        if (begins(head, 0x1f, 0x8b)) {
            return Packing.GZIP;
        }
        if (begins(head, 0x28, 0xb5, 0x2f, 0xfd)) {
            return Packing.ZSTD;
        }
        if (begins(head, 'B', 'Z', 'h') && head.length > 3 && head[3] >= '1' && head[3] <= '9') {
            return Packing.BZIP2;
        }
        return begins(head, 0xfd, '7', 'z', 'X', 'Z', 0) ? Packing.XZ : Packing.NONE;
    }

    private static Optional<Charset> utf16(byte[] head) {
        if (begins(head, 0xff, 0xfe) || zeros(head, 1)) {
            return Optional.of(StandardCharsets.UTF_16LE);
        }
        return begins(head, 0xfe, 0xff) || zeros(head, 0) ? Optional.of(StandardCharsets.UTF_16BE) : Optional.empty();
    }

    /// Whether of each pair of bytes the one is 0 and the other a printable character.
    private static boolean zeros(byte[] head, int place) {
        for (int i = 0; i + 1 < head.length; i += 2) {
            byte other = head[i + 1 - place];
            if (head[i + place] != 0 || other < ' ' && other != '\n' && other != '\r' && other != '\t') {
                return false;
            }
        }
        return head.length >= 8;
    }

    static boolean begins(byte[] head, int... start) {
        for (int i = 0; i < start.length; i++) {
            if (i >= head.length || (head[i] & 0xFF) != start[i]) {
                return false;
            }
        }
        return true;
    }
}
