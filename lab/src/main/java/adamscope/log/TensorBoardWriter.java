package adamscope.log;

import adamscope.text.FileReason;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Writes scalars as a TensorBoard event file, so that `tensorboard --logdir` shows a run while it goes on.
///
/// Values are float32, as `simple_value` has it. One file a writer, in the folder of the run; its name holds the time,
/// so a run that is continued adds a file.
///
/// ```java
/// try (TensorBoardWriter events = TensorBoardWriter.create(Path.of("runs/mine"), Clock.systemUTC())) {
///     events.scalars(step, Map.of("train/loss", loss, "lr", rate));
///     events.flush();
/// }
/// ```
public final class TensorBoardWriter implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("^events[.]out[.]tfevents[.]([0-9]{10})[.]");

    private final Path file;
    private final OutputStream out;
    private final Clock clock;
    private final MaskedCrc crc = new MaskedCrc();
    private final Map<String, byte[]> tags = new HashMap<>();
    private byte[] buffer = new byte[1 << 12];

    private TensorBoardWriter(Path file, OutputStream out, Clock clock) {
        this.file = file;
        this.out = out;
        this.clock = clock;
    }

    /// A writer of a new event file in a folder, which is made if need be.
    ///
    /// @param clock the time in the file's name and of its events
    /// @throws UncheckedIOException if the file cannot be made
    public static TensorBoardWriter create(Path folder, Clock clock) {
        Path file = folder.resolve(String.format(
                Locale.ROOT,
                "events.out.tfevents.%010d.adamscope.%d.0",
                Math.max(clock.instant().getEpochSecond(), newest(folder) + 1),
                ProcessHandle.current().pid()));
        for (int number = 1; Files.exists(file); number++) {
            file = folder.resolve(file.getFileName().toString().replaceFirst("\\d+$", Integer.toString(number)));
        }
        try {
            Files.createDirectories(folder);
            OutputStream out = new BufferedOutputStream(
                    Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), 1 << 16);
            TensorBoardWriter writer = new TensorBoardWriter(file, out, clock);
            writer.version();
            writer.flush();
            return writer;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + FileReason.of(e), e);
        }
    }

    /// The second in the name of the newest file of a folder. TensorBoard reads files in the order of their names and
    /// never goes back, so a file that is made after it, though the clock was set back, has to have a later one.
    private static long newest(Path folder) {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> NAME.matcher(file.getFileName().toString()))
                    .filter(Matcher::find)
                    .mapToLong(name -> Long.parseLong(name.group(1)))
                    .max()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder + ": " + FileReason.of(e), e);
        }
    }

    /// The event file.
    public Path file() {
        return file;
    }

    /// Writes one event with the values of a step.
    ///
    /// @param scalars by tag; NaN and infinities are kept
    /// @throws UncheckedIOException if the file cannot be written
    public void scalars(long step, Map<String, Double> scalars) {
        List<byte[]> names = new ArrayList<>();
        List<Float> values = new ArrayList<>();
        scalars.forEach((tag, value) -> {
            names.add(bytes(tag));
            values.add(value.floatValue());
        });
        float[] numbers = new float[values.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = values.get(i);
        }
        scalars(step, names.toArray(byte[][]::new), numbers, numbers.length);
    }

    /// Writes one event with the values of a step; NaN is left out.
    ///
    /// @param tags   one for each value
    /// @throws UncheckedIOException if the file cannot be written
    public void scalars(long step, List<String> tags, double[] values) {
        byte[][] names = new byte[values.length][];
        float[] numbers = new float[values.length];
        int count = 0;
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i])) {
                names[count] = bytes(tags.get(i));
                numbers[count++] = (float) values[i];
            }
        }
        scalars(step, names, numbers, count);
    }

    private byte[] bytes(String tag) {
        return tags.computeIfAbsent(tag, text -> text.getBytes(StandardCharsets.UTF_8));
    }

    /// An event: time 1, step 2, summary 5, which holds values 1 of a tag 1 and a number 2.
    private void scalars(long step, byte[][] names, float[] numbers, int count) {
        int summary = 0;
        for (int i = 0; i < count; i++) {
            int value = size(names[i]);
            summary += CodedOutputStream.computeTagSize(1) + CodedOutputStream.computeUInt32SizeNoTag(value) + value;
        }
        int length = CodedOutputStream.computeDoubleSize(1, 0)
                + CodedOutputStream.computeInt64Size(2, step)
                + CodedOutputStream.computeTagSize(5)
                + CodedOutputStream.computeUInt32SizeNoTag(summary)
                + summary;
        if (buffer.length < length) {
            buffer = new byte[2 * length];
        }
        try {
            CodedOutputStream event = CodedOutputStream.newInstance(buffer, 0, length);
            event.writeDouble(1, clock.millis() * 1e-3);
            event.writeInt64(2, step);
            event.writeTag(5, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            event.writeUInt32NoTag(summary);
            for (int i = 0; i < count; i++) {
                event.writeTag(1, WireFormat.WIRETYPE_LENGTH_DELIMITED);
                event.writeUInt32NoTag(size(names[i]));
                event.writeByteArray(1, names[i]);
                event.writeFloat(2, numbers[i]);
            }
            event.checkNoSpaceLeft();
            record(buffer, length);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private static int size(byte[] name) {
        return CodedOutputStream.computeByteArraySize(1, name) + CodedOutputStream.computeFloatSize(2, 0);
    }

    /// Hands what was written to the system, so that other programs see it.
    ///
    /// @throws UncheckedIOException if the file cannot be written
    public void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private void version() throws IOException {
        CodedOutputStream event = CodedOutputStream.newInstance(buffer);
        event.writeDouble(1, clock.millis() * 1e-3);
        event.writeString(3, "brain.Event:2");
        record(buffer, event.getTotalBytesWritten());
    }

    /// Length, its checksum, the event, its checksum.
    private void record(byte[] event, int length) throws IOException {
        ByteBuffer header =
                ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
        header.putInt(crc.of(header.array(), 0, 8));
        out.write(header.array());
        out.write(event, 0, length);
        out.write(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(crc.of(event, 0, length))
                .array());
    }

    private UncheckedIOException unwritable(IOException e) {
        return new UncheckedIOException("cannot write " + file + ": " + FileReason.of(e), e);
    }
}
