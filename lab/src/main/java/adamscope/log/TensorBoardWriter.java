package adamscope.log;

import com.google.protobuf.CodedOutputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Map;

/// Writes scalars as a TensorBoard event file, so that `tensorboard --logdir` shows a run while it goes on.
///
/// Values are float32, as `simple_value` has it. One file a writer, in the folder of the run; its name holds the time,
/// so a
/// run that is continued adds a file.
///
/// ```java
/// try (TensorBoardWriter events = TensorBoardWriter.create(Path.of("runs/mine"), Clock.systemUTC())) {
///     events.scalars(step, Map.of("train/loss", loss, "lr", rate));
///     events.flush();
/// }
/// ```
public final class TensorBoardWriter implements AutoCloseable {
    private final Path file;
    private final OutputStream out;
    private final Clock clock;
    private final MaskedCrc crc = new MaskedCrc();

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
        Path file = folder.resolve("events.out.tfevents.%010d.adamscope.%d.0"
                .formatted(
                        clock.instant().getEpochSecond(),
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
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
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
        event(event -> {
            event.writeInt64(2, step);
            event.writeByteArray(5, message(summary -> {
                for (Map.Entry<String, Double> scalar : scalars.entrySet()) {
                    summary.writeByteArray(1, message(value -> {
                        value.writeString(1, scalar.getKey());
                        value.writeFloat(2, scalar.getValue().floatValue());
                    }));
                }
            }));
        });
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

    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    private void version() {
        event(event -> event.writeString(3, "brain.Event:2"));
    }

    private void event(Fields fields) {
        try {
            byte[] event = message(all -> {
                all.writeDouble(1, clock.millis() * 1e-3);
                fields.write(all);
            });
            ByteBuffer header =
                    ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).putLong(event.length);
            header.putInt(crc.of(header.array(), 0, 8));
            out.write(header.array());
            out.write(event);
            out.write(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(crc.of(event, 0, event.length))
                    .array());
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private static byte[] message(Fields fields) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        fields.write(out);
        out.flush();
        return bytes.toByteArray();
    }

    private UncheckedIOException unwritable(IOException e) {
        return new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
    }
}
