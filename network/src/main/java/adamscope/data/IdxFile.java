package adamscope.data;

import adamscope.text.FileReason;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// The IDX format of MNIST and its relatives: unsigned bytes in an array of any rank, packed with gzip or not.
///
/// Two zero bytes, the type (8: unsigned byte), the rank, each extent as a big-endian 32-bit integer, then the bytes,
/// last index fastest (Y. LeCun, THE MNIST DATABASE, "the IDX file format").
///
/// @param shape the extents that were read; the first may be smaller than in the file
/// @param bytes the values, to be read unsigned
public record IdxFile(int[] shape, byte[] bytes) {
    private static final int UNSIGNED_BYTE = 8;
    private static final int ALL = -1;

    /// All items of a file.
    ///
    /// @throws IllegalArgumentException as [#read(Path, int, int)]
    public static IdxFile read(Path file, int rank) {
        return read(file, rank, ALL);
    }

    /// The first `count` items of a file.
    ///
    /// @throws IllegalArgumentException if the file is missing, is no IDX file of that rank, is cut short or has
    ///                                  fewer items; the message names file, offset and what was expected there
    public static IdxFile read(Path file, int rank, int count) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("no data file " + file);
        }
        try (InputStream stream = Files.newInputStream(file)) {
            return read(file.toString(), stream, rank, count);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + file + ": " + FileReason.of(e), e);
        }
    }

    /// The first `count` items of a stream; `source` names it in errors.
    ///
    /// @throws IllegalArgumentException as [#read(Path, int, int)]
    public static IdxFile read(String source, InputStream stream, int rank, int count) throws IOException {
        try {
            return new IdxStream(source, unpacked(stream)).read(rank, count);
        } catch (ZipException | EOFException e) {
            throw new IllegalArgumentException(
                    source + ": the gzip data are damaged or cut short: " + e.getMessage(), e);
        }
    }

    private static InputStream unpacked(InputStream stream) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(stream);
        buffered.mark(2);
        boolean gzip = buffered.read() == 0x1f && buffered.read() == 0x8b;
        buffered.reset();
        return gzip ? new GZIPInputStream(buffered) : buffered;
    }

    private static final class IdxStream {
        private final String source;
        private final InputStream stream;
        private long offset;

        IdxStream(String source, InputStream stream) {
            this.source = source;
            this.stream = stream;
        }

        IdxFile read(int rank, int wanted) throws IOException {
            int magic = integer("the magic number of an IDX file");
            if (magic != (UNSIGNED_BYTE << 8 | rank)) {
                throw fault(
                        0,
                        String.format(
                                Locale.ROOT,
                                "the magic number is 0x%08x, expected 0x%08x (unsigned bytes, rank %d)",
                                magic,
                                UNSIGNED_BYTE << 8 | rank,
                                rank));
            }
            int[] shape = new int[rank];
            long size = 1;
            for (int axis = 0; axis < rank; axis++) {
                shape[axis] = integer("extent " + (axis + 1) + " of " + rank);
                if (shape[axis] < 1 || (axis > 0 && shape[axis] > 1 << 16)) {
                    throw fault(
                            offset - 4,
                            "extent " + (axis + 1) + " is " + shape[axis] + ", expected 1 to "
                                    + (axis > 0 ? 1 << 16 : Integer.MAX_VALUE));
                }
                size *= axis > 0 ? shape[axis] : 1;
            }
            int items = shape[0];
            int count = wanted == ALL ? shape[0] : wanted;
            if (count < 1 || count > shape[0]) {
                throw new IllegalArgumentException(count + " items are asked of " + source + ", which has " + shape[0]
                        + "; allowed are 1 to " + shape[0]);
            }
            shape[0] = count;
            if (size * count > Integer.MAX_VALUE - 8) {
                throw new IllegalArgumentException(
                        source + ": " + count + " items of " + size + " bytes are more than an array can hold");
            }
            IdxFile read = new IdxFile(shape, exactly((int) (size * count), count + " items of " + size + " bytes"));
            end(size * (items - count));
            return read;
        }

        /// Reads on to the end, where gzip has its checksum.
        private void end(long left) throws IOException {
            byte[] passed = new byte[1 << 16];
            long rest = left;
            while (rest > 0) {
                int read = stream.read(passed, 0, (int) Math.min(passed.length, rest));
                if (read < 0) {
                    throw fault(offset + left - rest, "the data end here; expected " + rest + " bytes more");
                }
                rest -= read;
            }
            if (stream.read() >= 0) {
                throw fault(offset + left, "the file goes on here; its extents end here");
            }
        }

        private int integer(String what) throws IOException {
            return ByteBuffer.wrap(exactly(4, what)).getInt();
        }

        private byte[] exactly(int length, String what) throws IOException {
            byte[] read = stream.readNBytes(length);
            if (read.length < length) {
                throw fault(
                        offset + read.length,
                        "the data end here; expected " + what + ", " + (length - read.length) + " bytes more");
            }
            offset += length;
            return read;
        }

        private IllegalArgumentException fault(long at, String problem) {
            return new IllegalArgumentException(source + ", byte " + at + ": " + problem);
        }
    }
}
