package adamscope.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A new file whose bytes, the lowest of a number first, are hashed on their way to it.
final class HashedFile implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final FileChannel channel;
    private final MessageDigest digest;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    private long written;

    HashedFile(Path file) throws IOException {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    /// Bytes written so far.
    long position() {
        return written + buffer.position();
    }

    /// Where the next `bytes` bytes, a few, go.
    ByteBuffer next(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            flush();
        }
        return buffer;
    }

    void write(byte[] bytes) throws IOException {
        for (int from = 0; from < bytes.length; ) {
            int part = Math.min(bytes.length - from, next(1).remaining());
            buffer.put(bytes, from, part);
            from += part;
        }
    }

    void write(double[] numbers, int count) throws IOException {
        for (int from = 0; from < count; ) {
            int part = Math.min(count - from, next(Double.BYTES).remaining() / Double.BYTES);
            buffer.asDoubleBuffer().put(numbers, from, part);
            buffer.position(buffer.position() + part * Double.BYTES);
            from += part;
        }
    }

    void write(long[] numbers) throws IOException {
        for (int from = 0; from < numbers.length; ) {
            int part = Math.min(numbers.length - from, next(Long.BYTES).remaining() / Long.BYTES);
            buffer.asLongBuffer().put(numbers, from, part);
            buffer.position(buffer.position() + part * Long.BYTES);
            from += part;
        }
    }

    private void flush() throws IOException {
        buffer.flip();
        digest.update(buffer.duplicate());
        written += buffer.limit();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    /// Ends the file and forces it to the disk.
    ///
    /// @return SHA-256 of all bytes, 64 hexadecimal digits
    String finish() throws IOException {
        flush();
        channel.force(true);
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
