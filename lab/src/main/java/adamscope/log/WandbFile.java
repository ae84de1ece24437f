package adamscope.log;

import com.google.protobuf.CodedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.CRC32;

/// The log that W&B keeps of a run on its own disk, `run-ID.wandb`: the full history, which its site only samples.
///
/// A header of 7 bytes, then LevelDB's log format: blocks of 32,768 bytes, in each of them pieces with checksum (4
/// bytes), length (2), kind (1: whole, 2 first, 3 middle, 4 last). The checksum is CRC32 of kind and data, in some
/// versions LevelDB's masked CRC32C. Damage costs the rest of its block.
final class WandbFile {
    private static final int BLOCK = 32_768;
    private static final int PIECE_HEADER = 7;
    private static final int LONGEST_RECORD = 1 << 26;

    private final String file;
    private final RunPoints run;
    private final WandbRecord records;
    private final MaskedCrc masked = new MaskedCrc();
    private final CRC32 plain = new CRC32();
    private final ByteArrayOutputStream open = new ByteArrayOutputStream();
    private boolean begun;

    private WandbFile(String file, RunPoints run) {
        this.file = file;
        this.run = run;
        records = new WandbRecord(run);
    }

    static void read(Path path, RunPoints run) throws IOException {
        WandbFile file = new WandbFile(path.getFileName().toString(), run);
        try (FileWindow window = FileWindow.open(path, 0)) {
            int there = window.fill(BLOCK);
            if (there < PIECE_HEADER || window.int32(0) != 0x4226573A) {
                run.lost("W&B file without its header, " + path.getFileName() + "; read as far as it goes", 1);
            }
            int offset = PIECE_HEADER;
            while (there > 0) {
                file.block(window, Math.min(offset, there), there, there < BLOCK);
                window.skip(there);
                there = window.fill(BLOCK);
                offset = 0;
            }
        }
        if (file.begun) {
            run.lost("records of " + file.file + " are truncated at its end", 1);
        }
    }

    private void block(FileWindow window, int from, int to, boolean last) {
        int at = from;
        while (to - at >= PIECE_HEADER) {
            byte[] bytes = window.bytes();
            int start = window.start() + at;
            int length = bytes[start + 4] & 0xFF | (bytes[start + 5] & 0xFF) << 8;
            int kind = bytes[start + 6];
            int end = at + PIECE_HEADER + length;
            if (end > to && last) {
                run.lost("bytes at the end of " + file + " are a truncated record", to - at);
                begun = false;
                return;
            }
            if (end > to || kind < 1 || kind > 4 || !intact(bytes, start, length)) {
                run.lost("bytes of " + file + " are damaged and were passed over", to - at);
                begun = false;
                return;
            }
            piece(kind, bytes, start + PIECE_HEADER, length);
            at = end;
        }
    }

    private boolean intact(byte[] bytes, int start, int length) {
        int stated = bytes[start] & 0xFF
                | (bytes[start + 1] & 0xFF) << 8
                | (bytes[start + 2] & 0xFF) << 16
                | bytes[start + 3] << 24;
        plain.reset();
        plain.update(bytes, start + 6, length + 1);
        return stated == (int) plain.getValue() || stated == masked.of(bytes, start + 6, length + 1);
    }

    private void piece(int kind, byte[] bytes, int from, int length) {
        if (kind <= 2) {
            if (begun) {
                run.lost("records of " + file + " lack their end and were left out", 1);
            }
            open.reset();
            begun = true;
        } else if (!begun) {
            run.lost("pieces of " + file + " lack their beginning and were left out", 1);
            return;
        }
        if (open.size() + length > LONGEST_RECORD) {
            run.lost("records of " + file + " are longer than 64 MiB and were left out", 1);
            begun = false;
            return;
        }
        open.write(bytes, from, length);
        if (kind == 1 || kind == 4) {
            begun = false;
            try {
                records.read(CodedInputStream.newInstance(open.toByteArray()));
            } catch (IOException _) {
                run.lost("records of " + file + " are no records of W&B and were left out", 1);
            }
        }
    }
}
