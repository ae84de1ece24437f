package adamscope.store;

import adamscope.text.FileReason;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Some numbers of the rows of a [RowFile] that another process may write, each row once, as they come; the file is
/// only read.
public final class RowTail {
    private static final JsonFactory JSON = new JsonFactory();

    private final Path file;
    private final List<String> names;
    private final RowTaker taker;
    private long position;

    /// Takes the rows.
    public interface RowTaker {
        /// What came so far counts no more: the file begins anew.
        void forget();

        /// A row.
        ///
        /// @param values those of the names, NaN where the row has no number
        void row(long step, double[] values);
    }

    /// @param names of the numbers
    public RowTail(Path file, List<String> names, RowTaker taker) {
        this.file = file;
        this.names = List.copyOf(names);
        this.taker = taker;
    }

    /// The numbers of the last row that is whole, if it lies in the last bytes of the file.
    public static Optional<double[]> last(Path file, List<String> names, int bytes) {
        double[][] last = new double[1][];
        RowTail tail = new RowTail(file, names, new RowTaker() {
            @Override
            public void forget() {}

            @Override
            public void row(long step, double[] values) {
                last[0] = values;
            }
        });
        if (tail.skip(bytes)) {
            tail.advance(bytes);
        }
        return Optional.ofNullable(last[0]);
    }

    /// Goes to the first row that begins in the last bytes; whether there is a file.
    private boolean skip(int bytes) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long from = Math.max(0, channel.size() - bytes);
            ByteBuffer end = ByteBuffer.allocate((int) (channel.size() - from));
            while (end.hasRemaining() && channel.read(end, from + end.position()) > 0) {}
            int at = 0;
            while (from > 0 && at < end.position() && end.get(at++) != '\n') {}
            position = from + at;
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + FileReason.of(e), e);
        }
    }

    /// Hands on whole rows that were added, at most so many bytes of them; whether anything came.
    ///
    /// @throws UncheckedIOException if the file cannot be read, or holds no rows
    public boolean advance(int most) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            boolean shorter = size < position;
            if (shorter) {
                position = 0;
                taker.forget();
            }
            ByteBuffer added = ByteBuffer.allocate((int) Math.min(most, size - position));
            while (added.hasRemaining() && channel.read(added, position + added.position()) > 0) {}
            byte[] bytes = added.array();
            int whole = added.position();
            while (whole > 0 && bytes[whole - 1] != '\n') {
                whole--;
            }
            if (whole == 0 && added.position() == most) {
                throw new IOException("a row is longer than " + most + " bytes");
            }
            take(bytes, whole);
            position += whole;
            return shorter || whole > 0;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + FileReason.of(e), e);
        }
    }

    private void take(byte[] bytes, int length) throws IOException {
        try (JsonParser json = JSON.createParser(bytes, 0, length)) {
            while (json.nextToken() == JsonToken.START_OBJECT) {
                long step = 0;
                double[] values = new double[names.size()];
                Arrays.fill(values, Double.NaN);
                while (json.nextToken() != JsonToken.END_OBJECT) {
                    String key = json.currentName();
                    JsonToken token = json.nextToken();
                    int at = names.indexOf(key);
                    if (key.equals("step")) {
                        step = json.getLongValue();
                    } else if (at >= 0 && token.isNumeric()) {
                        values[at] = json.getDoubleValue();
                    } else {
                        json.skipChildren();
                    }
                }
                taker.row(step, values);
            }
        }
    }
}
