package adamscope.spark;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;

/// What a [SparkDriver] tells the process that started it.
sealed interface SparkMessage extends Serializable {

    /// The first line; whatever stands before it on the stream is not ours.
    String GREETING = "adamscope-spark 1";

    /// Reads up to the end of the line that greets; what a launcher prints before it is passed over.
    static void awaitGreeting(InputStream stream) throws IOException {
        StringBuilder line = new StringBuilder();
        while (!line.toString().equals(GREETING)) {
            line.setLength(0);
            for (int read = stream.read(); read != '\n'; read = stream.read()) {
                if (read < 0) {
                    throw new EOFException("it ended before it spoke: " + line);
                }
                line.append((char) read);
            }
        }
    }

    /// Executors answer.
    record Ready() implements SparkMessage {}

    /// A tile is finished.
    record Finished(TileRows rows) implements SparkMessage {}

    /// Nothing more comes: the sweep failed for this reason, or ended where it is empty.
    record Ended(String failure) implements SparkMessage {}
}
