package adamscope.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/// A stretch of a file in memory that moves forward, for files larger than the memory.
final class FileWindow implements AutoCloseable {
    private static final int READ_AHEAD = 1 << 20;

    private final FileChannel file;
    private ByteBuffer window = ByteBuffer.allocate(READ_AHEAD).order(ByteOrder.LITTLE_ENDIAN);
    private int start;
    private int end;
    private long position;

    private FileWindow(FileChannel file, long position) {
        this.file = file;
        this.position = position;
    }

    static FileWindow open(Path path, long from) throws IOException {
        return new FileWindow(FileChannel.open(path, StandardOpenOption.READ), from);
    }

    /// Bytes from the start of the file to the start of the window.
    long position() {
        return position;
    }

    /// How many bytes can be had from here on: `wanted`, or less at the end of the file.
    int fill(int wanted) throws IOException {
        if (end - start >= wanted) {
            return wanted;
        }
        byte[] kept = window.array();
        if (wanted > kept.length) {
            window =
                    ByteBuffer.wrap(new byte[Math.max(wanted, 2 * kept.length)]).order(ByteOrder.LITTLE_ENDIAN);
        }
        System.arraycopy(kept, start, window.array(), 0, end - start);
        end -= start;
        start = 0;
        while (end < wanted) {
            window.limit(window.capacity()).position(end);
            int read = file.read(window, position + end);
            if (read < 0) {
                break;
            }
            end += read;
        }
        window.clear();
        return Math.min(wanted, end);
    }

    /// As many bytes as the window holds by now.
    int held() {
        return end - start;
    }

    byte[] bytes() {
        return window.array();
    }

    /// Where in [#bytes()] the window starts.
    int start() {
        return start;
    }

    int int32(int offset) {
        return window.getInt(start + offset);
    }

    long int64(int offset) {
        return window.getLong(start + offset);
    }

    /// Moves the window forward over bytes that it holds.
    void skip(int bytes) {
        if (bytes > held()) {
            throw new IllegalStateException("a window of " + held() + " bytes cannot skip " + bytes);
        }
        start += bytes;
        position += bytes;
    }

    /// A copy of some bytes from the start of the window.
    byte[] copy(int from, int to) {
        return Arrays.copyOfRange(window.array(), start + from, start + to);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
