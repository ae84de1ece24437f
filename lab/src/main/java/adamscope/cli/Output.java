package adamscope.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;

/// Standard output, which remembers that it could not be written: a [java.io.PrintStream] over it does not say so.
final class Output extends OutputStream {
    private final OutputStream to;
    private IOException failure;

    Output(OutputStream to) {
        this.to = to;
    }

    /// Whoever read the output has gone, as `head` does when it has enough: no failure, but the end of all work.
    static final class ReaderGone extends IOException {
        private static final long serialVersionUID = 1;

        private ReaderGone(IOException cause) {
            super(cause);
        }
    }

    @Override
    public synchronized void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) throws IOException {
        try {
            to.write(bytes, from, length);
        } catch (IOException e) {
            failure = failure == null ? e : failure;
            throw e;
        }
    }

    @Override
    public synchronized void flush() throws IOException {
        try {
            to.flush();
        } catch (IOException e) {
            failure = failure == null ? e : failure;
            throw e;
        }
    }

    /// @throws UncheckedIOException if anything could not be written so far
    synchronized void refuseLost() {
        if (failure == null) {
            return;
        }
        String reason = String.valueOf(failure.getMessage());
        if (reason.toLowerCase(Locale.ROOT).contains("broken pipe")) {
            throw new UncheckedIOException(new ReaderGone(failure));
        }
        throw new UncheckedIOException("cannot write standard output: " + reason, failure);
    }
}
