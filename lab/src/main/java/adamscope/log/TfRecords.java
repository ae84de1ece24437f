package adamscope.log;

import java.io.IOException;
import java.nio.file.Path;

/// The frames of a TFRecord file: length in 8 bytes, its masked CRC32C, the record, its masked CRC32C.
///
/// After damage the next place is sought whose eight bytes and checksum fit together, so that one bad byte costs one
/// record.
final class TfRecords {
    /// No record of scalars comes near; larger ones are passed over in pieces.
    private static final int LONGEST = 1 << 26;

    private static final int HEADER = 12;
    private static final int FOOTER = 4;

    private TfRecords() {}

    /// Takes the bytes of one record.
    interface Sink {
        void accept(byte[] bytes, int from, int length);
    }

    /// Reads all whole records.
    ///
    /// @param from    where to begin, the return value of the last call or 0
    /// @param growing whether a record that is cut at the end may still be completed
    /// @return the place behind the last record that was read
    static long read(Path file, long from, boolean growing, RunPoints run, Sink sink) throws IOException {
        MaskedCrc crc = new MaskedCrc();
        try (FileWindow window = FileWindow.open(file, from)) {
            long passedOver = 0;
            while (true) {
                int there = window.fill(HEADER);
                if (there < HEADER) {
                    run.lost(
                            "bytes at the end of " + file.getFileName() + " are a truncated record",
                            growing ? 0 : there);
                    break;
                }
                long length = window.int64(0);
                if (length <= 0 || length >> 48 != 0 || crc.of(window.bytes(), window.start(), 8) != window.int32(8)) {
                    window.skip(1);
                    passedOver++;
                    continue;
                }
                if (length > LONGEST) {
                    run.lost("records of " + file.getFileName() + " are longer than 64 MiB and were left out", 1);
                    if (!passed(window, HEADER + length + FOOTER)) {
                        break;
                    }
                    continue;
                }
                int whole = HEADER + (int) length + FOOTER;
                if (window.fill(whole) < whole) {
                    run.lost(
                            "bytes at the end of " + file.getFileName() + " are a truncated record",
                            growing ? 0 : window.held());
                    break;
                }
                if (crc.of(window.bytes(), window.start() + HEADER, (int) length) == window.int32(whole - FOOTER)) {
                    sink.accept(window.bytes(), window.start() + HEADER, (int) length);
                } else {
                    run.lost("records of " + file.getFileName() + " have a wrong checksum and were left out", 1);
                }
                window.skip(whole);
            }
            run.lost("bytes of " + file.getFileName() + " are damaged and were passed over", passedOver);
            return window.position();
        }
    }

    private static boolean passed(FileWindow window, long bytes) throws IOException {
        long left = bytes;
        while (left > 0) {
            int there = window.fill((int) Math.min(left, 1 << 20));
            if (there == 0) {
                return false;
            }
            window.skip(there);
            left -= there;
        }
        return true;
    }

    /// Whether a file begins with a frame.
    static boolean begins(byte[] head) {
        if (head.length < HEADER) {
            return false;
        }
        var buffer = java.nio.ByteBuffer.wrap(head).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        return new MaskedCrc().of(head, 0, 8) == buffer.getInt(8);
    }
}
