package adamscope.spark;

import adamscope.sweep.Tile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;

/// Tiles that are made by a process of their own beside the executor: with other libraries than Spark's, and so that an
/// executor outlives what it runs.
///
/// The process takes a [Tile] from standard input and gives, after a line with [#GREETING], [TileRows] or a
/// text that says why not. It ends when standard input does, so with its executor. One that ends without an answer is
/// started again; what it kept in files is its own affair.
///
/// @param command the same on every machine
public record ChildWork(ArrayList<String> command) implements CarriedWork {
    /// The first line of an answer.
    public static final String GREETING = SparkMessage.GREETING;

    private static final int ATTEMPTS = 4;

    @Override
    public TileRows rows(Tile tile) {
        for (int attempt = 1; true; attempt++) {
            try {
                return answer(tile);
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw unanswered(tile, e);
                }
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException("the process of tile " + tile.name() + " is of another version", e);
            }
        }
    }

    /// Without the last failure as its cause, which hangs on when the process ended: a driver says the innermost one.
    private static UncheckedIOException unanswered(Tile tile, IOException last) {
        String reason = "tile " + tile.name() + ": its process ended " + ATTEMPTS + " times without an answer";
        IOException cause = new IOException(reason);
        cause.addSuppressed(last);
        return new UncheckedIOException(reason, cause);
    }

    private TileRows answer(Tile tile) throws IOException, ClassNotFoundException {
        Process child = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (ObjectOutputStream orders = new ObjectOutputStream(child.getOutputStream())) {
            orders.writeObject(tile);
            orders.flush();
            InputStream answers = new BufferedInputStream(child.getInputStream());
            SparkMessage.awaitGreeting(answers);
            return switch (new ObjectInputStream(answers).readObject()) {
                case TileRows rows -> rows;
                case Object failure -> throw new IllegalStateException(failure.toString());
            };
        } finally {
            child.descendants().forEach(ProcessHandle::destroyForcibly);
            child.destroyForcibly();
        }
    }
}
