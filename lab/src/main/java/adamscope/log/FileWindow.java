package adamscope.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A stretch of a file, unpacked, in memory that moves forward, for files larger than the memory.
final class FileWindow implements AutoCloseable {
    private static final int READ_AHEAD = 1 << 20;

    private final ReadableByteChannel file;
    private final boolean packed;
    private ByteBuffer window = ByteBuffer.allocate(READ_AHEAD).order(ByteOrder.LITTLE_ENDIAN);
    private int start;
    private int end;
    private long position;
    private Optional<String> damage = Optional.empty();

    private FileWindow(ReadableByteChannel file, boolean packed, long position) {
        this.file = file;
        this.packed = packed;
        this.position = position;
    }

    /// @param from where in the file to begin; of a packed file, only its start
    static FileWindow open(Path path, long from) throws IOException {
        if (Unpacked.plain(path)) {
            SeekableByteChannel file = Files.newByteChannel(path);
            file.position(from);
            return new FileWindow(file, false, from);
        }
        if (from != 0) {
            throw new IllegalStateException(path + " is packed and can be read from its start only");
        }
        return new FileWindow(Channels.newChannel(Unpacked.open(path)), true, 0);
    }

    /// Why a packed file could not be read to its end.
    Optional<String> damage() {
        return damage;
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
            int read = read();
            if (read < 0) {
                break;
            }
            end += read;
        }
        window.clear();
        return Math.min(wanted, end);
    }

    private int read() throws IOException {
        try {
            return damage.isEmpty() ? file.read(window) : -1;
        } catch (IOException | RuntimeException e) {
            if (!packed) {
                throw e;
            }
            damage = Optional.of(e.getMessage() + "");
            return -1;
        }
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

    @Override
    public void close() throws IOException {
        file.close();
    }
}
