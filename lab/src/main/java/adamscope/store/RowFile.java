package adamscope.store;

import adamscope.probe.Measured;
import adamscope.table.Table;
import adamscope.text.FileReason;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;

/// Rows of a run in JSON Lines, appended as they come: `{"step":12,"loss":0.5,…}`, what is no number as `null`.
///
/// Quantities of the whole model have every bit, those of a layer (`name/layer`) the digits of single precision, and
/// are left out where they were not measured.
public final class RowFile implements AutoCloseable {
    private static final long FLUSHED_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final String STEP = "{\"step\":";

    private final Path file;
    private final FileChannel channel;
    private final StringBuilder waiting = new StringBuilder();
    private final List<String> prefixes = new ArrayList<>();
    private final List<Boolean> exact = new ArrayList<>();
    private final CRC32C sum;
    private long length;
    private long flushed = System.nanoTime();

    private RowFile(Path file, FileChannel channel, CRC32C sum, long length) {
        this.file = file;
        this.channel = channel;
        this.sum = sum;
        this.length = length;
    }

    /// The file with its rows up to a step; what follows is cut off. Made if need be.
    ///
    /// @param last the step; −1: no rows
    public static RowFile open(Path file, long last) {
        try {
            long end = Files.exists(file) ? end(file, last) : 0;
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.truncate(end);
            channel.position(end);
            return new RowFile(file, channel, sum(file, end), end);
        } catch (IOException e) {
            throw ResultStore.unwritable(file, e);
        }
    }

    /// Names the numbers of the rows to come.
    public void begin(List<Measured> columns) {
        columns.forEach(column -> {
            prefixes.add(",\"" + column.name() + "\":");
            exact.add(column.name().indexOf('/') < 0);
        });
    }

    /// Appends a row; it reaches the system within a second.
    public void append(long step, double[] values) {
        waiting.append(STEP).append(step);
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i]) && !exact.get(i)) {
                continue;
            }
            waiting.append(prefixes.get(i));
            if (!Double.isFinite(values[i])) {
                waiting.append("null");
            } else if (exact.get(i)) {
                waiting.append(values[i]);
            } else {
                float rounded = (float) values[i];
                if (Float.isFinite(rounded)) {
                    waiting.append(rounded);
                } else {
                    waiting.append(values[i]);
                }
            }
        }
        waiting.append("}\n");
        if (waiting.length() > 1 << 20 || System.nanoTime() - flushed > FLUSHED_NANOS) {
            flush();
        }
    }

    /// Brings every row to the disk.
    public void force() {
        flush();
        try {
            channel.force(true);
        } catch (IOException e) {
            throw ResultStore.unwritable(file, e);
        }
    }

    /// What the file is, for [#begins(Path, String)]: `4711 bytes, CRC32C 0a1b2c3d`.
    public String fingerprint() {
        flush();
        return fingerprint(length, sum);
    }

    private static String fingerprint(long length, CRC32C sum) {
        return String.format(Locale.ROOT, "%d bytes, CRC32C %08x", length, sum.getValue());
    }

    /// Whether a file begins as it was when it had this fingerprint; what was appended since does not count.
    public static boolean begins(Path file, String fingerprint) {
        try {
            long length = Long.parseLong(fingerprint.split(" ", 2)[0]);
            return Files.exists(file)
                    && Files.size(file) >= length
                    && fingerprint.equals(fingerprint(length, sum(file, length)));
        } catch (NumberFormatException _) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + FileReason.of(e), e);
        }
    }

    private static CRC32C sum(Path file, long length) throws IOException {
        CRC32C sum = new CRC32C();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = new byte[1 << 16];
            long left = length;
            for (int read = 0; read >= 0 && left > 0; left -= Math.max(0, read)) {
                read = in.read(bytes, 0, (int) Math.min(bytes.length, left));
                sum.update(bytes, 0, Math.max(0, read));
            }
        }
        return sum;
    }

    private void flush() {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(waiting.toString());
        sum.update(bytes.duplicate());
        length += bytes.remaining();
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw ResultStore.unwritable(file, e);
        }
        waiting.setLength(0);
        flushed = System.nanoTime();
    }

    @Override
    public void close() {
        flush();
        try {
            channel.close();
        } catch (IOException e) {
            throw ResultStore.unwritable(file, e);
        }
    }

    /// All rows as a table; a number that a row lacks is NaN.
    public static Table table(Path file, String name, List<Measured> columns) {
        RowColumns rows = new RowColumns(columns);
        rows.read(file, true);
        return rows.table(name);
    }

    /// The whole rows of a file that is still written to, with the columns that it has.
    static Table soFar(Path file, String name) {
        RowColumns rows = new RowColumns(List.of());
        rows.read(file, false);
        return rows.table(name);
    }

    /// Where the whole rows up to a step end, in bytes.
    private static long end(Path file, long last) throws IOException {
        long end = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            StringBuilder head = new StringBuilder();
            long position = 0;
            for (int b = in.read(); b >= 0; b = in.read()) {
                position++;
                if (head.length() < 32) {
                    head.append((char) b);
                }
                if (b == '\n') {
                    if (step(head) > last) {
                        return end;
                    }
                    end = position;
                    head.setLength(0);
                }
            }
        }
        return end;
    }

    private static long step(StringBuilder head) {
        int end = STEP.length();
        while (end < head.length() && Character.isDigit(head.charAt(end))) {
            end++;
        }
        return head.indexOf(STEP) == 0 && end > STEP.length()
                ? Long.parseLong(head.substring(STEP.length(), end))
                : Long.MAX_VALUE;
    }
}
